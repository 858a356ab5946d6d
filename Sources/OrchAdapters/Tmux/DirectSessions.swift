package import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Sessions without tmux (`use_tmux: false`, or none installed): a detached process each, in a session of
/// the kernel's own, with its output in `NAME.log` and its identity in `NAME.pid` of one folder.
///
/// Nobody can type into such a session, and where a unit's end takes its control group, it takes these too:
/// such a unit needs `KillMode=process`.
package struct DirectSessions: Sessions {
    /// How long a session's processes may go on after SIGTERM.
    private static let grace = Duration.seconds(3)
    /// How much of a log's end is looked at: a screen of long lines.
    private static let tailBytes = 1 << 20
    /// Far more than one identity takes.
    private static let identityLimitBytes = 1024

    private let directory: String

    /// - Parameter directory: made when needed; files of earlier sessions stay readable in it.
    package init(directory: String) { self.directory = directory }

    package var isAvailable: Bool { true }

    package func live() throws(SessionError) -> [String] {
        guard FileStatus.ifPresent(directory) != nil else { return [] }
        let suffix = ".pid"
        let files = try reported { () throws(SystemError) in try Directory.names(in: directory) }
        return files.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
            .filter { leader(of: $0) != nil }
    }

    package func start(_ name: String, command: SessionCommand) throws(SessionError) {
        guard SessionName.isValid(name) else {
            throw .failed(command: "start", detail: "“\(name)” cannot be a session's name")
        }
        try end(name)
        try reported { () throws(SystemError) in
            try Directory.make(directory, mode: 0o700)
            try Directory.remove(log(of: name))
        }
        let pid = try spawn(command, output: log(of: name))
        // Gone already: it has done what it had to, and its log says what.
        guard let identity = ProcessIdentity(of: pid) else { return }
        try reported { () throws(SystemError) in
            try AtomicFile.write(
                Array("\(identity)\n".utf8), to: record(of: name), mode: 0o600, durability: .none)
        }
    }

    private func spawn(_ command: SessionCommand, output: String) throws(SessionError) -> Int32 {
        let program = Command(command.program, arguments: command.arguments).with {
            $0.environment = .init(command.environment)
            $0.workingDirectory = command.directory
        }
        do throws(SubprocessError) {
            return try Child.detached(program, output: .file(output))
        } catch {
            if case .programMissing(let name, _) = error { throw .programMissing(name) }
            throw .failed(command: command.program, detail: error.problem)
        }
    }

    package func capture(_ name: String, lines: Int) throws(SessionError) -> String {
        guard SessionName.isValid(name), lines > 0 else { return "" }
        // No log: no such session, and nothing to show.
        guard let bytes = try? LogTail.read(log(of: name), limitBytes: Self.tailBytes) else { return "" }
        return PaneText.tail(of: String(decoding: bytes, as: UTF8.self), lines: lines)
    }

    package func end(_ name: String) throws(SessionError) {
        guard SessionName.isValid(name) else { return }
        if let leader = leader(of: name) { ProcessGroupEnd.end(leader, grace: Self.grace) }
        guard leader(of: name) == nil else {
            throw .failed(command: "kill", detail: "the processes of “\(name)” do not end")
        }
        try reported { () throws(SystemError) in try Directory.remove(record(of: name)) }
    }

    package func attachCommand(_ name: String) -> [String] { ["tail", "-n", "200", "-f", log(of: name)] }

    // MARK: - Files

    private func log(of name: String) -> String { "\(directory)/\(name).log" }
    private func record(of name: String) -> String { "\(directory)/\(name).pid" }

    /// The session's first process if it still runs; its number alone would prove nothing.
    private func leader(of name: String) -> ProcessIdentity? {
        // No record, or none of ours: no session of that name.
        guard let bytes = try? WholeFile.read(record(of: name), limitBytes: Self.identityLimitBytes) else {
            return nil
        }
        let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        guard let identity = ProcessIdentity(line), identity.isAlive else { return nil }
        return identity
    }

    private func reported<Value>(_ act: () throws(SystemError) -> Value) throws(SessionError) -> Value {
        do throws(SystemError) {
            return try act()
        } catch {
            throw .failed(command: error.call, detail: error.problem)
        }
    }
}
