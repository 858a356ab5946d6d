import JSON
import OrchCore
import Platform

/// What one `opencode run --format json` tells, one event a line.
struct OpenCodeConversation: AgentConversation {
    private let model: String
    private let zone: ZoneRules

    private var transcript = AgentTranscript()
    private var usage = Usage()
    /// The last error that no finished step came after.
    private var error: OpenCodeError?
    private var isAnswered = false

    init(model: String, zone: ZoneRules) {
        self.model = model
        self.zone = zone
    }

    mutating func begin() -> [AgentEffect] { [] }

    mutating func say(_ words: String) -> [AgentEffect] { [.resume(words: words)] }

    mutating func receive(line: String) -> [AgentEffect] {
        guard let (type, value) = transcript.message(line) else { return transcript.plain(line) }
        return transcript.session(value["sessionID"]) + receive(type, value)
    }

    func report(exit: Int32?, errorTail: String, now: Timestamp) -> AgentReport {
        let context = ClueContext(now: now, zone: zone, model: model)
        if let error { return transcript.concluded(error.diagnosis(context)) }
        if isAnswered, exit == nil || exit == 0 { return transcript.concluded(nil) }
        return transcript.unfinished(exit: exit, errorTail: errorTail, context: context)
    }

    private mutating func receive(_ type: String, _ event: JSONValue) -> [AgentEffect] {
        let part = event["part"]
        switch type {
        case "text":
            guard let text = part["text"].string, !text.isEmpty else { return [] }
            isAnswered = true
            return [transcript.text(text)]
        case "tool_use", "tool": return receive(tool: part)
        case "step_finish": return finish(step: part)
        case "error": return receive(error: OpenCodeError(event))
        case "done":
            return (event["rejected"].array ?? []).compactMap(\.string).map { transcript.note(.denied($0)) }
        default: return []
        }
    }

    /// A tool is told when it has ended.
    private mutating func receive(tool part: JSONValue) -> [AgentEffect] {
        let id = part["callID"].string ?? part["id"].string ?? ""
        let state = part["state"]
        let detail = state["title"].string ?? Self.detail(ofInput: state["input"])
        let begun = transcript.beginTool(id, name: part["tool"].string ?? "tool", detail: detail)
        let problem = state["status"].string == "error" ? state["error"].string ?? "failed" : nil
        return [begun] + transcript.endTool(id, problem: problem)
    }

    private static func detail(ofInput input: JSONValue) -> String {
        ["command", "filePath", "pattern", "url"].lazy.compactMap { input[$0].string }.first ?? ""
    }

    private mutating func finish(step part: JSONValue) -> [AgentEffect] {
        error = nil
        let tokens = part["tokens"]
        let cache = tokens["cache"]
        usage.inputTokens += tokens["input"].tokens + cache["read"].tokens + cache["write"].tokens
        usage.outputTokens += tokens["output"].tokens + tokens["reasoning"].tokens
        if let cost = part["cost"].microDollars {
            usage.costMicroDollars = (usage.costMicroDollars ?? 0) + cost
        }
        return [transcript.note(.usage(usage))]
    }

    private mutating func receive(error: OpenCodeError) -> [AgentEffect] {
        self.error = error
        let message = AgentTranscript.line(error.message)
        return [error.isDenial ? transcript.note(.denied(message)) : .event(.problem(message))]
    }
}
