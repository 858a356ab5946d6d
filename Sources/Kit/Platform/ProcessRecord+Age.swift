#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension ProcessRecord {
    /// How much longer than `other` it has been there, in seconds; negative where it is the younger one.
    package func secondsOlder(than other: ProcessRecord) -> Double {
        #if canImport(Darwin)
            let unitsPerSecond = 1_000_000.0
        #else
            let unitsPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        #endif
        return (Double(other.startTime) - Double(startTime)) / unitsPerSecond
    }
}
