#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a service manager hands down to a program, and hears of it: systemd's conventions, which are plain
/// enough for others to follow.
package enum Supervisor {
    /// The first descriptor that is handed down, sd_listen_fds(3).
    private static let firstDescriptor: Int32 = 3
    /// More are no sockets of ours.
    private static let descriptorLimit: Int32 = 64

    /// The variables that are meant for this process alone, and must not reach the programs that it starts.
    package static let variables = [
        "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC",
    ]

    /// The sockets that were opened for this process before it was started, in their order; to be taken once.
    ///
    /// - Returns: none where the variables are not there or are another process's.
    package static func takeSockets(_ environment: [String: String]) -> [FileDescriptorNumber] {
        guard environment["LISTEN_PID"].flatMap({ Int32($0) }) == getpid(),
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), count > 0
        else { return [] }
        return (firstDescriptor..<firstDescriptor + min(count, descriptorLimit)).map { number in
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            return FileDescriptorNumber(raw: number)
        }
    }

    /// A descriptor that nobody owns yet; an owner cannot be kept in an array.
    package struct FileDescriptorNumber: Sendable {
        let raw: Int32
        package func take() -> FileDescriptor { FileDescriptor(owning: raw) }
    }

    /// Tells the manager a state, such as `READY=1` or `STOPPING=1`: sd_notify(3).
    ///
    /// - Returns: false where no manager listens, which is nothing to worry about.
    @discardableResult
    package static func notify(_ state: String, _ environment: [String: String]) -> Bool {
        guard let path = environment["NOTIFY_SOCKET"], !path.isEmpty else { return false }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(path.utf8)
        // A name in Linux's abstract space begins with a NUL, which is written as `@`.
        if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < room else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size - room + bytes.count)
        let raw = datagramSocket()
        guard raw >= 0 else { return false }
        let socket = FileDescriptor(owning: raw)
        let sent = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                Array(state.utf8).withUnsafeBytes {
                    sendto(socket.raw, $0.baseAddress, $0.count, 0, pointer, length)
                }
            }
        }
        return sent >= 0
    }

    private static func datagramSocket() -> Int32 {
        #if canImport(Darwin)
            socket(AF_UNIX, SOCK_DGRAM, 0)
        #else
            socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        #endif
    }

    /// How often the manager wants to hear `WATCHDOG=1`; nil: never (sd_watchdog_enabled(3)).
    package static func watchdogPeriod(_ environment: [String: String]) -> Duration? {
        let isForUs = environment["WATCHDOG_PID"].map { Int32($0) == getpid() } ?? true
        guard isForUs, let text = environment["WATCHDOG_USEC"], let microseconds = Int64(text),
            microseconds > 0
        else { return nil }
        return .microseconds(microseconds)
    }
}
