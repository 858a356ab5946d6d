import JSON
import OrchAdapters
import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Starts run hosts where they outlive this process: in tmux on orch's own socket, or detached without it.
final class LiveHosts: Hosts {
    let current: Owner
    private let home: HomePaths
    private let environment: [String: String]
    private let executable: String

    init(home: HomePaths, environment: [String: String]) throws {
        guard let me = ProcessIdentity.current(), let executable = ExecutablePath.current() else {
            throw CommandFailure(
                problem: "this process cannot find itself", fix: "is /proc mounted? `orch doctor` checks it")
        }
        current = Owner(bootID: me.bootID, pid: me.pid, startTime: me.startTime)
        self.home = home
        self.environment = environment
        self.executable = executable
    }

    func isAlive(_ owner: Owner) -> Bool {
        ProcessIdentity(bootID: owner.bootID, pid: owner.pid, startTime: owner.startTime).isAlive
    }

    /// 1. Leave the host its environment in a file of its own (0600), because a tmux server has an older one
    ///    and an argument is seen by everybody. 2. Start it.
    func start(_ run: Run, of project: Project) throws -> String? {
        try HostEnvironment.write(environment, to: run.directory)
        let name = project.sessionName(for: run.task)
        let command = SessionCommand(
            program: executable, arguments: ["run-host", String(run.id.rawValue), run.directory],
            environment: HostEnvironment.harmless(environment), directory: project.directory)
        let sessions = self.sessions(for: project)
        try sessions.start(name, command: command)
        return sessions is TmuxSessions ? name : nil
    }

    func sessions(for project: Project) -> any Sessions {
        let tmux = TmuxSessions(socket: TmuxSocketName.name(in: environment), environment: environment)
        if project.settings.workflow.useTmux, tmux.isAvailable { return tmux }
        return DirectSessions(directory: "\(home.home)/hosts")
    }

    func endAgents(of run: Run) { FileKeeper.endAgents(of: run.directory) }

    func poke(_ owner: Owner) {
        if isAlive(owner) { kill(owner.pid, SIGUSR1) }
    }
}

/// The name of orch's tmux socket; another one for tests and for a second home.
enum TmuxSocketName {
    static func name(in environment: [String: String]) -> String { environment["ORCH_TMUX_SOCKET"] ?? "orch" }
}
