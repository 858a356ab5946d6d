import OrchCore

/// Stays with one agent process: shows what it says, hands it what people say, and enforces the limits
/// while it runs.
///
/// A host that takes over feeds the conversation again with all that was said on both sides, and does only
/// what its log does not account for.
final class LegWatch {
    private let files: LegFiles
    private let log: EventLog
    private let process: any AgentProcess
    private let tellsCost: Bool
    private var conversation: any AgentConversation
    private(set) var limits: RunLimits
    private(set) var session: String?
    /// How a host has the leg end, if one does.
    private var ending: Ending?
    /// This leg is only read again, for a later one has begun.
    private var isPast = false
    /// The conversation has come to its end; the process may take a moment longer.
    private var isFinished = false
    /// The offset behind the last line that was received.
    private var position = 0
    /// What an earlier host handed over, and the conversation has not been fed again.
    private var replay: [LegFiles.Said] = []
    /// How often the agent has been idle, and whether it is so now.
    private var idleness = (count: 0, isTold: false)
    /// Words that were written and that the agent's input may not have whole.
    private var unconfirmed: [LegFiles.Said] = []

    /// How often limits, words and wishes are looked at when nothing else happens.
    private static let pulse: Duration = .seconds(1)
    /// SIGKILL that this host did not send: the out-of-memory killer, or somebody's hand. Not the work's
    /// fault, so another attempt does it.
    private static let killedStatus: Int32 = 128 + 9
    /// What is read of standard error for its clues.
    private static let errorTailBytes = 16_384
    /// How many words are handed over at a time.
    private static let wordLimit = 20

    enum Ending: Equatable {
        /// The next leg goes on with a person's words.
        case resumption
        case verdict(Verdict)
    }

    init(
        files: LegFiles, log: EventLog, limits: RunLimits, process: any AgentProcess,
        conversation: any AgentConversation, tellsCost: Bool
    ) {
        self.files = files
        self.log = log
        self.limits = limits
        self.process = process
        self.conversation = conversation
        self.tellsCost = tellsCost
    }

    private var host: any AgentHost { files.host }

    /// Whether another leg follows.
    var isResumed: Bool { isPast || ending == .resumption }

    private var isCondemned: Bool {
        if case .verdict = ending { true } else { false }
    }

    /// 1. Learn where an earlier host left off. 2. Begin, or feed the conversation what
    ///    is known. 3. Stay until the agent is over.
    func follow() throws -> AgentReport {
        let known = try log.resume(leg: files.number)
        isPast = known.isPast
        ending = known.ending
        replay = try files.said()
        do {
            for word in replay.compactMap(\.word) + [known.word].compactMap({ $0 }) {
                try host.store.markDelivered(word, now: host.now)
            }
            let isNew = log.reached == nil
            try perform(conversation.begin(), end: 0)
            if isNew { try noteBeginning() }
            if ending != nil { process.end() }
            return try conclude(exit: try attend())
        } catch let error as AgentKeeperError {
            // An agent that nobody can follow any more must not go on alone.
            process.end()
            throw error
        }
    }

    private func noteBeginning() throws {
        if log.reached == nil { try log.append(note: "begun", at: EventLog.Place(end: 0, part: 0)) }
        guard limits.limitsCost, !tellsCost else { return }
        let words = "this agent does not say what it costs, so `workflow.max_cost_usd` cannot end it; "
        try log.append(.notice(words + "`workflow.max_tokens` can"), at: nil)
    }

    /// Until the agent is over.
    private func attend() throws -> Int32? {
        while true {
            for signal in try process.next(timeout: Self.pulse) {
                switch signal {
                case .line(let line, let end): try receive(line, end: end)
                case .unfinished(let text): try receive(unfinished: text)
                case .typed(let words): try say(words)
                case .poked: break
                case .dismissed: throw Dismissed()
                case .exited(let status): return status
                }
            }
            try confirmWords()
            try deliverWords()
            try enforceLimits()
        }
    }

    private func receive(_ line: String, end: Int) throws {
        while let said = replay.first, said.end < end {
            replay.removeFirst()
            _ = conversation.say(said.words)
        }
        position = end
        try perform(conversation.receive(line: line), end: end)
    }

    /// Belongs to no line, so a host that takes over may show it again.
    private func receive(unfinished text: String) throws {
        let effects = conversation.receive(unfinished: text)
        guard !isPast, ending == nil else { return }
        for effect in effects { try perform(effect, at: nil) }
    }

    /// What an earlier host has done is left out, as the log tells.
    private func perform(_ effects: [AgentEffect], end: Int) throws {
        for (part, effect) in effects.enumerated() {
            let place = EventLog.Place(end: end, part: part)
            let effect = noted(effect)
            // What an agent says while it is being ended belongs to nothing any more; the log
            // ends with why.
            guard !log.accounts(for: place), ending == nil else { continue }
            try perform(effect, at: place)
        }
    }

    private func perform(_ effect: AgentEffect, at place: EventLog.Place?) throws {
        switch effect {
        case .event(let event): try handle(event, at: place)
        case .write(let text):
            try process.write(text)
            if let place { try log.append(note: "sent", at: place) }
        case .finish: process.closeInput()
        case .resume(let words): try resume(with: words, word: nil)
        }
    }

    /// Keeps the facts that a host which takes over learns from the lines it reads again.
    ///
    /// - Returns: the effect, with figures for the run as a whole.
    private func noted(_ effect: AgentEffect) -> AgentEffect {
        switch effect {
        case .event(.usage(let usage)):
            limits.note(usage)
            return .event(.usage(limits.usage))
        case .event(.session(let id)): session = id
        case .finish: isFinished = true
        default: break
        }
        return effect
    }

    private func handle(_ event: AgentEvent, at place: EventLog.Place?) throws {
        if case .usage(let usage) = event { try host.store.noteUsage(usage, of: host.run.id) }
        if case .model(let model) = event {
            try host.store.note(host.run.id, session: nil, branch: nil, worktree: nil, model: model)
        }
        try log.append(event, at: place)
    }

    private func conclude(exit: Int32?) throws -> AgentReport {
        let tail = process.errorTail(limit: Self.errorTailBytes)
        var report = conversation.report(exit: exit, errorTail: tail, now: host.now)
        // It may have ended before its host came to read the wish.
        let mayBeStopped = report.failure != nil || ending == .resumption
        if !isPast, !isCondemned, mayBeStopped, try host.store.isStopRequested(host.run.id) {
            try condemn(.stopped)
        }
        if case .verdict(let verdict) = ending { return verdict.applied(to: report) }
        if case .exited(Self.killedStatus)? = report.failure { report.failure = .lost }
        return report
    }
}

// MARK: - Words

extension LegWatch {
    /// 1. Log the words. 2. Hand them over. 3. Write down that the agent has them, and
    ///    mark them as delivered in the store.
    ///
    /// A host that dies before the third leaves them undelivered, and they are said again; one that dies
    /// after it has said them once.
    ///
    /// - Parameter word: the store's id; nil where they did not come by the store.
    private func say(_ words: String, word: Int? = nil) throws {
        if isPast { return }
        guard !isCondemned else { return host.tell("the agent is being ended, and hears nothing more") }
        while !replay.isEmpty { _ = conversation.say(replay.removeFirst().words) }
        try log.append(.said(words), at: nil)
        // Words that come while the agent is being ended go with those for which it is ended.
        for effect in ending == nil ? conversation.say(words) : [.resume(words: words)] {
            if case .resume(let words) = effect {
                try resume(with: words, word: word)
            } else {
                try perform(effect, at: nil)
            }
        }
        if ending == nil { unconfirmed.append(LegFiles.Said(words: words, word: word, end: position)) }
        try confirmWords()
    }

    /// Words wait in this host's memory while the agent does not read; until they are out, they
    /// are not delivered.
    private func confirmWords() throws {
        guard !unconfirmed.isEmpty, process.hasTakenInput else { return }
        for said in unconfirmed {
            try files.append(said)
            if let word = said.word { try host.store.markDelivered(word, now: host.now) }
        }
        unconfirmed = []
    }

    private func resume(with words: String, word: Int?) throws {
        let earlier = ending == .resumption ? [try files.next.message()] : []
        let all = (earlier + [words]).joined(separator: "\n\n")
        try files.next.write(message: all)
        try log.append(resumingWith: all, word: word)
        if let word { try host.store.markDelivered(word, now: host.now) }
        ending = .resumption
        process.end()
    }

    /// Words that other processes left in the store, and the wish that it stop.
    private func deliverWords() throws {
        if isPast || isCondemned { return }
        if unconfirmed.isEmpty {
            for (id, words) in try host.store.pendingWords(for: host.run.id, limit: Self.wordLimit) {
                try say(words, word: id)
            }
        }
        if try host.store.isStopRequested(host.run.id) { try condemn(.stopped) }
    }

    /// Words that came when the agent had just ended well: it goes on with them.
    func takeLateWords(after report: AgentReport) throws {
        guard !isPast, ending == nil, report.failure == nil, session ?? report.session != nil else { return }
        for (id, words) in try host.store.pendingWords(for: host.run.id, limit: Self.wordLimit) {
            try log.append(.said(words), at: nil)
            try resume(with: words, word: id)
        }
    }
}

// MARK: - Limits

extension LegWatch {
    private func enforceLimits() throws {
        limits.note(sound: process.volumeBytes, uptime: host.ports.uptime())
        guard !isPast, !isCondemned else { return }
        try noteIdleness()
        if log.isFull { return try condemn(.talkative) }
        if let verdict = limits.exceeded(uptime: host.ports.uptime(), isFinished: isFinished) {
            try condemn(verdict)
        }
    }

    private func noteIdleness() throws {
        guard let silence = limits.idleness(uptime: host.ports.uptime()), !isFinished else {
            idleness.isTold = false
            return
        }
        if idleness.isTold { return }
        idleness.isTold = true
        try host.noteIdleness(silence, number: idleness.count)
        idleness.count += 1
    }

    /// Written down before it is done: a host that takes over holds to it.
    private func condemn(_ verdict: Verdict) throws {
        try log.append(verdict)
        host.tell("ending the agent: \(verdict.message)")
        ending = .verdict(verdict)
        process.end()
    }
}
