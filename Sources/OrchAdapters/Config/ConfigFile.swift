import Platform
import YAML

/// A configuration file in which single keys are changed; comments, order and layout of the rest stay.
package struct ConfigFile: Sendable {
    package let path: String

    /// A configuration is a few kilobytes.
    private static let limitBytes = 1 << 20
    /// An edit takes milliseconds; whoever waits longer than this waits for a stopped process.
    private static let patience = Duration.seconds(10)
    /// A new file is its user's alone: `agents.NAME.env` may come to hold secrets.
    private static let newMode: UInt16 = 0o600

    package init(_ path: String) { self.path = path }

    static func bytes(of path: String) throws(ConfigError) -> [UInt8]? {
        do throws(SystemError) {
            return try WholeFile.readIfPresent(path, limitBytes: limitBytes)
        } catch {
            throw ConfigError(error, on: path)
        }
    }

    /// What the file itself has for `key`, whatever else is wrong with it: one text, or a list of them; empty
    /// where it says nothing.
    package func texts(_ key: String) throws(ConfigError) -> [String] {
        let steps = ConfigKeyPath.parts(of: key).map { PathStep.key($0) }
        let bytes = try Self.bytes(of: path) ?? []
        let root: Node
        do throws(YAMLError) { root = try YAMLEditor(bytes: bytes).root } catch {
            throw ConfigError(error, in: path)
        }
        guard let node = root.at(steps), !node.isNull else { return [] }
        return (node.sequence?.compactMap(\.text) ?? [node.text].compactMap { $0 }).filter { !$0.isEmpty }
    }

    /// Sets `key`: one whose value is text to `text` itself, any other as if `text` were written after it:
    /// `4`, `true`, `[a, b]`.
    ///
    /// - Throws: for an unknown key, and for a value that reading would refuse; the file stays as it was.
    package func set(_ key: String, to text: String) throws(ConfigError) {
        let path = try ConfigKeyPath(key)
        let value = try path.value(text)
        try edit { editor throws(YAMLError) in try editor.set(path.steps, to: value) }
    }

    /// Removes `key`, so that the default (or the global file) counts again.
    /// - Returns: false where it was not there.
    @discardableResult
    package func unset(_ key: String) throws(ConfigError) -> Bool {
        let steps = ConfigKeyPath.parts(of: key).map { PathStep.key($0) }
        return try edit { editor throws(YAMLError) in
            guard editor.root.at(steps) != nil else { return false }
            try editor.delete(steps)
            return true
        }
    }

    /// Replaces the file by the edited text, atomically, with its permissions and owner; a missing file
    /// counts as empty.
    ///
    /// Edits of one file wait for each other from reading to writing, so that none is lost. The file behind
    /// a symbolic link is replaced, not the link: dotfiles are often linked. An edit that changes nothing
    /// writes nothing.
    func edit<Outcome>(
        _ change: (inout YAMLEditor) throws(YAMLError) -> Outcome
    ) throws(ConfigError) -> Outcome {
        let target = try target()
        let lock = try lock(target)
        let old = try Self.bytes(of: target) ?? []
        let (outcome, new) = try edited(old, change)
        if new != old { try write(new, to: target) }
        lock.release()
        return outcome
    }

    private func target() throws(ConfigError) -> String {
        let target = GitDirectory.canonical(path)
        guard FileStatus.ifPresent(target, followingLinks: false)?.kind != .symbolicLink else {
            throw ConfigError([
                ConfigProblem(
                    .error, at: .file(path, nil), problem: "the file behind this symbolic link is missing",
                    fix: "make that file, or remove the link")
            ])
        }
        return target
    }

    private func lock(_ target: String) throws(ConfigError) -> DirectoryLock {
        do throws(SystemError) {
            return try DirectoryLock(folderOf: target, patience: Self.patience)
        } catch {
            throw ConfigError(error, on: path)
        }
    }

    private func edited<Outcome>(
        _ bytes: [UInt8], _ change: (inout YAMLEditor) throws(YAMLError) -> Outcome
    ) throws(ConfigError) -> (Outcome, [UInt8]) {
        do throws(YAMLError) {
            var editor = try YAMLEditor(bytes: bytes)
            let outcome = try change(&editor)
            return (outcome, Array(editor.text.utf8))
        } catch {
            throw ConfigError(error, in: path)
        }
    }

    private func write(_ bytes: [UInt8], to target: String) throws(ConfigError) {
        let old = FileStatus.ifPresent(target)
        do throws(SystemError) {
            try AtomicFile.write(bytes, to: target, mode: old?.permissions ?? Self.newMode, owner: old)
        } catch {
            throw ConfigError(error, on: path)
        }
    }
}

extension ConfigError {
    init(_ error: YAMLError, in path: String) {
        let mark = error.mark == .unwritten ? nil : error.mark
        self.init([ConfigProblem(.error, at: .file(path, mark), problem: error.problem, fix: error.fix)])
    }

    init(_ error: SystemError, on path: String) {
        self.init([ConfigProblem(.error, at: .file(path, nil), problem: error.problem, fix: error.fix)])
    }
}
