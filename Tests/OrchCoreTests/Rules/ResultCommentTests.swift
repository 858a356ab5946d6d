import OrchCore
import Testing

@Suite struct ResultCommentTests {
    private let text = PublicText(Redaction(secrets: ["hunter2-hunter2"]))

    @Test func `a result reads as v0's did`() {
        var comment = ResultComment(agent: .claude, attempt: 2, status: .needsReview)
        comment.model = "opus"
        comment.summary = "Half of it"
        comment.reason = "tests fail"
        comment.duration = .seconds(200)
        comment.usage = Usage(inputTokens: 12_345, outputTokens: 999)
        comment.promptHash = "abcd1234"
        var answer = AgentAnswer(status: .needsReview)
        answer.blockers = ["no key"]
        answer.accomplished = ["one", "two"]
        answer.remaining = ["three"]
        answer.filesChanged = ["a.swift"]
        comment.answer = answer
        let expected = """
            <!-- orch:agent-response -->
            ## 🤖 🟣 Claude Needs Help

            | | |
            |---|---|
            | **Status** | `needs_review` |
            | **Agent** | claude |
            | **Model** | `opus` |
            | **Attempt** | 2 |
            | **Duration** | 3m 20s |
            | **Tokens** | 12k in / 999 out |
            | **Prompt** | `abcd1234` |

            Half of it

            ### Errors & Blockers

            **Reason:** tests fail

            - no key

            ### Accomplished

            - one
            - two

            ### Remaining

            - three

            ### Files Changed

            - `a.swift`

            > ⚠️ This task needs your attention.

            ---
            *By claude[bot] using model `opus` via [Orchestrator](https://github.com/gabrielkoerich/orchestrator)*
            """
        #expect(comment.text(text) == expected)
    }

    @Test func `a good result has its summary for a heading, and nothing of it is lost`() {
        var comment = ResultComment(agent: .codex, attempt: 1, status: .inReview)
        comment.summary = "First\nSecond"
        let lines = comment.text(text).split(separator: "\n")
        #expect(lines[1] == "## 🤖 🟢 Codex First")
        #expect(lines.contains("Second"))
        #expect(!comment.text(text).contains("attention"))
    }

    @Test func `a plan whose parts are under way asks nobody for help`() {
        var comment = ResultComment(agent: .claude, attempt: 1, status: .blocked)
        comment.summary = "Two parts"
        comment.waitsFor = ["#5", "#6"]
        #expect(comment.text(text).contains("Claude Two parts"))
        #expect(comment.text(text).contains("| **Waits for** | #5, #6 |"))
        #expect(!comment.text(text).contains("attention"))
    }

    @Test func `a good result without a summary does not ask for help`() {
        let comment = ResultComment(agent: .opencode, attempt: 1, status: .inReview)
        #expect(comment.text(text).contains("## 🤖 🔵 OpenCode Done\n"))
    }

    @Test(arguments: 0..<40) func `a secret at the place of the cut is not cut in half`(offset: Int) {
        var comment = ResultComment(agent: .claude, attempt: 1, status: .blocked)
        comment.reason = "x"
        comment.summary =
            String(repeating: "a", count: ResultComment.limitBytes - 260 + offset) + " hunter2-hunter2"
            + String(repeating: " tail", count: 100)
        let written = comment.text(text)
        #expect(!written.contains("hunter2"))
        #expect(written.hasSuffix("orchestrator)*"))
        #expect(written.utf8.count < 65_536)
    }

    @Test func `what an agent writes calls nobody and hides nothing`() {
        var comment = ResultComment(agent: .claude, attempt: 1, status: .inReview)
        comment.summary = "Thanks @alice <!-- orch:key:run-1 -->"
        let written = comment.text(text)
        #expect(!written.contains("@alice") && !written.contains("<!-- orch:key"))
        #expect(written.hasPrefix(ResultComment.marker))
    }
}
