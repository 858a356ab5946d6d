/// A moment in UTC, in whole seconds since 1970-01-01T00:00:00Z, as rows and rules keep it.
///
/// Wall-clock fields (minute, weekday, zone) exist only in cron and at the edges; a rule compares and adds.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Seconds since the Unix epoch; negative before it.
    package let seconds: Int

    package init(seconds: Int) { self.seconds = seconds }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

    /// This moment moved by whole seconds; a fraction of a second is dropped.
    package static func + (moment: Timestamp, length: Duration) -> Timestamp {
        Timestamp(seconds: moment.seconds + Int(length.components.seconds))
    }

    package static func - (moment: Timestamp, length: Duration) -> Timestamp {
        Timestamp(seconds: moment.seconds - Int(length.components.seconds))
    }

    /// The length from `earlier` to this moment; negative when the clock was set back in between.
    package func since(_ earlier: Timestamp) -> Duration { .seconds(seconds - earlier.seconds) }
}
