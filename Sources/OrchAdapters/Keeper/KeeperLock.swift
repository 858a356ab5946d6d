import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The lock of a leg's keeper: held by a living process, and gone with it, however it dies (flock(2)).
struct KeeperLock: ~Copyable {
    private let file: FileDescriptor

    /// Takes the lock.
    /// - Returns: nil where another process holds it.
    init?(_ path: String) throws(SystemError) {
        let file = try FileDescriptor(opening: path, O_RDWR | O_CREAT | O_CLOEXEC, mode: 0o600)
        guard flock(file.raw, LOCK_EX | LOCK_NB) == 0 else {
            if errno == EWOULDBLOCK { return nil }
            throw SystemError("flock", on: path)
        }
        self.file = file
    }

    /// Whether some process holds it now.
    static func isHeld(_ path: String) -> Bool {
        guard FileStatus.ifPresent(path) != nil else { return false }
        do {
            // Taking it for an instant cannot keep a keeper out for good: `AgentWarden` tries more than once.
            return try KeeperLock(path) == nil
        } catch {
            return false
        }
    }
}
