package import OrchCore
package import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Sessions of a tmux server of orch's own, `tmux -L orch`; tmux 3.2 or newer.
///
/// Whatever a person has in their own server is out of reach, and so is it for what an agent does there.
package struct TmuxSessions: Sessions {
    private let environment: [String: String]
    private let socket: TmuxSocket
    private let commands: TmuxCommands
    private let scope: SystemdScope?
    private let run: (Command) throws(SubprocessError) -> Output

    /// What a tmux client, and so the server it may start and all its sessions, gets to see. `tmux
    /// show-environment` and `/proc` show it to everybody of this user, so it is a list of what is
    /// harmless, not of what is secret.
    private static let passed = VariableNames.harmless.union(["TMUX_TMPDIR"])

    /// - Parameters:
    ///   - socket: the name for `-L`.
    ///   - environment: of orch; only harmless parts are passed on.
    ///   - run: how a command is run; a test may look on.
    package init(
        socket: String = "orch", environment: [String: String],
        run: @escaping (Command) throws(SubprocessError) -> Output = { command throws(SubprocessError) in
            try command.run()
        }
    ) {
        self.environment = environment.filter {
            Self.passed.contains($0.key) || VariableNames.isLocale($0.key)
        }
        let place = environment["TMUX_TMPDIR"]
        self.socket = TmuxSocket(name: socket, temporaryDirectory: place)
        commands = TmuxCommands(
            // Only by name does tmux make the socket's folder.
            address: ["-L", socket],
            // A person's shell need not have the service's TMUX_TMPDIR.
            addressForPeople: place == nil ? ["-L", socket] : ["-S", self.socket.path])
        scope = SystemdScope.available(environment, isRoot: geteuid() == 0)
        self.run = run
    }

    package var isAvailable: Bool {
        ProgramSearch.find("tmux", path: environment["PATH"] ?? "") != nil
    }

    package func live() throws(SessionError) -> [String] {
        guard socket.isAnswering else { return [] }
        let output = try answer(commands.list())
        if output.succeeded { return TmuxCommands.marked(in: output.text) }
        // The last session may have ended in between, and the server with it.
        guard socket.isAnswering else { return [] }
        throw Self.failure("tmux list-sessions", output)
    }

    package func start(_ name: String, command: SessionCommand) throws(SessionError) {
        guard SessionName.isValid(name) else {
            throw .failed(command: "tmux new-session", detail: "“\(name)” cannot be a session's name")
        }
        let start = commands.start(name, command)
        let output = try launch(start)
        if hasStarted(output) { return }
        // Only a session of ours is in the way; it is ended only after it has been seen, by its exact name.
        guard try live().contains(name) else { throw Self.failure("tmux new-session", output) }
        try end(name)
        let second = try launch(start)
        guard hasStarted(second) else { throw Self.failure("tmux new-session", second) }
    }

    /// A server ends with its last session. A client that has just got in touch with one that does ends with
    /// it, and the next one starts a server anew.
    private func launch(_ start: Command) throws(SessionError) -> Output {
        let output = try launchOnce(start)
        return output.succeeded || socket.isAnswering ? output : try launchOnce(start)
    }

    /// The first session starts the server, which has to be in a scope of its own; later ones are its
    /// children.
    private func launchOnce(_ start: Command) throws(SessionError) -> Output {
        guard let scope, !socket.isAnswering else { return try answer(start) }
        let output = try answer(scope.running(start))
        // A manager that is there and refuses (no bus, no delegation): rather a server in the unit, which
        // units with `KillMode=process` let live, than no agent at all.
        return output.succeeded || socket.isAnswering ? output : try answer(start)
    }

    /// tmux ends with status 0 also where it could not make its socket; then it complains and no server is
    /// there. Without a complaint the session was so short that the server is gone already.
    private func hasStarted(_ output: Output) -> Bool {
        output.succeeded && (output.standardError.isEmpty || socket.isAnswering)
    }

    package func capture(_ name: String, lines: Int) throws(SessionError) -> String {
        guard SessionName.isValid(name), lines > 0, socket.isAnswering else { return "" }
        let output = try answer(commands.capture(name, lines: lines))
        if output.succeeded { return PaneText.tail(of: output.text, lines: lines) }
        guard try live().contains(name) else { return "" }
        throw Self.failure("tmux capture-pane", output)
    }

    package func end(_ name: String) throws(SessionError) {
        guard SessionName.isValid(name), socket.isAnswering else { return }
        let output = try answer(commands.end(name))
        if output.succeeded { return }
        guard try live().contains(name) else { return }
        throw Self.failure("tmux kill-session", output)
    }

    package func attachCommand(_ name: String) -> [String] { commands.attach(name) }

    private func answer(_ command: Command) throws(SessionError) -> Output {
        do throws(SubprocessError) {
            return try run(command.with { $0.environment = .init(environment) })
        } catch {
            if case .programMissing(let name, _) = error { throw .programMissing(name) }
            throw .failed(command: command.program, detail: error.problem)
        }
    }

    private static func failure(_ command: String, _ output: Output) -> SessionError {
        let said = output.errorText.split(separator: "\n").joined(separator: "; ")
        return .failed(command: command, detail: said.isEmpty ? "\(output.exit)" : said)
    }
}

/// What a pane shows, as text.
enum PaneText {
    /// The last `lines` lines without the blank ones that fill the pane below the text; each ends with a
    /// newline.
    static func tail(of text: String, lines: Int) -> String {
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        let end = all.lastIndex { line in line.contains { !$0.isWhitespace } }
        guard let end else { return "" }
        return all[...end].suffix(lines).map { $0 + "\n" }.joined()
    }
}
