/// Title and body of the pull request that a run opens.
package enum PullRequestText {
    /// GitHub refuses titles over 256 characters.
    private static let titleLimitBytes = 250

    /// What a run has to say about its work.
    package struct Report {
        let task: AgentTask
        let answer: AgentAnswer
        let agent: AgentName

        package init(task: AgentTask, answer: AgentAnswer, agent: AgentName) {
            self.task = task
            self.answer = answer
            self.agent = agent
        }
    }

    /// - Parameters:
    ///   - issue: the number of the issue that a merge closes; nil where there is none.
    ///   - text: cleans everything, before it is cut to what GitHub takes.
    package static func draft(
        _ report: Report, worktree: Worktree, issue: String?, text: PublicText
    ) -> PullRequestDraft {
        let (task, answer) = (report.task, report.answer)
        let title = answer.summary.isEmpty ? task.title : answer.summary.firstLine
        let summary = answer.summary.isEmpty ? task.title : answer.summary
        let section = ResultComment.section
        var parts = ["## Summary\n\n\(summary)"]
        parts += [section("What was done", answer.accomplished), section("Remaining", answer.remaining)]
        parts += [section("Files changed", answer.filesChanged.map { "`\($0)`" })]
        parts = parts.map { ClosingWords.silenced($0) }
        if let issue { parts.append("Closes #\(issue)") }
        parts.append("---\n*Created by \(report.agent)[bot] via [Orchestrator](\(ResultComment.home))*")
        let body = parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
        return PullRequestDraft(
            head: worktree.branch, base: worktree.base,
            title: ClosingWords.silenced(text.clean(title)).clipped(toBytes: titleLimitBytes),
            body: text.clean(body).clipped(toBytes: ResultComment.limitBytes))
    }
}
