#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The time of day, which people and servers can set and which may jump.
package enum WallClock {
    /// Seconds since 1970-01-01 00:00 UTC, leap seconds not counted.
    package static func unixSeconds() -> Int64 {
        var time = timespec()
        _ = clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }
}
