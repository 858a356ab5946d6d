import OrchAdapters
import OrchCore
import OrchEngine

/// v0's `review_prs.sh`: reviews of the project's open pull requests, one after the other, and their merges
/// by comment.
enum V0Reviews {
    static let functions: [String: V0Command.Function] = ["review_prs": review]

    /// One round has two reviews; more pull requests than this are left for the next call.
    private static let roundLimit = 50

    /// As v0, whatever fails is said and no failure of the script.
    private static func review(_ call: V0Call) throws -> Int32 {
        var environment = call.environment
        environment["ORCH_GH_REPO"] = try repository(call)
        environment["PROJECT_DIR"] = call.projectDirectory
        let directory = WorkingDirectory.canonical(call.projectDirectory)
        let loaded = loadProjects(environment)
        guard let project = loaded.projects.first(where: { $0.directory == directory }) else {
            for error in loaded.errors { call.complain("[review_prs] \(error.description)") }
            return 0
        }
        guard project.settings.workflow.enableReviewAgent, project.settings.github.repository != nil else {
            return 0
        }
        var live = Live(home: call.home, environment: environment, store: try call.store())
        live.sinks = loaded.common.notify
        var ports = try live.ports()
        let agents = ports.agents
        ports.agents = { project in
            let usable = agents(project)
            return usable.isEmpty ? Self.fallback(of: project, ports) : usable
        }
        let hosts = ForegroundHosts(ports.hosts, environment: environment)
        ports.hosts = hosts
        // v0 reviews whoever's pull requests there are.
        ports.reviewsStrangers = call.variable("REVIEW_STRANGERS") != "false"
        for _ in 1...roundLimit {
            hosts.hosted = []
            let report = try Sync(ports: ports, projects: [project], scope: .phases(["reviews"])).run()
            for entry in report.entries { tell(entry, of: project, call) }
            // What a tick would draw from them concerns agents' limits alone.
            for run in hosts.hosted { _ = try ports.store.collectRun(run, changing: []) }
            if hosts.hosted.isEmpty { break }
        }
        return 0
    }

    /// Who reviews where every agent is switched off, as v0 has it.
    private static func fallback(of project: Project, _ ports: Ports) -> [AgentName] {
        guard let agent = project.settings.router.fallbackExecutor else { return [] }
        return ports.missingPrograms([agent.rawValue]).isEmpty ? [agent] : []
    }

    /// The caller's, or the configuration's as it stands; nil: the remote's.
    private static func repository(_ call: V0Call) throws -> String? {
        if let named = call.variable("GITHUB_REPO") { return named }
        let own = HomePaths.projectConfig(of: call.projectDirectory)
        return try own.flatMap { try ConfigFile($0).texts("gh.repo").first } ?? call.config.text("gh.repo")
    }

    private static func tell(_ entry: SyncReport.Entry, of project: Project, _ call: V0Call) {
        call.say(call.logged("[review_prs] [\(project.name)] \(entry.text)"))
        if let error = entry.error { call.complain("[review_prs] \(ErrorText.problem(of: error))") }
    }
}

/// Hosts each run in this very process, at once: for v0's scripts, which wait for what they start.
final class ForegroundHosts: Hosts {
    private let base: any Hosts
    private let environment: [String: String]
    var hosted: [Run.ID] = []

    init(_ base: any Hosts, environment: [String: String]) {
        self.base = base
        self.environment = environment
    }

    var current: Owner { base.current }
    func isAlive(_ owner: Owner) -> Bool { base.isAlive(owner) }

    func start(_ run: Run, of project: Project) throws -> String? {
        hosted.append(run.id)
        _ = try RunHostCommand.host(
            run.id, environment: environment, isPane: false, show: { Console.err($0) })
        return nil
    }

    func endAgents(of run: Run) { base.endAgents(of: run) }
    func poke(_ owner: Owner) { base.poke(owner) }
}
