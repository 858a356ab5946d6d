import JSON
import OrchCore

/// An error as Codex reports it: `{"message", "codexErrorInfo", "additionalDetails"}` from the app server,
/// a bare message from `exec`.
struct CodexError: Sendable {
    /// For people; unwrapped where the provider's answer was JSON.
    let message: String
    /// `usageLimitExceeded`, or the one key of `{"httpConnectionFailed": {"httpStatusCode": 401}}`.
    private let kind: String
    private let httpStatus: Int?
    /// The provider's own code, such as `context_length_exceeded`.
    private let providerCode: String

    init(_ error: JSONValue) {
        let info = error["codexErrorInfo"]
        let variant = info.object?.members.first
        kind = info.string ?? variant?.name ?? ""
        httpStatus = variant?.value["httpStatusCode"].int
        let details = error["additionalDetails"].string.map { " (\($0))" } ?? ""
        (message, providerCode) = Self.unwrapped((error["message"].string ?? "unknown error") + details)
    }

    /// - Parameter resetsAt: the end of the window that is used up, as an earlier notification told.
    func diagnosis(resetsAt: Timestamp?, context: ClueContext) -> Diagnosis {
        let resetsAt =
            ResetTime.find(in: message, now: context.now, zone: context.zone)
            ?? ResetTime.plausible(resetsAt, now: context.now)
        return Diagnosis(failure(resetsAt: resetsAt, context: context), message)
    }

    private func failure(resetsAt: Timestamp?, context: ClueContext) -> AgentFailure {
        switch kind {
        case "usageLimitExceeded", "rateLimitExceeded": return .usageLimit(resetsAt: resetsAt)
        case "contextWindowExceeded": return .contextOverflow
        case "sessionBudgetExceeded": return .tokenLimit
        case "unauthorized": return .authentication
        case "serverOverloaded": return Diagnosis.overload(now: context.now)
        default: break
        }
        if let httpStatus,
            let failure = Diagnosis.failure(
                httpStatus: httpStatus, model: context.model, resetsAt: resetsAt, now: context.now)
        {
            return failure
        }
        let clue = FailureClues.inMessage("\(providerCode) \(message)", context)
        if case .usageLimit(nil) = clue { return .usageLimit(resetsAt: resetsAt) }
        return clue ?? .reported
    }

    /// The provider's answer may be the message: `{"error": {"message", "code"}}` or `{"detail"}`.
    private static func unwrapped(_ text: String) -> (message: String, code: String) {
        // Text that is no JSON is the message itself.
        guard let value = try? JSONValue(parsing: text) else { return (text, "") }
        let message =
            value["error"]["message"].string ?? value["detail"].string ?? value["message"].string ?? text
        return (message, value["error"]["code"].string ?? "")
    }
}
