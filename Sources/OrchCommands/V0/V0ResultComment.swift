import JSON
import OrchCore

/// A result comment from what a sidecar holds.
struct V0ResultComment {
    private let values: [String: String]
    private let lists: JSONObject

    init(_ values: [String: String], _ lists: JSONObject) {
        self.values = values
        self.lists = lists
    }

    /// nil where there is nothing to say.
    func text(_ cleaning: PublicText) -> String? {
        let status = TaskStatus(rawValue: values["status"] ?? "") ?? .new
        let summary = values["summary"] ?? ""
        guard status == .blocked || status == .needsReview || !summary.isEmpty else { return nil }
        var comment = ResultComment(
            agent: AgentName(values["agent"] ?? "") ?? AgentName("orchestrator") ?? .orch,
            attempt: number("attempts"),
            status: status)
        comment.model = values["agent_model"].flatMap { $0.isEmpty ? nil : $0 }
        comment.summary = summary
        comment.reason = [values["reason"], values["last_error"].map { "`\($0)`" }]
            .compactMap { $0 }.filter { !$0.isEmpty && $0 != "``" }.joined(separator: "\n\n> ")
        comment.duration = .seconds(number("duration"))
        comment.usage = Usage(
            inputTokens: number("input_tokens"), outputTokens: number("output_tokens"))
        comment.promptHash = values["prompt_hash"] ?? ""
        var answer = AgentAnswer(status: .done)
        answer.accomplished = list("accomplished")
        answer.remaining = list("remaining")
        answer.blockers = list("blockers")
        answer.filesChanged = list("files_changed")
        comment.answer = answer
        return comment.text(cleaning)
    }

    private func number(_ field: String) -> Int { values[field].flatMap { Int($0) } ?? 0 }

    private func list(_ field: String) -> [String] { (lists[field]?.array ?? []).compactMap(\.string) }
}
