import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The socket of a tmux server, found as tmux finds it: `-L NAME` in `tmux-UID` of `TMUX_TMPDIR` or `/tmp`
/// (tmux(1)).
struct TmuxSocket: Equatable {
    let folder: String
    let path: String

    init(name: String, temporaryDirectory: String?) {
        let given = temporaryDirectory.flatMap { FileStatus.ifPresent($0)?.kind == .directory ? $0 : nil }
        folder = "\(given ?? "/tmp")/tmux-\(getuid())"
        path = "\(folder)/\(name)"
    }

    /// Whether a server answers there; costs no process. A file that a server has left behind refuses.
    var isAnswering: Bool {
        guard FileStatus.ifPresent(path) != nil, var address = Self.address(path) else { return false }
        let descriptor = socket(AF_UNIX, Self.stream, 0)
        guard descriptor >= 0 else { return false }
        let connection = FileDescriptor(owning: descriptor)
        // A server that is stopped takes no connection once its queue is full: it is there all the same.
        guard (try? connection.setNonBlocking()) != nil else { return false }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection.raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 || errno == EAGAIN
            }
        }
    }

    /// nil where the path is longer than a socket's address can be; tmux refuses such a path too.
    static func address(_ path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return address
    }

    #if canImport(Darwin)
        static let stream = SOCK_STREAM
    #else
        static let stream = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    #endif
}
