import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The wait for something that another process holds for a moment: short pauses that grow, until a deadline.
struct GrowingPause {
    /// The longest single pause, in milliseconds: so short that what is free again is soon seen.
    private static let longest: Int32 = 50

    private let deadline: MonotonicTime
    /// Milliseconds.
    private var next: Int32 = 1

    init(patience: Duration) { deadline = .now() + patience }

    /// Pauses; returns whether to try again, which is false, without a pause, from the deadline on.
    mutating func pause() -> Bool {
        guard MonotonicTime.now() < deadline else { return false }
        // poll(2) without descriptors is a plain wait. A signal that ends it early only means one try more.
        _ = poll(nil, 0, next)
        next = min(next * 2, Self.longest)
        return true
    }
}
