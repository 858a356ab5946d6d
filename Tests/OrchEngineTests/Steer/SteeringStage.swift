import OrchAdapters
import OrchCore
import OrchTesting

@testable import OrchEngine

/// One project with a store in memory, GitHub in memory, and processes that are alive when a test says so.
final class SteeringStage {
    final class Processes: Hosts {
        let current = Owner(bootID: "b1", pid: 100, startTime: 1)
        var alive: Set<Owner> = []
        var poked: [Owner] = []
        var started: [Run.ID] = []

        func isAlive(_ owner: Owner) -> Bool { owner == current || alive.contains(owner) }
        func start(_ run: Run, of project: Project) throws -> String? {
            started.append(run.id)
            return "orch-app-\(run.task.id)"
        }
        func endAgents(of run: Run) {}
        func poke(_ owner: Owner) { poked.append(owner) }
    }

    final class Locks: Claims {
        var holders: [TaskKey: ClaimHolder] = [:]
        func take(_ key: TaskKey, owner: Int32) throws(ClaimError) -> Bool { holders[key] == nil }
        func release(_ key: TaskKey, owner: Int32) throws(ClaimError) {}
        func holder(of key: TaskKey) -> ClaimHolder? { holders[key] }
    }

    final class Notes: Sidecars {
        var values: [TaskKey: [String: SidecarValue]] = [:]
        func read(_ key: TaskKey) throws(SidecarError) -> [String: String] { [:] }
        func merge(_ added: [String: SidecarValue], into key: TaskKey) throws(SidecarError) {
            values[key, default: [:]].merge(added) { _, new in new }
        }
    }

    let store: any Store
    let github = MemoryTracker()
    let pulls = MemoryPulls(fuse: Fuse())
    let processes = Processes()
    let locks = Locks()
    let notes = Notes()
    let project: Project
    let now = Timestamp(seconds: 1_800_000_000)
    var agents: [AgentName] = [.claude]

    init() throws {
        store = try SQLiteStore(path: ":memory:")
        var settings = Settings()
        settings.github.repository = RepositorySlug("octo/app")
        settings.workflow.parallel = 1
        project = Project(id: .init(rawValue: "/srv/app"), name: "app", settings: settings)
    }

    var steering: Steering {
        let internalTasks = InternalTracker(
            store: store, project: project.id, user: "me", now: { [now] in now })
        var ports = Ports(
            store: store, hosts: processes, claims: locks, repository: { _ in FakeRepository(fuse: Fuse()) },
            sidecars: { [notes] _ in notes }, now: { [now] in now })
        ports.tracker = { [github] _, backend -> (any Tracker)? in
            switch backend {
            case .github: github
            case .job, .pull: nil
            case .internal: internalTasks
            }
        }
        ports.pulls = { [pulls] _ in pulls }
        ports.agents = { [agents] _ in agents }
        ports.attemptsRoot = { _ in "/attempts" }
        return Steering(
            ports: ports, project: project, actor: "cli:me", redaction: Redaction(secrets: ["hunter2hunter2"])
        )
    }

    /// An issue that orch knows, changed as told.
    func issue(title: String = "Fix", labels: [String] = [], _ changes: TaskChange...) throws -> AgentTask {
        var draft = TaskDraft(title: title)
        draft.labels = labels
        let id = github.file(draft, author: "octo")
        let key = TaskKey(project: project.id, backend: .github, id: id)
        var task = AgentTask(key: key, title: title, status: .new)
        task.author = "octo"
        task.isTrusted = true
        task.labels = labels
        task = task.applying(changes)
        try store.save([(task, "body")], cursor: nil)
        return task
    }

    func internalTask(_ title: String = "Fix", labels: [String] = []) throws -> AgentTask {
        let key = try store.createInternalTask(
            TaskDraft(title: title, body: "body", labels: labels), in: project.id, now: now)
        return try found(key)
    }

    func found(_ key: TaskKey) throws -> AgentTask {
        guard let task = try store.task(key) else { throw EngineError.taskMissing(key.id) }
        return task
    }

    /// A live run of the task; hosted by `host` where one is given.
    @discardableResult
    func run(of task: AgentTask, host: Owner? = nil) throws -> Run {
        let draft = RunDraft(
            task: task.key, kind: .work, agent: .claude, root: "/attempts", now: now - .seconds(60))
        guard let run = try store.beginRun(draft, changing: [.status(.inProgress)]) else {
            throw EngineError.alreadyRunning(task.key.id)
        }
        if let host { _ = try store.setHost(host, of: run.id, expecting: nil) }
        return run
    }

    func acts(on key: TaskKey) throws -> [String] {
        try store.auditEntries(of: key, limit: 10).map(\.act)
    }
}
