import OrchCore
import Platform
package import YAML

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension JobsFile {
    /// Somebody else writes now and then, not all the time.
    private static let tries = 20
    /// An edit takes milliseconds; whoever waits longer than this waits for a stopped process.
    private static let patience = Duration.seconds(10)

    /// Changes the entry of this name. Nothing happens where it is gone.
    func change(_ id: String, _ changes: [JobChange]) throws(ConfigError) {
        try edit { editor throws(YAMLError) in
            guard let entry = Self.path(to: id, in: editor.root) else { return }
            for change in changes {
                let (key, value) = Self.field(change)
                // A job that never had the key does not get it to say nothing.
                if value.isNull, editor.root.at(entry + [.key(key)]) == nil { continue }
                try editor.set(entry + [.key(key)], to: value)
            }
        }
    }

    private static func field(_ change: JobChange) -> (String, Node) {
        switch change {
        // The word, as v0 writes it: its users read it by jq's `// empty`, to which a plain false is nothing.
        case .enabled(let isEnabled): ("enabled", isEnabled ? Node(.bool(true)) : .string("false"))
        case .lastRun(let moment): ("last_run", .string(moment.iso8601))
        case .lastStatus(let status): ("last_task_status", .string(status))
        case .activeTask(let task): ("active_task_id", task.map { .string($0) } ?? .null)
        }
    }

    /// Adds an entry at the end of the list, which is made where there is none.
    func append(_ entry: Node) throws(ConfigError) {
        try edit { editor throws(YAMLError) in
            try editor.append(entry, to: Self.list(in: editor.root))
        }
    }

    /// - Returns: false where there is no such entry.
    func remove(_ id: String) throws(ConfigError) -> Bool {
        var wasThere = false
        try edit { editor throws(YAMLError) in
            let entry = Self.path(to: id, in: editor.root)
            wasThere = entry != nil
            if let entry { try editor.delete(entry) }
        }
        return wasThere
    }

    /// Where the list is: v0's own tests begin with a bare one.
    package static func list(in root: Node) -> [PathStep] { root.sequence == nil ? ["jobs"] : [] }

    private static func path(to id: String, in root: Node) -> [PathStep]? {
        let list = list(in: root)
        let position = root.at(list)?.sequence?.firstIndex { $0["id"]?.text == id }
        return position.map { list + [.index($0)] }
    }

    /// 1. Read. 2. Edit. 3. Write the new text beside the file. 4. If the file is still what was read,
    ///    rename; else again.
    ///
    /// So what a person or v0 saves meanwhile is not overwritten by an edit of what was there before: between
    /// the last look and the rename are microseconds. Edits of orch's own wait for each other.
    package func edit(_ change: (inout YAMLEditor) throws(YAMLError) -> Void) throws(ConfigError) {
        let target = GitDirectory.canonical(path)
        let lock = try lock(target)
        for _ in 1...Self.tries {
            let old = try bytes(of: target)
            let new = try edited(old ?? [], change)
            if new == old ?? [] { return lock.release() }
            if try replace(target, by: new, ifStill: old) { return lock.release() }
        }
        throw ConfigError([
            ConfigProblem(
                .error, at: .file(path, nil), problem: "it changes faster than it can be written",
                fix: "nothing to do: the next tick tries again")
        ])
    }

    private func lock(_ target: String) throws(ConfigError) -> DirectoryLock {
        do throws(SystemError) {
            return try DirectoryLock(folderOf: target, patience: Self.patience)
        } catch {
            throw ConfigError(error, on: path)
        }
    }

    private func bytes(of target: String) throws(ConfigError) -> [UInt8]? {
        do throws(SystemError) {
            return try WholeFile.readIfPresent(target, limitBytes: Self.limitBytes)
        } catch {
            throw ConfigError(error, on: path)
        }
    }

    private func edited(
        _ bytes: [UInt8], _ change: (inout YAMLEditor) throws(YAMLError) -> Void
    ) throws(ConfigError) -> [UInt8] {
        do throws(YAMLError) {
            var editor = try YAMLEditor(bytes: bytes)
            try change(&editor)
            return Array(editor.text.utf8)
        } catch {
            throw ConfigError(error, in: path)
        }
    }

    private func replace(
        _ target: String, by new: [UInt8], ifStill old: [UInt8]?
    ) throws(ConfigError) -> Bool {
        let beside = "\(target).orch-\(getpid())"
        do throws(SystemError) {
            let status = FileStatus.ifPresent(target)
            try AtomicFile.write(
                new, to: beside, mode: status?.permissions ?? 0o644, owner: status, durability: .contents)
            if try WholeFile.readIfPresent(target, limitBytes: Self.limitBytes) != old {
                unlink(beside)
                return false
            }
            guard rename(beside, target) == 0 else { throw SystemError("rename", on: target) }
            return true
        } catch {
            unlink(beside)
            throw ConfigError(error, on: path)
        }
    }
}
