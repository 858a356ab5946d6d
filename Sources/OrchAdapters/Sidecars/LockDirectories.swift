package import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// v0's locks: the folder `LOCK_PATH.task.ID`, whose making is the act that counts, with the holder's
/// number in `pid`.
///
/// v0 takes a stale lock over in three steps that two processes can both go through; among orch's own
/// processes that is prevented by a kernel lock on the folder that holds the locks, so exactly one wins.
/// Against a v0 script that takes over the very same lock in the same instant mkdir(2) decides, as it
/// always did.
package struct LockDirectories: Claims {
    /// As long as any process of ours needs for a handful of file operations, and much more.
    private static let patience = Duration.seconds(2)
    /// A number and a newline.
    private static let pidLimitBytes = 64

    private let lockPath: (TaskKey) -> String
    private let staleSeconds: Int64
    private let now: () -> Int64

    /// - Parameters:
    ///   - lockPath: `LOCK_PATH`.
    ///   - staleSeconds: `LOCK_STALE_SECONDS`: how old a lock without a readable pid is when it counts as
    ///     left behind.
    ///   - now: Unix seconds.
    package init(
        lockPath: @escaping (TaskKey) -> String, staleSeconds: Int64 = 600,
        now: @escaping () -> Int64 = { WallClock.unixSeconds() }
    ) {
        self.lockPath = lockPath
        self.staleSeconds = staleSeconds
        self.now = now
    }

    /// True also where `owner` holds the lock already.
    package func take(_ key: TaskKey, owner: Int32) throws(ClaimError) -> Bool {
        try alone(with: key) { path throws(SystemError) in
            if mkdir(path, 0o755) == 0 { return try sign(path, owner) }
            guard errno == EEXIST else { throw SystemError("mkdir", on: path, code: errno) }
            switch state(of: path) {
            case .held(let pid): return pid == owner
            case .unsigned: return false
            case .free, .stale: break
            }
            try remove(path)
            if mkdir(path, 0o755) == 0 { return try sign(path, owner) }
            // A v0 script was faster.
            guard errno == EEXIST else { throw SystemError("mkdir", on: path, code: errno) }
            return false
        }
    }

    package func release(_ key: TaskKey, owner: Int32) throws(ClaimError) {
        _ = try alone(with: key) { path throws(SystemError) in
            guard Self.pid(in: path) == owner else { return false }
            try remove(path)
            return true
        }
    }

    /// Puts another process's number in place of `owner`'s: the lock is held as long as that one lives.
    ///
    /// Nothing happens where it is not held by `owner`.
    package func handOver(_ key: TaskKey, from owner: Int32, to successor: Int32) throws(ClaimError) {
        _ = try alone(with: key) { path throws(SystemError) in
            guard Self.pid(in: path) == owner else { return false }
            let file = try FileDescriptor(opening: "\(path)/pid", O_WRONLY | O_TRUNC)
            try file.writeAll(Array("\(successor)\n".utf8), subject: "\(path)/pid")
            return true
        }
    }

    package func holder(of key: TaskKey) -> ClaimHolder? {
        guard let path = path(of: key) else { return nil }
        return switch state(of: path) {
        case .held(let pid): .process(pid)
        case .unsigned: .unsigned
        case .free, .stale: nil
        }
    }

    // MARK: - One lock

    private enum State {
        case free
        case held(Int32)
        /// Just made, its maker has not written its number yet.
        case unsigned
        case stale
    }

    private func state(of path: String) -> State {
        guard let folder = FileStatus.ifPresent(path, followingLinks: false) else { return .free }
        if let pid = Self.pid(in: path) { return Self.isAlive(pid) ? .held(pid) : .stale }
        return now() - folder.modifiedSeconds >= staleSeconds ? .stale : .unsigned
    }

    private static func pid(in path: String) -> Int32? {
        // Absent, unreadable or no number: then only the lock's age counts.
        guard let bytes = try? WholeFile.read("\(path)/pid", limitBytes: pidLimitBytes) else { return nil }
        let word = bytes.split { $0 <= UInt8(ascii: " ") }.first ?? []
        return Int32(String(decoding: word, as: UTF8.self)).flatMap { $0 > 0 ? $0 : nil }
    }

    /// A process of another user is alive too; one that waits to be reaped is not.
    private static func isAlive(_ pid: Int32) -> Bool {
        if kill(pid, 0) != 0 && errno == ESRCH { return false }
        return ProcessRecord(of: pid)?.isZombie != true
    }

    private func sign(_ path: String, _ owner: Int32) throws(SystemError) -> Bool {
        do throws(SystemError) {
            // Not by way of a temporary file: one that a crash leaves in there would keep v0's rmdir from
            // ever working. A reader that sees it empty takes the lock for just made, which it is.
            let file = try FileDescriptor(opening: "\(path)/pid", O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
            try file.writeAll(Array("\(owner)\n".utf8), subject: "\(path)/pid")
            return true
        } catch {
            // Unsigned it would be in everybody's way for ten minutes.
            _ = unlink("\(path)/pid")
            _ = rmdir(path)
            throw error
        }
    }

    /// Not recursive: whatever else is in there was not put there by a lock, and stays.
    private func remove(_ path: String) throws(SystemError) {
        guard unlink("\(path)/pid") == 0 || errno == ENOENT else {
            throw SystemError("unlink", on: "\(path)/pid", code: errno)
        }
        guard rmdir(path) == 0 || errno == ENOENT else { throw SystemError("rmdir", on: path, code: errno) }
    }

    // MARK: - Its place

    private func path(of key: TaskKey) -> String? {
        FileNaming.isPlain(key.id) ? "\(lockPath(key)).task.\(key.id)" : nil
    }

    private func alone(
        with key: TaskKey, _ act: (String) throws(SystemError) -> Bool
    ) throws(ClaimError) -> Bool {
        guard let path = path(of: key) else {
            throw ClaimError(path: lockPath(key), detail: "“\(key.id)” cannot be a file's name")
        }
        do throws(SystemError) {
            let lock = try DirectoryLock(folderOf: path, patience: Self.patience)
            let result = try act(path)
            lock.release()
            return result
        } catch {
            throw ClaimError(path: path, detail: error.problem)
        }
    }
}
