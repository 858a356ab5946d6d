import OrchCore

/// What went wrong, and one sentence about it for people.
struct Diagnosis: Equatable, Sendable {
    let failure: AgentFailure
    let message: String

    init(_ failure: AgentFailure, _ message: String) {
        self.failure = failure
        self.message = AgentTranscript.line(message)
    }

    /// An overload passes in minutes: a moment of our own keeps the agent from being parked as long as for
    /// a limit whose end nobody knows.
    static let overloadPause: Duration = .seconds(300)

    static func overload(now: Timestamp) -> AgentFailure { .usageLimit(resetsAt: now + overloadPause) }

    /// What a status of the provider's API means.
    ///
    /// - Parameter resetsAt: when a limit ends, as far as the agent said it.
    /// - Returns: nil where the status alone does not tell: a 400 may be a prompt too long, a bill unpaid,
    ///   or a defect.
    static func failure(
        httpStatus: Int, model: String, resetsAt: Timestamp?, now: Timestamp
    ) -> AgentFailure? {
        switch httpStatus {
        case 401, 403: .authentication
        case 402, 429: .usageLimit(resetsAt: resetsAt)
        case 404: .modelUnavailable(model)
        case 413: .contextOverflow
        case 500...599: overload(now: now)
        default: nil
        }
    }
}

/// What the end of a process says where its structured output says nothing.
extension Diagnosis {
    /// - Parameter context: who asks, for clues in the text.
    static func ofExit(_ exit: Int32?, errorTail: String, context: ClueContext) -> Diagnosis {
        if let clue = FailureClues.inErrorTail(errorTail, context) { return clue }
        let lastLine = errorTail.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        switch exit {
        case nil: return Diagnosis(.lost, "the agent's process is gone, and nobody saw it end")
        case 0: return Diagnosis(.reported, lastLine.map(String.init) ?? "the agent ended without a result")
        case let status?:
            return Diagnosis(
                .exited(status), lastLine.map(String.init) ?? "the agent exited with status \(status)")
        }
    }
}
