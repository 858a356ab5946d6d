/// A moment in UTC, in whole seconds since 1970-01-01T00:00:00Z, as rows and rules keep it.
///
/// Wall-clock fields (minute, weekday, zone) exist only in cron and at the edges; a rule compares and adds.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Seconds since the Unix epoch; negative before it.
    package let seconds: Int

    package init(seconds: Int) { self.seconds = seconds }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

    /// This moment moved by whole seconds; a fraction of a second is dropped.
    ///
    /// Seconds come from servers, agents and files as well: a sum or a difference stops at what an `Int`
    /// holds.
    package static func + (moment: Timestamp, length: Duration) -> Timestamp {
        Timestamp(seconds: clamped(moment.seconds.addingReportingOverflow(Int(length.components.seconds))))
    }

    package static func - (moment: Timestamp, length: Duration) -> Timestamp {
        Timestamp(
            seconds: clamped(moment.seconds.subtractingReportingOverflow(Int(length.components.seconds))))
    }

    /// The length from `earlier` to this moment; negative when the clock was set back in between.
    package func since(_ earlier: Timestamp) -> Duration {
        .seconds(Self.clamped(seconds.subtractingReportingOverflow(earlier.seconds)))
    }

    /// What has overflowed has the wrong sign.
    private static func clamped(_ result: (partialValue: Int, overflow: Bool)) -> Int {
        guard result.overflow else { return result.partialValue }
        return result.partialValue < 0 ? .max : .min
    }
}
