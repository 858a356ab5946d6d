#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Waiting for something that nothing announces.
enum Pausing {
    static func pause(_ length: Duration) {
        let (seconds, attoseconds) = length.components
        var left = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        nanosleep(&left, nil)
    }
}
