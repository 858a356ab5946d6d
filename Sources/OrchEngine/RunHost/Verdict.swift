import OrchCore

/// Why a host ended an agent; wins over what the agent then says of itself.
struct Verdict: Equatable {
    let failure: AgentFailure
    let message: String

    static let stopped = Verdict(failure: .stopped, message: "stopped by a person")
    static let talkative = Verdict(failure: .reported, message: "the agent printed too much to be kept")

    /// What agents are ended for, to be found again by their words in a log.
    private static let failures: [AgentFailure] = [
        .stopped, .timeOut, .silence, .tokenLimit, .costLimit, .reported,
    ]

    init(failure: AgentFailure, message: String) {
        self.failure = failure
        self.message = message
    }

    /// - Parameter word: `failure.word`; one that an agent is never ended for gives nil.
    init?(word: String, message: String) {
        guard let failure = Self.failures.first(where: { $0.word == word }) else { return nil }
        self.init(failure: failure, message: message)
    }

    /// What the agent's own report comes to under it.
    ///
    /// Work that was finished before its budget was is finished. And a run that hangs at a prompt ends by
    /// its time limit; the prompt is what a person has to know.
    func applied(to report: AgentReport) -> AgentReport {
        var report = report
        if report.failure == nil, isBudget { return report }
        if report.failure == .interactivePrompt, failure != .stopped {
            if report.message.isEmpty { report.message = message }
            return report
        }
        report.failure = failure
        report.isPlain = false
        report.message = message
        return report
    }

    private var isBudget: Bool {
        switch failure {
        case .tokenLimit, .costLimit, .reported: true
        default: false
        }
    }
}
