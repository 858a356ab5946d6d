import JSON
package import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What v0 left in a folder of state (`STATE_DIR`): only looked at, never changed.
package struct V0State: Sendable {
    package let folder: String

    package init(_ folder: String) { self.folder = folder }

    /// The sidecars of tasks: how many can be read, and the files that cannot.
    package struct Sidecars: Equatable, Sendable {
        package var readable = 0
        package var torn: [String] = []
    }

    /// None where there is no such folder.
    package func sidecars() -> Sidecars {
        var found = Sidecars()
        for name in Self.names(in: "\(folder)/tasks") where name.hasSuffix(".json") {
            let path = "\(folder)/tasks/\(name)"
            if Self.isReadable(path) { found.readable += 1 } else { found.torn.append(path) }
        }
        return found
    }

    /// `serve.sh` of v0 that runs now, by its file `orchestrator.pid`; nil where none does.
    ///
    /// orch's own `serve.sh` puts the same number into a file beside it, which v0's does not.
    package func servingProcess() -> Int32? {
        let file = "\(folder)/orchestrator.pid"
        guard let pid = Self.number(in: file), pid != Self.number(in: "\(file).orch"),
            kill(pid, 0) == 0 || errno == EPERM
        else { return nil }
        return pid
    }

    private static func number(in file: String) -> Int32? {
        guard let bytes = try? WholeFile.readIfPresent(file, limitBytes: 64),
            let pid = Int32(String(decoding: bytes.prefix { $0 > UInt8(ascii: " ") }, as: UTF8.self)), pid > 0
        else { return nil }
        return pid
    }

    /// A rate limit that v0 waits for; nil where none is written down.
    package func backoff(now: Timestamp) -> Timestamp? {
        guard let until = BackoffFile.read("\(folder)/gh_backoff")?.until, until > now else { return nil }
        return until
    }

    /// As `SidecarFiles` takes it: an empty one is being written.
    private static func isReadable(_ path: String) -> Bool {
        guard let bytes = try? WholeFile.read(path, limitBytes: SidecarFiles.limitBytes) else { return false }
        if bytes.allSatisfy({ $0 <= UInt8(ascii: " ") }) { return true }
        return (try? JSONValue(parsing: bytes))?.object != nil
    }

    /// No folder, no names.
    static func names(in folder: String) -> [String] { (try? Directory.names(in: folder)) ?? [] }
}

/// v0's locks of tasks, `LOCK_PATH.task.ID`.
package struct V0Locks: Sendable {
    private let path: String

    package init(_ path: String) { self.path = path }

    /// The ids of the tasks that somebody works on now, and of those whose lock was left behind.
    package func tasks() -> (held: [String], stale: [String]) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        let prefix = "\(parts.last ?? "").task."
        let locks = LockDirectories(lockPath: { _ in path })
        let ids = V0State.names(in: folder.isEmpty ? "/" : folder)
            .filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        let held = ids.filter { id in
            locks.holder(of: TaskKey(project: Project.ID(rawValue: ""), backend: .github, id: id)) != nil
        }
        return (held, ids.filter { !held.contains($0) })
    }
}
