#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An instant that never jumps: for time-outs and lengths, meaningless outside this boot.
package struct MonotonicTime: Comparable, Sendable {
    /// Nanoseconds since an arbitrary start.
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static func now() -> MonotonicTime {
        var time = timespec()
        // Cannot fail: the clock is mandatory and the pointer is valid (clock_gettime(2)).
        _ = clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    package static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Saturates instead of overflowing, so that a huge time-out means “never”.
    package static func + (time: Self, length: Duration) -> Self {
        let (sum, overflow) = time.nanoseconds.addingReportingOverflow(length.clampedNanoseconds)
        return Self(nanoseconds: overflow ? (length < .zero ? .min : .max) : sum)
    }

    package static func - (later: Self, earlier: Self) -> Duration {
        .nanoseconds(later.nanoseconds) - .nanoseconds(earlier.nanoseconds)
    }
}

extension Duration {
    /// Whole nanoseconds, at most ±292 years.
    package var clampedNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || carry ? (seconds < 0 ? .min : .max) : sum
    }
}
