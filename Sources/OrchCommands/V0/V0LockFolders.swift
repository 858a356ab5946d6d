import OrchAdapters
import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Folders that are locks, wherever they are.
enum V0LockFolders {
    static let functions: [String: V0Command.Function] = [
        "lock_mtime": { call in
            call.say("\(FileStatus.ifPresent(call[0])?.modifiedSeconds ?? 0)")
            return 0
        },
        "lock_is_stale": { isStale($0[0], $0) ? 0 : 1 },
        "lock_has_live_pid": { hasLiveOwner($0[0]) ? 0 : 1 },
        "clear_stale_lock": { call in
            guard isStale(call[0], call), !hasLiveOwner(call[0]) else { return 1 }
            return remove(call[0]) ? 0 : 1
        },
        "acquire_task_lock": { try acquire($0[0], owner: $0[1], $0) ? 0 : 1 },
        "release_task_lock": { call in
            let owner = owner(of: call[0])
            if FileStatus.ifPresent(call[0]) == nil { return 0 }
            if !call[1].isEmpty, let owner, "\(owner)" != call[1] { return 1 }
            return remove(call[0]) ? 0 : 1
        },
        "unlock": { call in
            try unlock(call)
            return 0
        },
        "is_bare_repo": { call in
            let directory = call[0].isEmpty ? call.projectDirectory : call[0]
            return GitPlace(around: directory)?.isBare == true ? 0 : 1
        },
    ]

    private static func isStale(_ path: String, _ call: V0Call) -> Bool {
        let limit = call.variable("LOCK_STALE_SECONDS").flatMap { Int($0) } ?? 600
        guard let modified = FileStatus.ifPresent(path)?.modifiedSeconds else { return false }
        return Live.now().seconds - Int(modified) >= limit
    }

    private static func owner(of path: String) -> Int32? {
        // Unreadable or absent: nobody's.
        guard let bytes = try? WholeFile.read("\(path)/pid", limitBytes: 64) else { return nil }
        return Int32(String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).first ?? "")
    }

    /// A process of another user is alive too.
    private static func hasLiveOwner(_ path: String) -> Bool {
        owner(of: path).map { $0 > 0 && (kill($0, 0) == 0 || errno == EPERM) } ?? false
    }

    /// Not recursive: whatever else is in there was not put there by a lock.
    static func remove(_ path: String) -> Bool {
        _ = unlink("\(path)/pid")
        return rmdir(path) == 0
    }

    /// As orch's own are taken where it is a task's; another's by its making, which is the act that counts.
    static func acquire(_ path: String, owner: String, _ call: V0Call) throws -> Bool {
        guard let owner = Int32(owner), owner > 0 else { return false }
        if let mark = path.ranges(of: ".task.").last {
            let base = String(path[..<mark.lowerBound])
            let stale = call.variable("LOCK_STALE_SECONDS").flatMap { Int64($0) } ?? 600
            let locks = LockDirectories(lockPath: { _ in base }, staleSeconds: stale)
            return try locks.take(call.key(String(path[mark.upperBound...])), owner: owner)
        }
        if mkdir(path, 0o755) != 0 {
            guard !hasLiveOwner(path), isStale(path, call), remove(path), mkdir(path, 0o755) == 0 else {
                return false
            }
        }
        try AtomicFile.write(Array("\(owner)\n".utf8), to: "\(path)/pid", durability: .none)
        return true
    }

    /// `unlock.sh`: every lock of a task, and that of v0's loop.
    private static func unlock(_ call: V0Call) throws {
        let base = call.home.locks
        let folder = base.lastIndex(of: "/").map { String(base[..<$0]) } ?? "."
        let prefix = base.split(separator: "/").last.map { "\($0).task." } ?? ".task."
        for name in (try? Directory.names(in: folder)) ?? [] where name.hasPrefix(prefix) {
            try Directory.remove("\(folder)/\(name)")
        }
        if FileStatus.ifPresent(base) != nil { try Directory.remove(base) }
        call.say("Removed task locks.")
    }
}
