#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the kernel's table says about one process at one moment.
package struct ProcessRecord: Equatable, Sendable {
    package let pid: Int32
    package let parent: Int32
    /// When it was started, in a unit of the platform's own: fit for comparing, not for telling the time.
    ///
    /// Linux: clock ticks since boot. macOS: microseconds since 1970.
    package let startTime: UInt64
    /// Whether it has ended and only waits for its parent to collect the exit status.
    package let isZombie: Bool

    package init(pid: Int32, parent: Int32, startTime: UInt64, isZombie: Bool) {
        self.pid = pid
        self.parent = parent
        self.startTime = startTime
        self.isZombie = isZombie
    }

    /// Every process that this user can see; those that end meanwhile are left out.
    package static func all() -> [ProcessRecord] {
        allIDs().compactMap(ProcessRecord.init(of:))
    }
}
