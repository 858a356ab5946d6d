import JSON
import OrchCore
import Platform

/// What one `codex exec --json` tells. It takes nothing in while it runs: a person's words end it, and a
/// new process goes on with its session.
struct CodexExecConversation: AgentConversation {
    private let model: String
    private let zone: ZoneRules

    private var transcript = AgentTranscript()
    private var isCompleted = false
    /// Why the last turn failed, or the last error where none came to its end.
    private var error: CodexError?

    init(model: String, zone: ZoneRules) {
        self.model = model
        self.zone = zone
    }

    mutating func begin() -> [AgentEffect] { [] }

    mutating func say(_ words: String) -> [AgentEffect] { [.resume(words: words)] }

    mutating func receive(line: String) -> [AgentEffect] {
        guard let (type, value) = transcript.message(line) else { return transcript.plain(line) }
        switch type {
        case "thread.started": return transcript.session(value["thread_id"])
        case "item.started": return transcript.begin(codexItem: value["item"])
        case "item.completed": return transcript.end(codexItem: value["item"])
        case "turn.started":
            isCompleted = false
            return []
        case "turn.completed": return completed(turn: value["usage"])
        case "turn.failed":
            isCompleted = false
            error = CodexError(value["error"])
            return []
        case "error": return note(CodexError(value))
        default: return []
        }
    }

    func report(exit: Int32?, errorTail: String, now: Timestamp) -> AgentReport {
        let context = ClueContext(now: now, zone: zone, model: model)
        if isCompleted { return transcript.concluded(nil) }
        if let error { return transcript.concluded(error.diagnosis(resetsAt: nil, context: context)) }
        return transcript.unfinished(exit: exit, errorTail: errorTail, context: context)
    }

    /// Sums of the whole thread, an earlier process of the same run included.
    private mutating func completed(turn usage: JSONValue) -> [AgentEffect] {
        isCompleted = true
        error = nil
        guard usage.object != nil else { return [] }
        let sums = Usage(
            inputTokens: usage["input_tokens"].tokens, outputTokens: usage["output_tokens"].tokens)
        return [transcript.note(.usage(sums))]
    }

    /// “Reconnecting... 2/5” comes as an error and is none; any other one counts only if the turn does not
    /// end well.
    private mutating func note(_ error: CodexError) -> [AgentEffect] {
        let message = AgentTranscript.line(error.message)
        if error.message.hasPrefix("Reconnecting") { return [.event(.notice(message))] }
        self.error = error
        return [.event(.problem(message))]
    }
}
