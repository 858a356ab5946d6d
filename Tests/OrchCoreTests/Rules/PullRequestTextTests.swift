import OrchCore
import Testing

@Suite struct PullRequestTextTests {
    private let worktree = Worktree(
        path: "/w", branch: "gh-task-1", base: "main", baseCommit: "0", hasRemote: true)

    private func draft(_ summary: String, issue: String? = "7") -> PullRequestDraft {
        var answer = AgentAnswer(status: .done)
        answer.summary = summary
        answer.accomplished = ["one"]
        return PullRequestText.draft(
            PullRequestText.Report(task: task(7), answer: answer, agent: .claude), worktree: worktree,
            issue: issue, text: PublicText(Redaction(secrets: ["hunter2-hunter2"])))
    }

    @Test func `title and body come from the answer, the branches from the worktree`() {
        let draft = draft("Fix it\nby hand")
        #expect(draft.title == "Fix it" && draft.head == "gh-task-1" && draft.base == "main")
        #expect(draft.body.contains("## Summary\n\nFix it\nby hand"))
        #expect(draft.body.contains("### What was done\n\n- one"))
        #expect(draft.body.contains("Closes #7"))
    }

    @Test func `without a summary the task's title stands, and without an issue nothing is closed`() {
        let draft = draft("", issue: nil)
        #expect(draft.title == "Task 7" && !draft.body.contains("Closes"))
    }

    @Test(arguments: 0..<30) func `a secret at the end of the title is not cut in half`(offset: Int) {
        let draft = draft(
            String(repeating: "a", count: 225 + offset) + " hunter2-hunter2 and more of it, much more")
        #expect(draft.title.utf8.count <= 250 && !draft.title.contains("hunter"))
    }

    @Test func `nobody is called`() { #expect(!draft("for @alice").body.contains("@alice")) }

    @Test func `only orch's own line closes an issue`() {
        let draft = draft("Fixes #1 and closes octo/other#2")
        #expect(!draft.title.contains("Fixes #1") && !draft.body.contains("closes octo"))
        #expect(draft.body.contains("Closes #7"))
    }
}
