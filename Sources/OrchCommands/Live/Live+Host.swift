import OrchAdapters
import OrchCore
import OrchEngine
import Platform
import SHA2
import Subprocess

extension Live {
    /// The ports of a run host.
    func hostPorts(for run: Run, projects: [Project], seat: HostConsole.Seat) throws -> HostPorts {
        guard let executable = ExecutablePath.current(),
            let project = projects.first(where: { $0.id == run.task.project })
        else { throw EngineError.taskMissing(run.task.id) }
        let catalog = try catalog(for: run, of: project)
        let console = try HostConsole(Terminal.isTerminal(0) ? seat : .nobody)
        var ports = HostPorts(
            common: try self.ports(), keeper: FileKeeper(executable: executable, console: console),
            files: try AttemptFolder(path: run.directory), redaction: redaction(for: project))
        let emptyConfig = "\(run.directory)/gh"
        try Directory.make(emptyConfig, mode: 0o700)
        ports.adapter = { catalog.adapter(for: $0) }
        ports.environment = { adapter, settings in
            AgentEnvironment.variables(
                from: environment, adapter: adapter, settings: settings, emptyConfig: emptyConfig)
        }
        let prompts = PromptLibrary(environment: environment, home: home.home)
        ports.prompt = { role, variables throws(PromptError) in try prompts.render(role, variables) }
        let context = PromptContext(
            home: home, project: project, repository: ports.common.repository(project),
            skills: skills(of: project))
        ports.skills = { skills(of: $0).catalogue() }
        ports.context = { context.variables(for: $0, in: $1) }
        ports.console = { console.show($0) }
        let start = MonotonicTime.now()
        ports.uptime = { MonotonicTime.now() - start }
        ports.wait = { try console.pause($0) }
        ports.hook = { name, facts in
            Hooks(
                environment: environment, project: project,
                logFile: "\(home.state(ofProject: project.directory))/hooks.log"
            )
            .run(name, facts: facts)
        }
        ports.digest = { text, digits in
            String(Hexadecimal.encode(SHA256.hash(Array(text.utf8))).prefix(digits))
        }
        return ports
    }

    /// The agents as they are on this machine. Which protocol the installed Codex knows is asked once an
    /// attempt, and kept: a host that takes over has to speak the one that its agent was started with.
    private func catalog(for run: Run, of project: Project) throws -> AgentCatalog {
        var catalog = catalog(of: project)
        let settings = project.settings.agents[.codex] ?? AgentSettings()
        guard run.agent == .codex, settings.codexProtocol == .auto, settings.command.isEmpty,
            let program = catalog.program(of: .codex)
        else { return catalog }
        let path = "\(run.directory)/codex-protocol.txt"
        if let known = try WholeFile.readIfPresent(path, limitBytes: 64) {
            catalog.hasCodexAppServer = known == Array(AgentSettings.CodexProtocol.appServer.rawValue.utf8)
            return catalog
        }
        // One that cannot even be asked fails as an agent soon enough, and says why.
        let answer = try? AgentProbe.codexAppServer(
            program, environment: .init(environment)
        ).run()
        catalog.hasCodexAppServer = answer.map(AgentProbe.readAppServer) ?? true
        let found: AgentSettings.CodexProtocol = catalog.hasCodexAppServer ? .appServer : .exec
        try Directory.make(run.directory, mode: 0o700)
        try AtomicFile.write(Array(found.rawValue.utf8), to: path, mode: 0o600)
        return catalog
    }
}
