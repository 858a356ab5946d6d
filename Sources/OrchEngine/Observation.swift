import OrchCore

/// Looks at everything once: the store, the trackers, the locks, the processes, the installed agents.
struct Observation {
    let ports: Ports
    /// Merge what the trackers say into the picture only, and leave the store as it is.
    let isDryRun: Bool
    /// Called before each project, whose tracker may take its time.
    var keepLease: () throws -> Void = {}

    /// A project that cannot be looked at is reported and marked; the others go on.
    func snapshot(of projects: [Project], report: inout TickReport) throws -> Snapshot {
        var snapshot = Snapshot(now: ports.now())
        snapshot.breakers = try ports.store.breakers()
        snapshot.pauses = try ports.store.pauses()
        try observeRuns(of: projects, into: &snapshot)
        for project in projects {
            try keepLease()
            try observe(project, into: &snapshot, report: &report)
        }
        try observeJobs(of: projects, into: &snapshot)
        try observeSurroundings(of: &snapshot)
        return snapshot
    }

    private func observe(
        _ project: Project, into snapshot: inout Snapshot, report: inout TickReport
    ) throws {
        snapshot.projects[project.id] = project
        snapshot.missingTools[project.id] = ports.missingPrograms(project.settings.requiredTools)
        snapshot.lastRouted[project.id] = try ports.store.cursor(Self.routeCursor(project.id))
            .flatMap(AgentName.init)
        let tracker = ports.tracker(project, .github)
        if try tracker == nil || labelsRest(of: project.id, now: snapshot.now) {
            snapshot.unlabelled.insert(project.id)
        }
        let tasks = try observedTasks(of: project, tracker: tracker, into: &snapshot, report: &report)
        snapshot.add(tasks)
        if project.settings.router.mode == .weighted, tasks.contains(where: { $0.status == .new }) {
            snapshot.records = try ports.store.agentRecords(since: snapshot.now - AgentRecord.memory)
        }
        // Looking for them on PATH is most of what a quiet tick would cost.
        if tasks.contains(where: { mayNeedAgent($0, in: snapshot) }) {
            snapshot.agents[project.id] = ports.agents(project)
        }
        if let tracker, !snapshot.unreachable.contains(project.id) {
            observeWriters(of: project, tracker: tracker, into: &snapshot, report: &report)
        }
    }

    /// Whether an agent may be chosen for the task in this tick.
    private func mayNeedAgent(_ task: AgentTask, in snapshot: Snapshot) -> Bool {
        switch task.status {
        case .new, .routed, .inProgress, .blocked: true
        case .done, .inReview, .needsReview: snapshot.hasOpenRun(task.key)
        }
    }

    /// The name under which round robin remembers whose turn it was.
    static func routeCursor(_ project: Project.ID) -> String { "route:\(project.rawValue)" }

    /// The name under which a project's labels have a moment before which none is tried again.
    static func labelCursor(_ project: Project.ID) -> String { "labels:\(project.rawValue)" }

    /// How long no label is tried after one was refused: only a person mends that.
    static let labelRest: Duration = .seconds(300)

    private func labelsRest(of project: Project.ID, now: Timestamp) throws -> Bool {
        guard
            let until = try ports.store.cursor(Self.labelCursor(project)).flatMap({ Timestamp(iso8601: $0) })
        else { return false }
        // A moment further away was written by a clock that was wrong.
        return now < until && until <= now + Self.labelRest
    }

    func observeRuns(of projects: [Project], into snapshot: inout Snapshot) throws {
        let ids = Set(projects.map(\.id))
        let runs = try ports.store.openRuns().filter { ids.contains($0.task.project) }
        snapshot.add(runs)
        snapshot.orphans = Set(
            runs.filter { run in
                run.state.isLive && run.host.map { !ports.hosts.isAlive($0) } == true
            }.map(\.id))
    }

    /// Asks once for each author who is new here and on no list; who cannot be asked about is asked about
    /// again, and until then nothing external is begun.
    private func observeWriters(
        of project: Project, tracker: any Tracker, into snapshot: inout Snapshot, report: inout TickReport
    ) {
        let strangers = snapshot.strangers[project.id] ?? []
        var unknown: Set<String> = []
        for task in snapshot.tasks where task.key.project == project.id && task.isTrusted == nil {
            guard !task.author.isEmpty, !strangers.contains(task.author),
                !Intaking.isTrusted(task, project: project, writers: [])
            else { continue }
            unknown.insert(task.author)
        }
        do {
            for login in unknown.sorted() where try tracker.mayWrite(login) {
                snapshot.writers[project.id, default: []].insert(login)
            }
        } catch {
            snapshot.unreachable.insert(project.id)
            report.add(failedToObserve: project.id, error: error)
        }
    }

    private func observeSurroundings(of snapshot: inout Snapshot) throws {
        for task in snapshot.tasks {
            if task.status == .blocked {
                snapshot.children[task.key] = try ports.store.children(of: task.key).map {
                    $0.isClosed ? .done : $0.status
                }
            }
            let mayStart = task.status.isRunnable || task.status == .inProgress
            if mayStart, !snapshot.hasLiveRun(task.key), ports.claims.holder(of: task.key) != nil {
                snapshot.foreignClaims.insert(task.key)
            }
        }
    }
}
