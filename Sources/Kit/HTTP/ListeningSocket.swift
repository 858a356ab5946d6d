package import Platform

#if canImport(Glibc)
    import CSystem
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A socket that connections come in by.
package struct ListeningSocket: ~Copyable {
    package let address: HTTPAddress
    let descriptor: FileDescriptor
    /// The path to take away at the end, and the file that it was when it was made; nil for what is not ours.
    private let ownPath: (path: String, inode: UInt64)?

    /// What the system keeps of connections that wait to be accepted, as during a restart.
    private static let backlog: Int32 = 512

    /// Makes a socket and listens.
    ///
    /// A unix socket's file gets mode 0600; one that a program which is gone has left behind is replaced.
    /// - Throws: `EADDRINUSE` where another program listens there.
    package init(_ address: HTTPAddress) throws(SystemError) {
        switch address {
        case .tcp(let host, let port): try self.init(host: host, port: port)
        case .unix(let path): try self.init(path: path)
        }
    }

    /// Takes over a socket that listens already, as a service manager hands it down.
    ///
    /// - Throws: `ENOTSOCK` and the like for what is no such socket.
    package init(inherited descriptor: consuming FileDescriptor) throws(SystemError) {
        let raw = descriptor.raw
        var bound = SocketAddress()
        guard bound.fill({ getsockname(raw, $0, $1) }) == 0 else {
            throw SystemError("getsockname", on: "descriptor \(raw)", code: errno)
        }
        var accepts: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(raw, SOL_SOCKET, SO_ACCEPTCONN, &accepts, &size) == 0, accepts != 0 else {
            throw SystemError("accept", on: "descriptor \(raw)", code: EINVAL)
        }
        try descriptor.setNonBlocking()
        if let (host, port) = bound.numeric {
            address = .tcp(host: host, port: port)
        } else {
            address = .unix(path: bound.path)
        }
        ownPath = nil
        self.descriptor = descriptor
    }

    private init(host: String, port: UInt16) throws(SystemError) {
        let subject = HTTPAddress.tcp(host: host, port: port).description
        guard let wanted = SocketAddress(host: host, port: port) else {
            throw SystemError("bind", on: subject, code: EINVAL)
        }
        let socket = try Self.socket(wanted.family)
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        // A port whose last connections are still being wound up is free all the same.
        setsockopt(socket.raw, SOL_SOCKET, SO_REUSEADDR, &on, size)
        if wanted.family == AF_INET6 { setsockopt(socket.raw, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &on, size) }
        try Self.bindAndListen(socket, wanted, subject: subject)
        var bound = SocketAddress()
        let chosen = bound.fill { getsockname(socket.raw, $0, $1) } == 0 ? bound.numeric?.port : nil
        address = .tcp(host: host, port: chosen ?? port)
        ownPath = nil
        descriptor = socket
    }

    private init(path: String) throws(SystemError) {
        guard let wanted = SocketAddress(path: path) else {
            throw SystemError("bind", on: path, code: ENAMETOOLONG)
        }
        let socket = try Self.socket(AF_UNIX)
        try Self.clearWay(wanted, path: path)
        // The mask belongs to the process: this is for its start, while it has no other thread.
        let mask = umask(0o177)
        defer { umask(mask) }
        try Self.bindAndListen(socket, wanted, subject: path)
        address = .unix(path: path)
        ownPath = Self.inode(path).map { (path, $0) }
        descriptor = socket
    }

    deinit {
        // Another program may have put its own in its place.
        if let ownPath, Self.inode(ownPath.path) == ownPath.inode { unlink(ownPath.path) }
    }

    // MARK: - Help

    private static func socket(_ family: Int32) throws(SystemError) -> FileDescriptor {
        let raw = makeSocket(family)
        guard raw >= 0 else { throw SystemError("socket", code: errno) }
        let owned = try FileDescriptor(owning: raw).aboveStandard()
        _ = fcntl(owned.raw, F_SETFD, FD_CLOEXEC)
        try owned.setNonBlocking()
        return owned
    }

    private static func makeSocket(_ family: Int32) -> Int32 {
        #if canImport(Darwin)
            Darwin.socket(family, SOCK_STREAM, 0)
        #else
            Glibc.socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        #endif
    }

    private static func bindAndListen(
        _ socket: borrowing FileDescriptor, _ address: SocketAddress, subject: String
    ) throws(SystemError) {
        let raw = socket.raw
        guard address.withPointer({ bind(raw, $0, $1) }) == 0 else {
            throw SystemError("bind", on: subject, code: errno)
        }
        guard listen(raw, backlog) == 0 else { throw SystemError("listen", on: subject, code: errno) }
    }

    /// Removes a socket at which nobody listens any more; anything else stays.
    private static func clearWay(_ address: SocketAddress, path: String) throws(SystemError) {
        guard let kind = FileStatus.ifPresent(path, followingLinks: false)?.kind else { return }
        // bind(2) would say that the address is in use, and one would look for a program that is not there.
        guard kind == .other else { throw SystemError("bind", on: path, code: ENOTSOCK) }
        let probe = try socket(AF_UNIX)
        let raw = probe.raw
        if address.withPointer({ connect(raw, $0, $1) }) != 0, errno == ECONNREFUSED { unlink(path) }
    }

    private static func inode(_ path: String) -> UInt64? {
        var raw = stat()
        return lstat(path, &raw) == 0 ? UInt64(raw.st_ino) : nil
    }
}

extension ListeningSocket {
    enum Arrival: ~Copyable {
        case connection(FileDescriptor, HTTPRequestHead.Transport)
        /// None waits.
        case nobody
        /// The process or the system is out of descriptors or memory: to be tried again in a while.
        case exhausted
    }

    /// Takes the next connection, which does not wait for reads and writes, and ends with this program.
    borrowing func accept() -> Arrival {
        while true {
            var peer = SocketAddress()
            let listener = descriptor.raw
            let raw = peer.fill { Self.systemAccept(listener, $0, $1) }
            if raw < 0 {
                switch errno {
                // The client was gone before its turn came: the next one.
                case EINTR, ECONNABORTED, EPROTO: continue
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
                default: return .nobody
                }
            }
            let connection = FileDescriptor(owning: raw)
            Self.prepare(raw)
            let transport = peer.numeric.map { HTTPRequestHead.Transport.tcp(peer: $0.host) } ?? .unix
            return .connection(connection, transport)
        }
    }

    private static func systemAccept(
        _ listener: Int32, _ address: UnsafeMutablePointer<sockaddr>,
        _ length: UnsafeMutablePointer<socklen_t>
    ) -> Int32 {
        #if canImport(Darwin)
            let raw = Darwin.accept(listener, address, length)
            if raw >= 0 {
                _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
                _ = fcntl(raw, F_SETFL, O_NONBLOCK)
            }
            return raw
        #else
            return accept4(listener, address, length, Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue))
        #endif
    }

    private static func prepare(_ raw: Int32) {
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        // An answer is one write, and not to be kept back for more. Refused for a unix socket, which has none
        // of this.
        setsockopt(raw, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size)
        #if canImport(Darwin)
            setsockopt(raw, SOL_SOCKET, SO_NOSIGPIPE, &on, size)
        #endif
    }
}
