#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One process, told apart from every other that ever had or will have its number.
///
/// A number alone is reused, and an age alone says nothing after the clock was set: an owner that is gone is
/// recognised by boot and start time.
package struct ProcessIdentity: Hashable, Sendable {
    package let bootID: String
    package let pid: Int32
    /// See `ProcessRecord.startTime`.
    package let startTime: UInt64

    package init(bootID: String, pid: Int32, startTime: UInt64) {
        self.bootID = bootID
        self.pid = pid
        self.startTime = startTime
    }

    /// The process that has this number now; nil when there is none, or it has ended and is a zombie.
    package init?(of pid: Int32) {
        guard pid > 0, let record = ProcessRecord(of: pid), !record.isZombie, let bootID = Boot.id() else {
            return nil
        }
        self.init(bootID: bootID, pid: pid, startTime: record.startTime)
    }

    /// This process; nil when the system does not show it, as without `/proc`.
    package static func current() -> ProcessIdentity? {
        ProcessIdentity(of: getpid())
    }

    /// Whether it still runs. A zombie counts as gone.
    package var isAlive: Bool { ProcessIdentity(of: pid) == self }
}

/// Written as `pid:start:boot`, which holds no blank, so that it fits into a lock file or a database column.
extension ProcessIdentity: LosslessStringConvertible {
    package var description: String { "\(pid):\(startTime):\(bootID)" }

    package init?(_ description: String) {
        let parts = description.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[2].isEmpty, let pid = Int32(parts[0]), pid > 0,
            let startTime = UInt64(parts[1])
        else { return nil }
        self.init(bootID: String(parts[2]), pid: pid, startTime: startTime)
    }
}
