import JSON
import OrchCore

/// `events.ndjson` of an attempt: what the pane shows and what `orch task stream` reads, one event a line.
///
/// Every line says which leg it belongs to and up to which effect of which byte of the leg's output it
/// accounts for, so that a host that takes over goes on exactly there: nothing is left out, and nothing is
/// done twice but the one effect whose line its host was killed before it could write.
///
///     {"at":"2026-02-03T04:05:06Z","leg":1,"end":512,"part":0,"kind":"text","text":"Reading the code"}
final class EventLog {
    static let name = "events.ndjson"

    private let host: any AgentHost
    private var leg = 1
    /// What of the current leg is accounted for; nil: nothing.
    private(set) var reached: Place?
    /// Whether the log has grown to what a run may say.
    private(set) var isFull = false

    /// All legs together; the longest conversations come to a few MiB.
    private static let limitBytes = 64 << 20
    /// One event's text; an agent that prints a file prints its beginning.
    private static let textLimitBytes = 64 << 10

    init(host: any AgentHost) { self.host = host }

    /// One effect of one line of output.
    struct Place: Comparable {
        /// The offset behind the line; 0 for what is said before there is any output.
        let end: Int
        /// Which of the line's effects, from 0.
        let part: Int

        static func < (left: Place, right: Place) -> Bool {
            left.end != right.end ? left.end < right.end : left.part < right.part
        }
    }

    /// Where an earlier host left off.
    struct Position {
        /// The leg is being ended.
        var ending: LegWatch.Ending?
        /// The store's id of the last words that it is ended for, which may not be marked as delivered yet.
        var word: Int?
        /// A later leg has begun: this one is only read again.
        var isPast = false
    }

    /// Goes on with a leg.
    ///
    /// - Throws: where there is a log and nothing in it can be read: what it accounts for must not be
    ///   done again.
    func resume(leg: Int) throws -> Position {
        self.leg = leg
        reached = nil
        let entries = try lastEntries()
        guard let last = entries.last, let lastLeg = last["leg"].int, lastLeg >= leg else {
            return Position()
        }
        if lastLeg > leg {
            reached = Place(end: .max, part: 0)
            return Position(isPast: true)
        }
        reached = Place(end: last["end"].int ?? 0, part: last["part"].int ?? 0)
        // Notices of the host's own may follow.
        let end = entries.last { $0["leg"].int == leg && ending($0) != nil }
        return Position(ending: end.flatMap(ending), word: end?["word"].int)
    }

    private func ending(_ entry: JSONValue) -> LegWatch.Ending? {
        switch entry["kind"].string {
        case Self.resumeKind: .resumption
        case EventImage.verdictKind:
            Verdict(word: entry["failure"].string ?? "", message: entry["text"].string ?? "")
                .map(LegWatch.Ending.verdict)
        default: nil
        }
    }

    /// A host that was killed while it wrote, or a disk that was full, leaves half a line, which the next
    /// host ends; what stood in it was not done yet as far as anybody knows.
    private func lastEntries() throws -> [JSONValue] {
        let lines = try host.ports.files.lastLines(of: Self.name)
        let entries = lines.compactMap { try? JSONValue(parsing: $0) }
        guard lines.isEmpty || !entries.isEmpty else {
            throw AttemptFileError(path: Self.name, detail: "none of its last lines is JSON")
        }
        return entries
    }

    private static let resumeKind = "resume"

    /// Whether an earlier host has done this already.
    func accounts(for place: Place) -> Bool { reached.map { place <= $0 } ?? false }

    /// The agent is about to be interrupted, and started again with these words.
    ///
    /// - Parameter word: the store's id of the last of them; nil where they did not come by the store.
    func append(resumingWith words: String, word: Int?) throws {
        try write([
            ("kind", .string(Self.resumeKind)),
            (
                "text",
                .string(host.ports.redaction.apply(to: words).clipped(toBytes: Self.textLimitBytes))
            ),
            ("word", word.map { .int(Int64($0)) } ?? .null),
        ])
    }

    /// The agent is about to be ended.
    func append(_ verdict: Verdict) throws {
        try write([
            ("kind", .string(EventImage.verdictKind)), ("failure", .string(verdict.failure.word)),
            ("text", .string(verdict.message)),
        ])
    }

    /// Something was done that readers do not see.
    func append(note kind: String, at place: Place) throws {
        reached = place
        try write([("kind", .string(kind))])
    }

    /// Something of the host's own, before the agent's first leg or after its last: what is accounted for
    /// stays as the last line says.
    func append(beside event: AgentEvent) throws {
        if let last = try lastEntries().last {
            leg = last["leg"].int ?? leg
            reached = Place(end: last["end"].int ?? 0, part: last["part"].int ?? -1)
        }
        try append(event, at: nil)
    }

    /// - Parameter place: nil for what the agent did not say.
    func append(_ event: AgentEvent, at place: Place?) throws {
        if let place { reached = place }
        // Redacted before it is cut, so that no half of a secret is left, and behind colours, which could
        // hide one.
        let event = EventImage.mapped(event) {
            host.ports.redaction.apply(to: Printable.text($0)).clipped(toBytes: Self.textLimitBytes)
        }
        try write(EventImage.fields(of: event))
        let shown = EventImage.line(for: event)
        if !shown.isEmpty { host.ports.console(shown + "\n") }
    }

    private func write(_ fields: [(String, JSONValue)]) throws {
        let place = reached ?? Place(end: 0, part: -1)
        let head: [(String, JSONValue)] = [
            ("at", .string(host.now.iso8601)), ("leg", .int(Int64(leg))), ("end", .int(Int64(place.end))),
            ("part", .int(Int64(place.part))),
        ]
        let line = JSONValue.object(JSONObject(head + fields)).text()
        isFull = try host.ports.files.append(line: line, to: Self.name) > Self.limitBytes
    }
}
