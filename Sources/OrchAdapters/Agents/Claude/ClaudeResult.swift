import JSON
import OrchCore

/// The line that ends a turn of Claude Code: `{"type": "result", …}`.
///
/// `subtype` says “success” also where the API refused every call; `is_error` and `api_error_status` tell.
struct ClaudeResult: Sendable {
    private let isError: Bool
    private let subtype: String
    private let terminalReason: String
    private let httpStatus: Int?
    /// The agent's last words, or the error's.
    let text: String?

    init(_ line: JSONValue) {
        subtype = line["subtype"].string ?? ""
        isError = line["is_error"].bool ?? (!subtype.isEmpty && subtype != "success")
        terminalReason = line["terminal_reason"].string ?? ""
        httpStatus = line["api_error_status"].int
        let errors = (line["errors"].array ?? []).compactMap(\.string).joined(separator: "; ")
        text = line["result"].string ?? (errors.isEmpty ? nil : errors)
    }

    var isSuccess: Bool { !isError }

    /// What a failed turn came to.
    ///
    /// - Parameter resetsAt: when the limit ends, as an earlier line said it.
    func diagnosis(resetsAt: Timestamp?, context: ClueContext) -> Diagnosis {
        let message = text ?? "the agent reported \(subtype)"
        return Diagnosis(failure(message, resetsAt: resetsAt, context: context), message)
    }

    private func failure(_ message: String, resetsAt: Timestamp?, context: ClueContext) -> AgentFailure {
        if subtype == "error_max_budget_usd" { return .costLimit }
        if subtype == "error_max_turns" { return .reported }
        if terminalReason.hasPrefix("aborted") { return .stopped }
        if terminalReason == "prompt_too_long" { return .contextOverflow }
        let clue = FailureClues.inMessage(message, context)
        let resetsAt =
            ResetTime.plausible(resetsAt, now: context.now)
            ?? ResetTime.find(in: message, now: context.now, zone: context.zone)
        if let httpStatus,
            let failure = Diagnosis.failure(
                httpStatus: httpStatus, model: context.model, resetsAt: resetsAt, now: context.now)
        {
            return failure
        }
        if case .usageLimit(nil) = clue { return .usageLimit(resetsAt: resetsAt) }
        return clue ?? .reported
    }
}
