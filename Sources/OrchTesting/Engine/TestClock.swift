package import OrchCore

/// Time that moves when a test says so.
package final class TestClock {
    package var now = Timestamp(seconds: 1_800_000_000)

    /// By the clock that never jumps.
    package private(set) var uptime: Duration = .zero

    package init() {}

    package func advance(_ length: Duration) {
        now = now + length
        uptime += length
    }

    /// Somebody sets the clock.
    package func jump(_ length: Duration) { now = now + length }
}
