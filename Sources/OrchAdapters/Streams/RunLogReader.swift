package import OrchCore
package import Platform

/// A run's `events.ndjson` as it is shown to those who look on, from any place of it on and as it grows.
package struct RunLogReader {
    /// One event, and the place in the log behind it, from where a reader that comes back goes on.
    package struct Entry: Sendable {
        package let end: Int
        package let event: ShownEvent
    }

    private var tail: EventTail
    private var reading: EventReading
    private let start: Int

    /// How much before the start is read too, and not shown: a secret that is torn there is one all the same.
    private static let runUpBytes = 8 << 10

    /// - Parameters:
    ///   - start: the end of an earlier entry, or 0.
    ///   - redaction: what is known to be secret in it.
    package init(_ run: Run, from start: Int, redaction: Redaction) {
        self.start = start
        tail = EventTail(path: Self.path(of: run), from: start - Self.runUpBytes)
        reading = EventReading(redaction)
    }

    package static func path(of run: Run) -> String { "\(run.directory)/events.ndjson" }

    /// Behind the last byte that was read: every whole line up to here has been handed out.
    package var offset: Int { tail.offset }

    /// Where the last `lines` lines begin.
    package static func start(ofLast lines: Int, of run: Run) throws(SystemError) -> Int {
        try EventTail.start(ofLast: lines, in: path(of: run))
    }

    /// What is new.
    ///
    /// - Parameter limitBytes: about how much of the log is read at most; the rest comes the next time.
    package mutating func next(limitBytes: Int = .max) throws(SystemError) -> [Entry] {
        try tail.next(limitBytes: limitBytes).compactMap { line in
            guard let event = reading.read(line.text), line.end > start else { return nil }
            return Entry(end: line.end, event: event)
        }
    }
}
