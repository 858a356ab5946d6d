import JSON
import OrchCore
import Platform

/// The talk with one Claude Code process over `stream-json`.
///
/// A message that is written while a turn runs joins that turn; one that comes too late makes a turn of its
/// own. Either way it is sent back (`isReplay`) at the moment the model gets it, so a result ends the talk
/// only when every message was sent back.
struct ClaudeConversation: AgentConversation {
    private let message: String
    private let model: String
    private let zone: ZoneRules

    private var transcript = AgentTranscript()
    private var usage = ClaudeUsage()
    private var result: ClaudeResult?
    /// Messages written by this process and not yet sent back; never below 0 when a stream is replayed.
    private var unread = 0
    private var isFinished = false
    /// When the limit ends that the provider says was hit.
    private var limitResetsAt: Timestamp?

    init(message: String, model: String, zone: ZoneRules) {
        self.message = message
        self.model = model
        self.zone = zone
    }

    mutating func begin() -> [AgentEffect] {
        unread += 1
        return [.write(ClaudeLine.userMessage(message))]
    }

    mutating func say(_ words: String) -> [AgentEffect] {
        // Its input is closed: the words need a process of their own.
        guard !isFinished else { return [.resume(words: words)] }
        unread += 1
        return [.write(ClaudeLine.userMessage(words))]
    }

    mutating func receive(line: String) -> [AgentEffect] {
        guard let (type, value) = transcript.message(line) else { return transcript.plain(line) }
        switch type {
        case "system": return receiveSystem(value)
        case "assistant": return receiveAssistant(value)
        case "user": return receiveUser(value)
        case "rate_limit_event": return receiveLimit(value["rate_limit_info"])
        case "result": return receiveResult(value)
        case "control_request":
            return [.write(ClaudeLine.refusal(of: value["request_id"].string ?? ""))]
        default: return []
        }
    }

    func report(exit: Int32?, errorTail: String, now: Timestamp) -> AgentReport {
        let context = ClueContext(now: now, zone: zone, model: model)
        guard let result else {
            // An interrupted start exits 0 and says nothing: that is no success.
            return transcript.unfinished(exit: exit, errorTail: errorTail, context: context)
        }
        guard result.isSuccess else {
            return transcript.concluded(result.diagnosis(resetsAt: limitResetsAt, context: context))
        }
        // nil: the process was adopted, and nobody could wait for it; the result stands for itself.
        let isGood = exit == nil || exit == 0
        return transcript.concluded(isGood ? nil : .ofExit(exit, errorTail: errorTail, context: context))
    }
}

// MARK: - Lines

extension ClaudeConversation {
    private mutating func receiveSystem(_ line: JSONValue) -> [AgentEffect] {
        switch line["subtype"].string {
        case "init":
            // Each turn begins with one, and nothing new in it.
            var effects = transcript.session(line["session_id"])
            if let model = line["model"].string, model != transcript.report.model {
                effects.append(transcript.note(.model(model)))
            }
            return effects
        case "api_retry":
            let reason = line["error"].string ?? "error"
            let status = line["error_status"].int.map { " \($0)" } ?? ""
            let count = "\(line["attempt"].int ?? 0) of \(line["max_retries"].int ?? 0)"
            return [.event(.notice("calling the model again after \(reason)\(status), \(count)"))]
        case "permission_denied":
            return [transcript.note(.denied(AgentTranscript.line(line["message"].string ?? "a tool")))]
        case "compact_boundary": return [.event(.notice("the conversation was compacted"))]
        default: return []
        }
    }

    private mutating func receiveAssistant(_ line: JSONValue) -> [AgentEffect] {
        let message = line["message"]
        // The program's own words about a failed call look like the model's.
        if line["is_api_error_message"].bool == true || message["model"].string == "<synthetic>" {
            return [.event(.problem(AgentTranscript.line(ClaudeLine.text(of: message["content"]))))]
        }
        var effects: [AgentEffect] = []
        for block in message["content"].array ?? [] {
            switch block["type"].string {
            case "text":
                if let text = block["text"].string, !text.isEmpty { effects.append(transcript.text(text)) }
            case "tool_use":
                effects.append(
                    transcript.beginTool(
                        block["id"].string ?? "", name: block["name"].string ?? "tool",
                        detail: ClaudeLine.detail(ofInput: block["input"])))
            default: break
            }
        }
        if let total = usage.count(message: message) { effects.append(transcript.note(.usage(total))) }
        return effects
    }

    private mutating func receiveUser(_ line: JSONValue) -> [AgentEffect] {
        if line["isReplay"].bool == true {
            unread = max(0, unread - 1)
            return []
        }
        return (line["message"]["content"].array ?? []).flatMap { block -> [AgentEffect] in
            guard block["type"].string == "tool_result", let id = block["tool_use_id"].string else {
                return []
            }
            let isError = block["is_error"].bool == true
            return transcript.endTool(id, problem: isError ? ClaudeLine.text(of: block["content"]) : nil)
        }
    }

    /// A limit comes near, or is reached; sent by subscriptions, not by API keys.
    private mutating func receiveLimit(_ info: JSONValue) -> [AgentEffect] {
        guard let status = info["status"].string, status != "allowed" else { return [] }
        if status == "rejected", let seconds = info["resetsAt"].int {
            limitResetsAt = Timestamp(seconds: seconds)
        }
        let window = info["rateLimitType"].string.map { " (\($0))" } ?? ""
        return [.event(.notice("usage limit\(window): \(status)"))]
    }

    private mutating func receiveResult(_ line: JSONValue) -> [AgentEffect] {
        let result = ClaudeResult(line)
        self.result = result
        var effects = [transcript.note(.usage(usage.settle(result: line)))]
        if result.isSuccess, let text = result.text { transcript.conclude(with: text) }
        guard unread == 0, !isFinished else { return effects }
        isFinished = true
        effects.append(.finish)
        return effects
    }
}
