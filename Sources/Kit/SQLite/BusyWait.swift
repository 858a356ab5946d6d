#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The wait of one operation for locks that others hold: short pauses that grow, until a deadline.
///
/// SQLite's own `busy_timeout` adds up the pauses it asked for instead of looking at the clock, and is not
/// consulted at all in some cases, as when the journal mode changes; so the handler and our own retries
/// share this one deadline. https://sqlite.org/c3ref/busy_handler.html
struct BusyWait {
    /// The longest pause, in nanoseconds: 25 ms, as in SQLite's own handler, so that a lock that is held
    /// for milliseconds is not waited for much longer.
    private static let longestPause: UInt64 = 25_000_000

    private let deadline: UInt64
    private var nextPause: UInt64 = 500_000

    init(patience: Duration) {
        let (seconds, attoseconds) = patience.components
        let nanoseconds =
            UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(max(0, attoseconds / 1_000_000_000))
        deadline = Self.monotonicNanoseconds() + nanoseconds
    }

    /// Pauses; returns whether to try again, which is false, without a pause, from the deadline on.
    mutating func pause() -> Bool {
        let now = Self.monotonicNanoseconds()
        guard now < deadline else { return false }
        let length = min(nextPause, deadline - now)
        nextPause = min(nextPause * 2, Self.longestPause)
        // A signal that ends the pause early only means one try more.
        var request = timespec(tv_sec: 0, tv_nsec: Int(length))
        nanosleep(&request, nil)
        return true
    }

    private static func monotonicNanoseconds() -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }
}
