/// Why an agent is left alone for a while.
package struct Breaker: Equatable, Sendable {
    /// The providers' longest windows are a week. Whatever is put off for longer, by words that were misread
    /// or by a clock that was wrong, is looked at again by then.
    package static let longestPause: Duration = .seconds(7 * 86_400)

    package let until: Timestamp
    package let reason: String

    package init(until: Timestamp, reason: String) {
        self.until = until
        self.reason = reason
    }
}

extension Timestamp {
    /// Whether what was put off until this moment still is: no moment further away than
    /// `Breaker.longestPause` is waited for.
    package func isAwaited(_ now: Timestamp) -> Bool { now < self && self <= now + Breaker.longestPause }
}
