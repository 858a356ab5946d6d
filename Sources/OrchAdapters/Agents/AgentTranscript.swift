import JSON
import OrchCore

/// What a conversation has gathered for its report, whatever the agent; every list has a bound, because a
/// run may go on for hours.
struct AgentTranscript: Sendable {
    /// More tools do not run at a time.
    static let runningLimit = 500
    static let denialLimit = 100
    /// Those of the agents are UUIDs and shorter ones.
    private static let sessionLimitBytes = 128
    /// One line of a pane.
    static let detailLimitBytes = 300

    /// More is no answer.
    private static let plainLimitBytes = 1 << 20

    private(set) var report = AgentReport()
    /// It has said a word of its protocol.
    private var hasSpoken = false
    private var plainText = ""
    /// The tools that run: the agent's id of the call, and the tool's name.
    private var running: [String: String] = [:]

    /// Takes over what an event says about the run as a whole.
    mutating func note(_ event: AgentEvent) -> AgentEffect {
        switch event {
        case .session(let id): report.session = id
        case .model(let name): report.model = name
        case .usage(let usage): report.usage = usage
        case .denied(let what) where report.denials.count < Self.denialLimit: report.denials.append(what)
        default: break
        }
        return .event(event)
    }

    /// The session that a process tells of, where that is news and a name.
    ///
    /// It becomes an argument of the next process: one that begins like an option is refused.
    mutating func session(_ id: JSONValue) -> [AgentEffect] {
        guard let id = id.string, id != report.session, Self.isSession(id) else { return [] }
        return [note(.session(id))]
    }

    private static func isSession(_ id: String) -> Bool {
        guard let first = id.utf8.first, first != UInt8(ascii: "-") else { return false }
        return id.utf8.count <= sessionLimitBytes && id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// Words of the agent; the last ones are where an answer is looked for.
    mutating func text(_ words: String) -> AgentEffect {
        report.finalText = words
        return .event(.text(words))
    }

    /// The last words, said already or not worth an event.
    mutating func conclude(with words: String) { report.finalText = words }

    mutating func beginTool(_ id: String, name: String, detail: String) -> AgentEffect {
        if running.count < Self.runningLimit { running[id] = name }
        return .event(.tool(name: name, detail: Self.line(detail)))
    }

    /// - Parameter problem: nil where the tool did its work.
    mutating func endTool(_ id: String, problem: String?) -> [AgentEffect] {
        let name = running.removeValue(forKey: id) ?? "tool"
        return problem.map { [.event(.toolFailed(name: name, detail: Self.line($0)))] } ?? []
    }

    /// A line of a stream of JSON objects; nil where it is none.
    static func object(_ line: String) -> JSONValue? {
        // What is no JSON is a warning of the program's; it must not end the run.
        let value = try? JSONValue(parsing: line)
        return value?.object == nil ? nil : value
    }

    /// A message of a protocol whose messages have a type; nil where the line is none.
    mutating func message(_ line: String) -> (type: String, JSONValue)? {
        guard let value = Self.object(line), let type = value["type"].string else { return nil }
        hasSpoken = true
        return (type, value)
    }

    /// A line that is not of the protocol: kept, in case that there is nothing else.
    ///
    /// - Returns: what there is to tell of it.
    mutating func plain(_ line: String) -> [AgentEffect] {
        if plainText.utf8.count + line.utf8.count < Self.plainLimitBytes { plainText += line + "\n" }
        return Self.notice(line)
    }

    /// What there is to tell of a line that is not of the protocol.
    static func notice(_ line: String) -> [AgentEffect] {
        line.allSatisfy(\.isWhitespace) ? [] : [.event(.notice(Self.line(line)))]
    }

    /// The report of a process that ended without a result of its protocol.
    func unfinished(exit: Int32?, errorTail: String, context: ClueContext) -> AgentReport {
        let ended = Diagnosis.ofExit(exit, errorTail: errorTail, context: context)
        guard exit == 0, !hasSpoken, case .reported = ended.failure else { return concluded(ended) }
        return plain(plainText, otherwise: ended, context: context)
    }

    /// The report of a process that ended with 0 and said only this, outside of any protocol.
    ///
    /// A wrapper that meets a limit prints that, and ends as if all were well.
    /// - Parameter otherwise: what the words come to where their last line is no such notice, and no
    ///   answer is found in them.
    func plain(_ words: String, otherwise: Diagnosis?, context: ClueContext) -> AgentReport {
        let limit = LimitNotice.atEnd(of: words).map { line in
            let resetsAt = ResetTime.find(in: line, now: context.now, zone: context.zone)
            return Diagnosis(.usageLimit(resetsAt: resetsAt), line)
        }
        var report = concluded(limit ?? otherwise)
        report.isPlain = report.failure != nil
        report.finalText = words.isEmpty ? nil : words
        return report
    }

    /// The report of a run that ended in this way.
    func concluded(_ diagnosis: Diagnosis?) -> AgentReport {
        var report = report
        report.failure = diagnosis?.failure
        report.message = diagnosis?.message ?? ""
        return report
    }

    /// The first line that says anything, short enough for a pane.
    static func line(_ text: String) -> String {
        let first = text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }
        return String(first ?? "").clipped(toBytes: detailLimitBytes)
    }
}
