import JSON
import OrchCore

extension CodexServerConversation {
    mutating func receive(notification method: String, _ parameters: JSONValue) -> [AgentEffect] {
        switch method {
        case "turn/started": return begun(turn: parameters["turn"])
        case "turn/completed": return ended(turn: parameters["turn"])
        case "item/started": return transcript.begin(codexItem: parameters["item"])
        case "item/completed": return transcript.end(codexItem: parameters["item"])
        case "thread/tokenUsage/updated": return count(parameters["tokenUsage"])
        case "account/rateLimits/updated": return note(limits: parameters["rateLimits"])
        case "error": return note(error: parameters)
        case "warning", "configWarning", "deprecationNotice", "guardianWarning":
            let words = parameters["message"].string ?? parameters["summary"].string ?? method
            return [.event(.notice(AgentTranscript.line(words)))]
        case "model/rerouted": return parameters["toModel"].string.map { [transcript.note(.model($0))] } ?? []
        case "thread/compacted": return [.event(.notice("the conversation was compacted"))]
        default: return []
        }
    }

    private mutating func ended(turn ended: JSONValue) -> [AgentEffect] {
        turn = nil
        switch ended["status"].string {
        case "completed": outcome = .completed
        case "interrupted": outcome = .interrupted
        default: outcome = .failed(CodexError(ended["error"]))
        }
        // A turn without words after the last request for them ends the talk; otherwise they come first.
        return deliver() + finishIfDone()
    }

    /// Sums of the whole thread, cached input included, and an earlier process of the same run too.
    private mutating func count(_ usage: JSONValue) -> [AgentEffect] {
        let total = usage["total"]
        let sums = Usage(inputTokens: total["inputTokens"].tokens, outputTokens: total["outputTokens"].tokens)
        return [transcript.note(.usage(sums))]
    }

    /// The windows of the account's limits; of those used up, the last one to end counts.
    private mutating func note(limits: JSONValue) -> [AgentEffect] {
        let ends = [limits["primary"], limits["secondary"]].compactMap { window -> Int? in
            (window["usedPercent"].int ?? 0) >= 100 ? window["resetsAt"].int : nil
        }
        limitResetsAt = ends.max().map(Timestamp.init(seconds:))
        return []
    }

    /// An error that ends a turn comes with the turn's end as well; one that is tried again is worth a
    /// notice.
    private func note(error parameters: JSONValue) -> [AgentEffect] {
        let message = AgentTranscript.line(CodexError(parameters["error"]).message)
        return [.event(parameters["willRetry"].bool == true ? .notice(message) : .problem(message))]
    }
}
