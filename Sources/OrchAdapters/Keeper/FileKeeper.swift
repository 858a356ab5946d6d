package import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Keeps agents by way of files in their leg's folder, so that any later host finds everything there.
package final class FileKeeper: AgentKeeper {
    private let executable: String
    private let console: HostConsole

    /// - Parameters:
    ///   - executable: the program that knows `keep-agent`: orch itself.
    ///   - console: the host's signals and its terminal; one a process.
    package init(executable: String, console: HostConsole) {
        self.executable = executable
        self.console = console
    }

    package func start(
        _ launch: AgentLaunch, in leg: AgentLeg
    ) throws(AgentKeeperError) -> any AgentProcess {
        let program = try Self.locate(launch.program, path: leg.environment["PATH"] ?? "")
        if let running = try adopt(leg) { return running }
        do {
            let folder = LegFolder(path: leg.directory)
            try prepare(folder, for: launch)
            var words = ["keep-agent", leg.directory, "--", program]
            words += launch.arguments
            let command = Command(executable, arguments: words).with {
                var environment = leg.environment.merging(launch.environment) { _, agent in agent }
                environment[LegFolder.mark] = leg.directory
                $0.environment = Command.Environment(environment)
                $0.workingDirectory = leg.worktree
            }
            let keeper = try Child.detached(command)
            return try KeptProcess(folder, console: console, keeper: keeper)
        } catch {
            throw Self.translated(error)
        }
    }

    package func adopt(_ leg: AgentLeg) throws(AgentKeeperError) -> (any AgentProcess)? {
        let folder = LegFolder(path: leg.directory)
        let isKept = folder.keeperIdentity() != nil || KeeperLock.isHeld(folder.lock)
        guard isKept || folder.exitStatus() != nil else { return nil }
        do {
            return try KeptProcess(folder, console: console, keeper: nil)
        } catch {
            throw Self.translated(error)
        }
    }

    /// Asks every keeper of the attempt that still lives to end its agent, and ends what keepers that were
    /// killed have left.
    package static func endAgents(of attemptDirectory: String) {
        let legs = "\(attemptDirectory)/legs"
        // An attempt without legs never had an agent.
        for name in (try? Directory.names(in: legs)) ?? [] {
            let folder = LegFolder(path: "\(legs)/\(name)")
            guard folder.exitStatus() == nil, let keeper = folder.keeperIdentity() else { continue }
            if keeper.isAlive { kill(keeper.pid, SIGTERM) } else { folder.endOrphans() }
        }
    }

    private static func locate(_ program: String, path: String) throws(AgentKeeperError) -> String {
        if program.contains("/") {
            guard ProgramSearch.isExecutable(program) else { throw .programMissing(program) }
            return program
        }
        guard let found = ProgramSearch.find(program, path: path) else { throw .programMissing(program) }
        return found
    }

    /// 1. The leg's folder; 2. the agent's own files; 3. its input, as a FIFO or as text.
    private func prepare(_ folder: LegFolder, for launch: AgentLaunch) throws {
        try Directory.make(folder.path, mode: 0o700)
        for file in launch.files {
            try AtomicFile.write(Array(file.content.utf8), to: file.path, mode: 0o600, durability: .none)
        }
        switch launch.input {
        case .nothing: break
        case .text(let text):
            try AtomicFile.write(Array(text.utf8), to: folder.inputText, mode: 0o600, durability: .none)
        case .conversation:
            guard mkfifo(folder.fifo, 0o600) == 0 || errno == EEXIST else {
                throw SystemError("mkfifo", on: folder.fifo)
            }
        }
    }

    static func translated(_ error: any Error) -> AgentKeeperError {
        switch error {
        case let error as AgentKeeperError: error
        case let error as SystemError: .failed(detail: error.problem)
        case let error as SubprocessError: .failed(detail: error.problem)
        default: .failed(detail: String(describing: error))
        }
    }
}
