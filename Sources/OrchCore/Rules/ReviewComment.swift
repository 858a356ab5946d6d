/// A review as it is posted, in v0's form.
package enum ReviewComment {
    /// - Parameter text: cleans everything, before it is cut to what GitHub takes.
    package static func text(
        of answer: ReviewAnswer, by agent: AgentName, model: String?, _ text: PublicText
    ) -> String {
        let notes = text.clean(answer.notes).clipped(toBytes: ResultComment.limitBytes)
        let suffix = model.map { " using model `\($0)`" } ?? ""
        let footer = "---\n*By \(agent)[bot]\(suffix) via [Orchestrator](\(ResultComment.home))*"
        let parts = ["## \(badge(of: agent)) Automated Review — \(heading(of: answer.decision))", notes]
        return (parts.filter { !$0.isEmpty } + [text.clean(footer)]).joined(separator: "\n\n")
    }

    private static func heading(of decision: ReviewDecision) -> String {
        switch decision {
        case .approve: "Approve"
        case .requestChanges: "Changes Requested"
        case .reject: "Rejected"
        }
    }

    private static func badge(of agent: AgentName) -> String {
        switch agent {
        case .claude: "🟣"
        case .codex: "🟢"
        case .opencode: "🔵"
        default: "🔍"
        }
    }
}
