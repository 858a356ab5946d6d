import OrchCore
import Platform

/// What a clue needs to be turned into a failure.
struct ClueContext {
    let now: Timestamp
    /// The zone of “resets 3pm”.
    let zone: ZoneRules
    /// The model that was asked for; empty where it is the agent's own default.
    let model: String
}

/// The one place where failures are told from words: an agent's own error messages, and the end of its
/// standard error.
///
/// It is asked last, after every structured field, and never about text that a model wrote or a tool
/// printed: a task about rate limits mentions rate limits. Numbers count only beside the words that belong
/// to them, since a time of day has a 403 in it now and then.
enum FailureClues {
    private enum Kind {
        case prompt, overflow, model, login, overload, limit
    }

    /// In this order: the first that fits counts.
    private static let table: [(Kind, [WordPattern])] = [
        (.prompt, prompts),
        (
            .overflow,
            [
                "prompt is too long", "prompt too long", "input is too long", "context_length_exceeded",
                "contextwindowexceeded", "context window exceeded", "context length exceeded",
                "exceeds … context", "maximum context length", "out of room … context window",
            ]
        ),
        (
            .model,
            [
                "model_not_found", "model … not found", "model … does not exist", "model … not supported",
                "model … not available", "unknown model", "unsupported model", "unrecognized_model",
                "issue with the selected model", "do not have access … model",
            ]
        ),
        (
            .login,
            [
                "authentication_error", "authentication_failed", "invalid_api_key", "invalid api key",
                "incorrect api key", "invalid x api key", "api key not valid", "no api key",
                "missing api key",
                "api key … missing", "not logged in", "please log in", "please login", "please run login",
                "token … expired", "session … expired", "401 unauthorized", "status 401", "403 forbidden",
                "status 403",
            ]
        ),
        (
            .limit,
            [
                "usage limit*", "rate limit*", "rate_limit*", "ratelimit*", "too many requests",
                "hit … limit",
                "limit reached", "quota exceeded", "exceeded … quota", "insufficient_quota",
                "resource_exhausted",
                "insufficient credit*", "credit balance … too low", "payment required", "status 429",
            ]
        ),
        (
            .overload,
            [
                "overloaded", "overloaded_error", "at capacity", "503 service unavailable", "status 503",
                "status 529",
            ]
        ),
    ]

    /// An agent that waits for a person: who answers a passphrase in a run that nobody watches?
    private static let prompts: [WordPattern] = [
        "waiting … approv*", "passphrase", "1password", "biometric", "touch id", "press … button",
        "enter … password", "interactive … auth*", "unlock … key*", "unlock … vault",
        "permission denied publickey",
        "sign_and_send_pubkey",
    ]

    /// Warnings that read like failures: codex goes on with a model that it knows no details of.
    private static let harmless: [WordPattern] = ["model metadata", "reconnecting"]

    /// How much of standard error is looked at: what ended the agent stands at its end.
    private static let lineLimit = 20
    private static let messageLimitBytes = 4096

    /// The meaning of an error message of the agent or of the provider's API.
    static func inMessage(_ message: String, _ context: ClueContext) -> AgentFailure? {
        failure(inLine: message.clipped(toBytes: messageLimitBytes), context)
    }

    /// Whether a line that its writer did not end asks a person for something.
    static func isPrompt(_ line: String) -> Bool {
        let words = WordPattern.words(of: line)
        return prompts.contains { $0.isFound(in: words) }
    }

    /// Whether these words hold one of those that tell of a limit.
    static func tellsLimit(_ words: [String]) -> Bool {
        table.contains { kind, patterns in
            (kind == .limit || kind == .overload) && patterns.contains { $0.isFound(in: words) }
        }
    }

    /// The last line of standard error that tells something.
    static func inErrorTail(_ tail: String, _ context: ClueContext) -> Diagnosis? {
        let lines = tail.split(whereSeparator: \.isNewline).suffix(lineLimit)
        for line in lines.reversed() {
            let text = String(line).clipped(toBytes: messageLimitBytes)
            if let failure = failure(inLine: text, context) { return Diagnosis(failure, text) }
            if let tool = ToolComplaint.named(inLine: text) {
                return Diagnosis(.toolMissing(tool), "missing tool “\(tool)”: \(text)")
            }
        }
        return nil
    }

    private static func failure(inLine line: String, _ context: ClueContext) -> AgentFailure? {
        let words = WordPattern.words(of: line)
        guard !harmless.contains(where: { $0.isFound(in: words) }) else { return nil }
        guard let kind = table.first(where: { $0.1.contains { $0.isFound(in: words) } })?.0 else {
            return nil
        }
        switch kind {
        case .prompt: return .interactivePrompt
        case .overflow: return .contextOverflow
        case .model: return .modelUnavailable(context.model)
        case .login: return .authentication
        case .overload: return Diagnosis.overload(now: context.now)
        case .limit:
            return .usageLimit(resetsAt: ResetTime.find(in: line, now: context.now, zone: context.zone))
        }
    }
}
