import OrchCore
import Testing

@Suite struct FeedbackTextTests {
    private func item(_ source: Feedback.Source, _ text: String, by author: String = "") -> Feedback {
        var item = Feedback(
            task: TaskKey(project: Project.ID(rawValue: "/p"), backend: .github, id: "1"), pull: 2,
            source: source, key: text.firstLine, text: text, createdAt: Timestamp(seconds: 0))
        item.author = author
        return item
    }

    @Test func `each item says where it comes from, oldest first`() {
        let text = FeedbackText.section([
            item(.checks, "tests"), item(.review, "mend it", by: "codex"), item(.person, "so", by: "ada"),
        ])
        #expect(
            text
                == "### Checks that fail\n\ntests\n\n### Review by codex\n\nmend it\n\n### From a person: ada\n\nso"
        )
        #expect(FeedbackText.section([]).isEmpty)
    }

    @Test func `it is bounded, and the newest is kept`() {
        let long = String(repeating: "x", count: 20_000)
        let text = FeedbackText.section((1...20).map { item(.person, "\($0) \(long)", by: "ada") })
        #expect(text.utf8.count <= FeedbackText.limitBytes)
        #expect(text.contains("20 x") && !text.contains("\n1 x"))
    }

    @Test func `a fence in a log does not end ours, and hidden words of a remark go`() {
        let check = PullCheck(name: "tests\nevil", state: .failed)
        let text = FeedbackText.text(of: [(check, "a\n~~~~~~\nb")], commit: "c1")
        #expect(text.split(separator: "\n").filter { $0 == "~~~~~~" }.count == 2)
        #expect(text.contains("**tests**"))
        let remark = PullRemark(
            id: 1, kind: .line(path: "a.md", 3), author: "ada", body: "So <!-- or else -->",
            createdAt: Timestamp(seconds: 0))
        #expect(FeedbackText.text(of: remark) == "`a.md`, line 3:\nSo ")
    }

    @Test func `a review is posted in v0's form, without live mentions and secrets`() {
        let answer = ReviewAnswer(decision: .requestChanges, notes: "Ask @bob about hunter2hunter2")
        let text = ReviewComment.text(
            of: answer, by: .claude, model: "opus", PublicText(Redaction(secrets: ["hunter2hunter2"])))
        #expect(text.hasPrefix("## 🟣 Automated Review — Changes Requested\n\n"))
        #expect(text.contains("*By claude[bot] using model `opus` via [Orchestrator]("))
        #expect(!text.contains("@bob") && !text.contains("hunter2"))
    }
}
