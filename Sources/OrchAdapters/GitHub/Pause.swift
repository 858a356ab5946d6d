#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

enum Pause {
    /// Blocks this thread for that long, less where a signal comes in.
    static func blocking(_ length: Duration) {
        let milliseconds = length.components.seconds * 1000
        // poll(2) without descriptors: the plain wait that counts in milliseconds.
        _ = poll(nil, 0, Int32(clamping: milliseconds))
    }
}
