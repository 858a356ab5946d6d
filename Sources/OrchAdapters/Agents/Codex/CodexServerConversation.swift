import JSON
import OrchCore
import Platform

/// The talk with one `codex app-server`: initialize → thread → turn, and words for the turn while it runs.
struct CodexServerConversation: AgentConversation {
    /// The ids of the three requests that every talk begins with.
    private enum Opening {
        static let initialize = 0
        static let thread = 1
        static let turn = 2
    }

    let request: AgentRequest
    let zone: ZoneRules

    var transcript = AgentTranscript()
    /// What the talk came to; nil while nobody knows.
    var outcome: Outcome?
    var thread: String?
    /// The turn that runs.
    var turn: String?
    /// Words that were sent and not yet taken, by the id of the request.
    var steering: [Int: String] = [:]
    /// Words that came before there was a turn to steer.
    var waiting: [String] = []
    var isFinished = false
    /// The end of a window of the account's limits that is used up.
    var limitResetsAt: Timestamp?
    private var nextID = Opening.turn + 1
    /// More words than anybody says to one agent.
    private static let replayedLimit = 100_000

    enum Outcome: Sendable {
        case completed
        case interrupted
        case failed(CodexError)
    }

    init(_ request: AgentRequest, zone: ZoneRules) {
        self.request = request
        self.zone = zone
    }

    mutating func begin() -> [AgentEffect] { [.write(CodexMessage.initialize(Opening.initialize))] }

    mutating func say(_ words: String) -> [AgentEffect] {
        // Its input is closed: the words need a process of their own.
        if isFinished { return [.resume(words: words)] }
        waiting.append(words)
        return deliver()
    }

    mutating func receive(line: String) -> [AgentEffect] {
        guard let value = AgentTranscript.object(line) else { return AgentTranscript.notice(line) }
        switch (value["method"].string, value.object?["id"]) {
        case (let method?, let id?): return refuse(id, method: method, value["params"])
        case (let method?, nil): return receive(notification: method, value["params"])
        case (nil, let id?): return receive(response: value, to: id.int ?? -1)
        default: return []
        }
    }

    func report(exit: Int32?, errorTail: String, now: Timestamp) -> AgentReport {
        let context = ClueContext(now: now, zone: zone, model: request.model ?? "")
        switch outcome {
        case .completed: return transcript.concluded(nil)
        case .interrupted: return transcript.concluded(Diagnosis(.stopped, "the turn was interrupted"))
        case .failed(let error):
            return transcript.concluded(error.diagnosis(resetsAt: limitResetsAt, context: context))
        case nil: return transcript.concluded(.ofExit(exit, errorTail: errorTail, context: context))
        }
    }
}

// MARK: - Requests and responses

extension CodexServerConversation {
    /// Sends the words that wait: into the running turn, or as a turn of their own when none runs.
    mutating func deliver() -> [AgentEffect] {
        guard let thread, !waiting.isEmpty else { return [] }
        let words = waiting.joined(separator: "\n\n")
        if let turn {
            waiting = []
            return [.write(CodexMessage.steer(takeID(for: words), thread: thread, turn: turn, words: words))]
        }
        // Before the first turn has begun there is nothing to steer; after the last one there is a new one
        // to start.
        guard outcome != nil else { return [] }
        waiting = []
        outcome = nil
        return [.write(CodexMessage.turn(takeID(for: words), thread: thread, words: words))]
    }

    private mutating func takeID(for words: String) -> Int {
        defer { nextID += 1 }
        steering[nextID] = words
        return nextID
    }

    private mutating func receive(response: JSONValue, to id: Int) -> [AgentEffect] {
        // In a replayed stream the answers to an earlier host's words pass by; its ids are not used again.
        // A number far beyond them answers nobody.
        if (nextID...nextID + Self.replayedLimit).contains(id) { nextID = id + 1 }
        let error = response["error"]
        switch id {
        case Opening.initialize where error.isNull:
            return [
                .write(CodexMessage.initialized), .write(CodexMessage.thread(Opening.thread, request)),
            ]
        case Opening.thread where error.isNull: return receive(thread: response["result"])
        case Opening.turn where error.isNull: return begun(turn: response["result"]["turn"])
        case Opening.initialize, Opening.thread, Opening.turn:
            outcome = .failed(CodexError(error))
            return [.event(.problem(AgentTranscript.line(error["message"].string ?? "")))] + finishIfDone()
        default: return receive(answer: response, toWords: id)
        }
    }

    private mutating func receive(thread result: JSONValue) -> [AgentEffect] {
        let id = result["thread"]["id"].string ?? ""
        thread = id
        var effects = transcript.session(result["thread"]["id"])
        if let model = result["model"].string { effects.append(transcript.note(.model(model))) }
        return effects + [.write(CodexMessage.turn(Opening.turn, thread: id, words: request.message))]
    }

    /// The words reached the turn, or the turn was over by then and they get one of their own.
    private mutating func receive(answer response: JSONValue, toWords id: Int) -> [AgentEffect] {
        guard let words = steering.removeValue(forKey: id) else { return [] }
        if response["error"].isNull { return finishIfDone() }
        guard turn == nil else {
            let reason = response["error"]["message"].string ?? "unknown error"
            return [.event(.problem(AgentTranscript.line("the words were not taken: \(reason)")))]
        }
        waiting.insert(words, at: 0)
        return deliver()
    }

    mutating func begun(turn: JSONValue) -> [AgentEffect] {
        self.turn = turn["id"].string
        outcome = nil
        return deliver()
    }

    /// Nobody is here who could decide; the agent goes on without.
    private mutating func refuse(_ id: JSONValue, method: String, _ parameters: JSONValue) -> [AgentEffect] {
        let what = parameters["command"].string ?? parameters["reason"].string ?? method
        return [
            transcript.note(.denied(AgentTranscript.line(what))),
            .write(CodexMessage.refusal(of: id, method: method)),
        ]
    }

    mutating func finishIfDone() -> [AgentEffect] {
        guard outcome != nil, turn == nil, steering.isEmpty, waiting.isEmpty, !isFinished else { return [] }
        isFinished = true
        return [.finish]
    }
}
