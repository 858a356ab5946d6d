import JSON
import OrchCore

/// An error event of opencode: `{"error": {"name", "data": {"message", "statusCode"}}}`, or `{"message"}`
/// in older versions.
struct OpenCodeError: Sendable {
    let message: String
    private let name: String
    private let httpStatus: Int?

    init(_ event: JSONValue) {
        let error = event["error"]
        name = error["name"].string ?? ""
        httpStatus = error["data"]["statusCode"].int
        message =
            error["data"]["message"].string ?? error["message"].string ?? error.string ?? event["message"]
            .string
            ?? (name.isEmpty ? "unknown error" : name)
    }

    /// It asked for a permission that its configuration does not give, and nobody was there.
    var isDenial: Bool {
        name.hasPrefix("Permission")
            || WordPattern.words(of: message).starts(with: ["user", "rejected", "permission"])
    }

    func diagnosis(_ context: ClueContext) -> Diagnosis { Diagnosis(failure(context), message) }

    private func failure(_ context: ClueContext) -> AgentFailure {
        if isDenial { return .interactivePrompt }
        switch name {
        case "ProviderAuthError": return .authentication
        case "ProviderModelNotFoundError", "ModelNotFoundError": return .modelUnavailable(context.model)
        case "ContextOverflowError": return .contextOverflow
        case "MessageAbortedError": return .stopped
        default: break
        }
        let resetsAt = ResetTime.find(in: message, now: context.now, zone: context.zone)
        if let httpStatus,
            let failure = Diagnosis.failure(
                httpStatus: httpStatus, model: context.model, resetsAt: resetsAt, now: context.now)
        {
            return failure
        }
        return FailureClues.inMessage(message, context) ?? .reported
    }
}
