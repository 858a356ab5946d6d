import OrchCore

/// A failure is two columns: its word, and its detail as text.
extension AgentFailure {
    /// nil where the word says it all.
    var detail: String? {
        switch self {
        case .programMissing(let name), .modelUnavailable(let name), .toolMissing(let name): name
        case .usageLimit(let resetsAt): resetsAt.map { "\($0.seconds)" }
        case .exited(let status): "\(status)"
        default: nil
        }
    }

    /// - Returns: nil where no failure is spelled like that.
    init?(word: String, detail: String?) {
        if let plain = Self.withoutDetail.first(where: { $0.word == word }) {
            self = plain
            return
        }
        switch (word, detail) {
        case ("program_missing", let name?): self = .programMissing(name)
        case ("model_unavailable", let name?): self = .modelUnavailable(name)
        case ("tool_missing", let name?): self = .toolMissing(name)
        case ("usage_limit", nil): self = .usageLimit(resetsAt: nil)
        case ("usage_limit", let text?):
            guard let seconds = Int(text) else { return nil }
            self = .usageLimit(resetsAt: Timestamp(seconds: seconds))
        case ("exited", let text?):
            guard let status = Int32(text) else { return nil }
            self = .exited(status)
        default: return nil
        }
    }

    private static let withoutDetail: [AgentFailure] = [
        .authentication, .contextOverflow, .interactivePrompt, .timeOut, .silence, .tokenLimit, .costLimit,
        .invalidAnswer, .stopped, .notStarted, .repository, .lost, .reported,
    ]
}
