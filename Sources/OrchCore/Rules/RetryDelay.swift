/// Exponential back-off, as v0 counts it: 60 s, 120 s, 240 s … and never over an hour.
package enum RetryDelay {
    package static let base: Duration = .seconds(60)
    package static let maximum: Duration = .seconds(3600)

    /// The wait after so many failures in a row, from 1; 0 or less waits not at all.
    package static func beforeAttempt(after failures: Int) -> Duration {
        guard failures > 0 else { return .zero }
        // Past this many doublings the maximum is reached whatever the base, and the shift cannot overflow.
        let doublings = min(failures - 1, 16)
        return min(.seconds(base.wholeSeconds << doublings), maximum)
    }
}
