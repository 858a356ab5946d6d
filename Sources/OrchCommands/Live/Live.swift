import OrchAdapters
import OrchCore
import OrchEngine
import Platform
import Subprocess

/// What stands behind each of the engine's ports in a real run.
struct Live {
    let home: HomePaths
    let environment: [String: String]
    let store: any Store
    /// The jobs of the home; nil where nothing has to do with them.
    var timetable: FileTimetable?
    /// Where notices go, by name.
    var sinks: [String: NoticeSink] = [:]
    /// Read, but write nothing and start nothing.
    var isDryRun = false
    /// A person waits for what is asked of GitHub, and would rather wait for the end of a limit than hear of
    /// it; a tick and a run host have other work meanwhile.
    var waitsForLimits = false

    static func repository(_ directory: String, environment: [String: String]) -> GitRepository {
        GitRepository(directory: directory, environment: environment)
    }

    func ports() throws -> Ports {
        let hosts = try LiveHosts(home: home, environment: environment)
        let locks = LockDirectories(lockPath: { [home] _ in home.locks })
        let claims = OwnClaims(locks: locks, store: store, servingProcess: servingV0)
        var ports = Ports(
            store: store, hosts: hosts, claims: claims,
            repository: { Self.repository($0.directory, environment: environment) },
            sidecars: sidecars, now: Self.now)
        ports.timetable = timetable
        ports.tracker = tracker
        ports.forge = { project in connection(of: project)?.forge }
        ports.pulls = { project in connection(of: project)?.forge }
        ports.reviewLedger = reviewLedger
        ports.storeroom = DiskStoreroom(
            stateFolder: { [home] in home.state(ofProject: $0.directory) },
            hostsFolder: "\(home.home)/hosts", sessions: { hosts.sessions(for: $0) })
        ports.occupants = { ProcessRecord.working(in: $0) }
        ports.mentionLedger = { [home] project in
            project.settings.github.repository.map {
                MentionLedgerFile(directory: "\(home.home)/.orchestrator/mentions", repository: $0)
            }
        }
        ports.threads = { project in connection(of: project).map { GitHubThreads($0) } }
        ports.webhooks = { project in connection(of: project).map { GitHubWebhooks($0) } }
        ports.addContext = { [home] _, key, text in
            try TaskNotes(path: "\(home.contexts)/task-\(key.id).md").add(text)
        }
        ports.boards = { project in connection(of: project).map { GitHubCards($0) } }
        ports.skillLibrary = skills(of: nil).library
        ports.skillSources = { try skills(of: $0).sources() }
        ports.agents = { catalog(of: $0).available }
        ports.knownAgents = { catalog(of: $0).names }
        ports.redaction = { redaction(for: $0) }
        ports.sinks = { Telling.sinks(for: $0, among: sinks) }
        ports.missingPrograms = { names in
            names.filter { ProgramSearch.find($0, path: environment["PATH"] ?? "") == nil }
        }
        ports.hook = { project, name, facts in
            let log = "\(home.state(ofProject: project.directory))/hooks.log"
            Hooks(environment: environment, project: project, logFile: log).run(name, facts: facts)
        }
        let instance = try store.instance()
        ports.attemptsRoot = { [home] in "\(home.state(ofProject: $0.directory))/attempts/\(instance)" }
        return ports
    }

    static func now() -> Timestamp { Timestamp(seconds: Int(WallClock.unixSeconds())) }

    func catalog(of project: Project) -> AgentCatalog {
        // A zone that cannot be read only makes a limit's stated end an hour or so wrong.
        let zone = (try? ZoneRules.local(variable: environment["TZ"])) ?? .utc
        let demo = InstalledFiles.file("demo-agent", in: "scripts")
        return AgentCatalog(
            settings: project.settings, path: environment["PATH"] ?? "",
            surroundings: AgentCatalog.Surroundings(zone: zone, demoProgram: demo))
    }

    /// What must not leave: orch's own tokens, and what the project's agents are given.
    func redaction(for project: Project) -> Redaction {
        catalog(of: project).redaction(in: environment)
    }

    /// Both kinds of tasks go the same way; only the tracker differs.
    private func tracker(_ project: Project, _ backend: TaskKey.Backend) -> (any Tracker)? {
        switch backend {
        case .job, .pull: nil
        case .github: connection(of: project)?.tracker
        case .internal:
            InternalTracker(
                store: store, project: project.id, user: environment["USER"] ?? "owner", now: Self.now)
        }
    }

    func connection(of project: Project) -> GitHubConnection? {
        let settings = project.settings
        guard settings.github.isEnabled, let repository = settings.github.repository else { return nil }
        let memory: any RequestMemory = isDryRun ? ReadOnlyMemory(store) : store
        var connection = GitHubConnection(
            repository: repository, memory: memory, environment: environment, now: Self.now)
        connection.syncLabel = settings.github.syncLabel
        connection.allowedAuthors = settings.workflow.allowedAuthors
        connection.backoff = settings.github.backoff
        if waitsForLimits, settings.github.backoff.mode == .wait {
            connection.whenLimited = .wait
            let pause = connection.pause
            connection.pause = { length in
                Console.err("GitHub asks to wait; trying again in \(length.brief) …")
                pause(length)
            }
        }
        connection.backoffFile =
            environment["GH_BACKOFF_PATH"] ?? "\(home.state(ofProject: project.directory))/gh_backoff"
        connection.dialect = .spoken(on: connection)
        return connection
    }

    /// v0's loop has its state in the project, or in the home.
    private func servingV0(of task: TaskKey) -> Int32? {
        let own = home.state(ofProject: task.project.rawValue)
        return V0State(own).servingProcess() ?? V0State(home.state).servingProcess()
    }

    func skills(of project: Project?) -> SkillShelf {
        SkillShelf(home: home, environment: environment, project: project?.directory)
    }

    private func reviewLedger(of project: Project) -> (any ReviewLedger)? {
        project.settings.github.repository.map {
            ReviewLedgerFile(directory: home.state(ofProject: project.directory), repository: $0)
        }
    }

    private func sidecars(of project: Project) -> any Sidecars {
        let directory = "\(home.state(ofProject: project.directory))/tasks"
        return SidecarFiles(directory: { _ in directory })
    }
}
