import OrchAdapters
package import OrchCore
package import OrchEngine

/// A project with everything around it in memory: what a test of the engine starts from.
package final class EngineStage {
    package let clock = TestClock()
    package let fuse = Fuse()
    /// The store itself, which no process's death touches.
    package let store: any Store
    package let memory: MemoryTracker
    package let repository: FakeRepository
    package let keeper: FakeKeeper
    package let disk = MemoryDisk()
    package let sidecars: MemorySidecars
    package let claims: MemoryClaims
    package let hosts: FakeHosts
    package let timetable: MemoryTimetable
    package let pulls: MemoryPulls
    package let webhooks = MemoryWebhooks()
    /// Who is told of everything.
    package let sink = "all"
    package var projects: [Project]
    package var agents: [AgentName] = [.claude, .codex]
    package var takesWords = true
    /// What agents count, as an adapter says it.
    package var countsWholeSession = false
    package var tellsCost = true
    package var missing: [String] = []
    package var secrets: [String] = []
    package var hasForge = true
    /// How long a host was told to wait; false from `wait` while the host is asked to go.
    package private(set) var pauses: [Duration] = []
    package var isDismissedAtPause = false
    package private(set) var console = ""
    package private(set) var hooks: [(name: String, facts: [String: String])] = []
    /// Notes on tasks, by id.
    package private(set) var contexts: [String: String] = [:]
    package var promptFailure: PromptError?
    /// What prompts were rendered with, in order.
    package private(set) var prompted: [[String: String]] = []
    /// What the agents that were started may do, in order.
    package private(set) var allowed: [AgentSettings] = []
    package var storeroom: (any Storeroom)?
    package var skillLibrary: (any SkillLibrary)?
    package var skillSources: [SkillSource] = []
    /// What happens elsewhere while a tracker is asked what has changed.
    package var whileAsked: () throws -> Void = {}
    /// What happens elsewhere while an answer is written.
    package var whileAnswering: () throws -> Void = {}
    /// How many answers to comments are still lost on their way.
    package var lostAnswers = 0
    /// Thrown by every write of an attempt's files.
    package var fileFailure: AttemptFileError?
    private var lastPid: Int32 = 100

    package init() throws {
        var settings = Settings()
        settings.github.repository = RepositorySlug("octo/demo")
        projects = [Project(id: Project.ID(rawValue: "/projects/demo"), name: "demo", settings: settings)]
        store = try SQLiteStore(path: ":memory:")
        let clock = clock
        memory = MemoryTracker(now: { clock.now })
        repository = FakeRepository(fuse: fuse)
        keeper = FakeKeeper(fuse: fuse, clock: clock)
        sidecars = MemorySidecars(fuse: fuse)
        timetable = MemoryTimetable(fuse: fuse)
        pulls = MemoryPulls(fuse: fuse)
        let hosts = FakeHosts(fuse: fuse)
        self.hosts = hosts
        claims = MemoryClaims(fuse: fuse, isAlive: { hosts.isAlive(pid: $0) })
    }

    package var project: Project {
        get { projects[0] }
        set { projects[0] = newValue }
    }

    package func key(_ id: String) -> TaskKey {
        TaskKey(project: project.id, backend: id.hasPrefix("i") ? .internal : .github, id: id)
    }

    // Ports

    package func ports() -> Ports {
        var tracker = FusedTracker(memory, fuse: fuse)
        tracker.whileAsked = whileAsked
        tracker.whileAnswering = whileAnswering
        tracker.losesAnswer = { [unowned self] in
            lostAnswers -= 1
            return lostAnswers >= 0
        }
        return ports(tracker: tracker)
    }

    private func ports(tracker: FusedTracker) -> Ports {
        let fused = FusedStore(store, fuse: fuse)
        let clock = clock
        var ports = Ports(
            store: fused, hosts: hosts, claims: claims, repository: { [repository] _ in repository },
            sidecars: { [sidecars] _ in sidecars }, now: { clock.now })
        ports.tracker = { project, backend in
            switch backend {
            case .github: project.settings.github.isEnabled ? tracker : nil
            case .job, .pull: nil
            case .internal:
                InternalTracker(store: fused, project: project.id, user: "octo", now: { clock.now })
            }
        }
        ports.timetable = timetable
        ports.storeroom = storeroom
        ports.skillLibrary = skillLibrary
        ports.skillSources = { [skillSources] _ in skillSources }
        ports.hook = { [unowned self] _, name, facts in fuse.guarding { self.hooks.append((name, facts)) } }
        ports.pulls = { [pulls] _ in pulls }
        ports.webhooks = { [webhooks] _ in webhooks }
        ports.forge = { [hasForge] _ in hasForge ? tracker : nil }
        ports.threads = { project in project.settings.github.isEnabled ? tracker : nil }
        ports.addContext = { [unowned self] _, key, text in contexts[key.id, default: ""] += text }
        ports.agents = { [agents] _ in agents }
        ports.knownAgents = ports.agents
        ports.sinks = { [sink] _ in [sink] }
        ports.redaction = { [secrets] _ in Redaction(secrets: secrets) }
        ports.missingPrograms = { [missing] names in names.filter(missing.contains) }
        return ports
    }

    package func hostPorts(for run: Run) -> HostPorts {
        let files = MemoryAttemptFiles(run.directory, on: disk, fuse: fuse)
        files.failure = fileFailure
        var ports = HostPorts(
            common: ports(), keeper: keeper, files: files,
            redaction: Redaction(secrets: secrets))
        ports.adapter = { [unowned self] name in
            guard agents.contains(name) else { return nil }
            var adapter = ScriptedAdapter(name, takesWords: takesWords)
            adapter.countsWholeSession = countsWholeSession
            adapter.tellsCost = tellsCost
            return adapter
        }
        ports.environment = { [unowned self] _, settings in
            allowed.append(settings)
            return [:]
        }
        ports.prompt = { [unowned self] role, variables throws(PromptError) in
            if let promptFailure { throw promptFailure }
            prompted.append(variables)
            let comments = variables["ISSUE_COMMENTS"].map { $0.isEmpty ? "" : " \($0)" } ?? ""
            return "\(role): \(variables["TASK_TITLE"] ?? "") \(variables["TASK_BODY"] ?? "")\(comments)"
        }
        ports.uptime = { [clock] in clock.uptime }
        ports.console = { [unowned self] text in fuse.guarding { self.console += text } }
        ports.hook = { [unowned self] name, facts in fuse.guarding { self.hooks.append((name, facts)) } }
        ports.wait = { [unowned self] length in
            pauses.append(length)
            clock.advance(length)
            return !isDismissedAtPause
        }
        return ports
    }

    /// What people are to hear of, oldest first: `kind text`.
    package func notices() throws -> [String] {
        try store.waitingNotices(for: sink, limit: 999).map { "\($0.notice.kind.rawValue) \($0.notice.text)" }
    }

    // What happens

    @discardableResult
    package func tick(isDryRun: Bool = false) throws -> TickReport {
        try asProcess { try Tick(ports: ports(), projects: projects, isDryRun: isDryRun).run() }
    }

    @discardableResult
    package func sync(_ phase: String? = nil, isDryRun: Bool = false) throws -> SyncReport {
        try sync(phase.map { .phases([$0]) } ?? .everything, isDryRun: isDryRun)
    }

    @discardableResult
    package func sync(_ scope: Sync.Scope, isDryRun: Bool = false) throws -> SyncReport {
        try asProcess { try Sync(ports: ports(), projects: projects, scope: scope, isDryRun: isDryRun).run() }
    }

    /// Does something in the name of a new process, which is gone afterwards.
    private func asProcess<Value>(_ work: () throws -> Value) rethrows -> Value {
        lastPid += 1
        hosts.become(pid: lastPid)
        defer {
            hosts.kill(hosts.current)
            hosts.become(pid: 1)
        }
        return try work()
    }

    /// The live run of a task.
    package func liveRun(of id: String) throws -> Run? {
        try store.runs(of: key(id), limit: 1).first.flatMap { $0.state.isLive ? $0 : nil }
    }

    /// A new process becomes the host of the run, and stays with it.
    @discardableResult
    package func host(_ run: Run) throws -> RunOutcome? {
        try asProcess {
            let ports = hostPorts(for: run)
            if run.kind == .review {
                return try ReviewHost(run, projects: projects, ports: ports).runToEnd()
            }
            if run.kind == .job {
                return try JobHost(run, projects: projects, ports: ports, environment: [:]).runToEnd()
            }
            if run.kind == .route {
                return try RouteHost(run, projects: projects, ports: ports).runToEnd()
            }
            return try RunHost(run.id, projects: projects, ports: ports).runToEnd()
        }
    }

    /// A new process reviews the pull request at once, as the one that has just run its task does.
    package func reviewAtOnce(_ task: AgentTask, pull: Int, by agent: AgentName) throws -> RunOutcome? {
        try asProcess {
            guard let run = try TaskReview.begin(on: pull, by: agent, in: project, ports: ports()) else {
                return nil
            }
            return try TaskReview(run, of: task, in: project, ports: hostPorts(for: run)).runToEnd()
        }
    }

    /// An issue that its author may have done, dispatched.
    package func dispatched(_ draft: TaskDraft = TaskDraft(title: "Fix it", body: "Please")) throws -> Run {
        let id = memory.file(draft, author: "octo")
        try tick()
        guard let run = try liveRun(of: id) else { throw EngineError.taskMissing(id) }
        return run
    }

    /// What the agent of the next run leaves behind and says.
    package func script(_ acts: [FakeKeeper.Act]) { keeper.scripts.append(acts) }

    /// The agent changes files, and hands in this answer by its last words.
    package func work(_ answer: String) -> [FakeKeeper.Act] {
        [
            .line("session s-1"), .line("text Reading"), .line("usage 1000 200 5000"),
            .meanwhile { [unowned self] in
                for path in repository.worktrees.keys { repository.dirty.insert(path) }
            },
            .line("ask permission"), .awaitInput(2), .line("final \(answer)"), .line("done"),
            .awaitEndOfInput, .exit(0),
        ]
    }
}
