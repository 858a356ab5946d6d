import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One listener a home: two would answer each chat message twice. Held by a living process, and gone with it,
/// however it dies (flock(2)).
struct ListenerLock: ~Copyable {
    private let file: FileDescriptor

    /// - Throws: `.alreadyRunning` where another process holds it.
    init(home: String) throws {
        try Directory.make(home, mode: 0o700)
        let path = "\(home)/listen.lock"
        let file = try FileDescriptor(opening: path, O_RDWR | O_CREAT, mode: 0o600)
        guard flock(file.raw, LOCK_EX | LOCK_NB) == 0 else {
            if errno == EWOULDBLOCK { throw ListenerError.alreadyRunning(home: home) }
            throw SystemError("flock", on: path)
        }
        self.file = file
    }
}
