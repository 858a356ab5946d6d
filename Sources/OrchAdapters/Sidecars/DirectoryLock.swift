import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// flock(2) on a folder: at most one process or thread holds it at a time, it leaves no file behind, and
/// the kernel gives it back when its holder ends, however it ends.
struct DirectoryLock: ~Copyable {
    private let folder: FileDescriptor

    /// Locks the folder that a file is in, which is made where it is missing. The file itself is replaced by
    /// another, and a lock on it would be one on the old.
    ///
    /// - Throws: `EWOULDBLOCK` where another held it all the time.
    init(folderOf file: String, patience: Duration) throws(SystemError) {
        // A bare name is relative to where we are.
        let path = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "."
        try Directory.make(path)
        let opened = try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
        try Self.lock(opened, path, patience)
        folder = opened
    }

    private static func lock(
        _ folder: borrowing FileDescriptor, _ path: String, _ patience: Duration
    ) throws(SystemError) {
        var wait = GrowingPause(patience: patience)
        while flock(folder.raw, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            guard code == EWOULDBLOCK || code == EINTR, wait.pause() else {
                throw SystemError("flock", on: path, code: code)
            }
        }
    }

    /// Closing the descriptor would do; this says where the lock ends.
    consuming func release() {}
}
