import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One HTTP request to a server of ours on a unix socket, by this process: starting a program for each takes
/// ten times as long.
struct UnixRequest {
    let method: String
    let path: String
    let body: [UInt8]

    /// The largest answer of a stand-in that a test reads.
    private static let limitBytes = 64 << 20
    /// How long it may be silent; no answer takes a second.
    private static let patienceSeconds = 60

    /// - Returns: the status and the body. Throws `SystemError` where nobody listens or answers.
    func send(to socketPath: String) throws(SystemError) -> (status: Int, body: [UInt8]) {
        let socket = FileDescriptor(owning: Self.open())
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(socket.raw, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(socketPath.utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemError("connect", on: socketPath, code: ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let connected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket.raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else { throw SystemError("connect", on: socketPath, code: errno) }
        let head =
            "\(method) \(path) HTTP/1.1\r\nHost: api.github.com\r\nAuthorization: token fake\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        try Self.write(Array(head.utf8) + body, to: socket.raw, socketPath)
        return try Self.parse(socket.readToEnd(limit: Self.limitBytes, subject: socketPath), from: socketPath)
    }

    /// Without the signal that a write to a server that has gone would raise.
    private static func write(
        _ bytes: [UInt8], to socket: Int32, _ socketPath: String
    ) throws(SystemError) {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemSend(socket, $0.baseAddress, $0.count, flags) }
            guard count >= 0 else { throw SystemError("send", on: socketPath, code: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Where the status stands in the first line.
    private static let statusOffset = "HTTP/1.1 ".utf8.count

    private static func parse(
        _ answer: [UInt8], from socketPath: String
    ) throws(SystemError) -> (status: Int, body: [UInt8]) {
        let blank = Array("\r\n\r\n".utf8)
        guard let end = answer.firstRange(of: blank),
            let status = Int(String(decoding: answer.dropFirst(statusOffset).prefix(3), as: UTF8.self))
        else { throw SystemError("recv", on: socketPath, code: EPROTO) }
        return (status, Array(answer[end.upperBound...]))
    }

    /// A descriptor that no program inherits; below zero without room for one.
    private static func open() -> Int32 {
        #if canImport(Darwin)
            let raw = Darwin.socket(AF_UNIX, SOCK_STREAM, 0)
            _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
            return raw
        #else
            return Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        #endif
    }
}

private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int
{
    send(descriptor, bytes, count, flags)
}
