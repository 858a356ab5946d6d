import OrchCore

extension Observation {
    /// The project's tasks as its tracker and the store have them; from the store alone where there is no
    /// tracker, or it cannot be asked.
    func observedTasks(
        of project: Project, tracker: (any Tracker)?, into snapshot: inout Snapshot, report: inout TickReport
    ) throws -> [AgentTask] {
        let busy = snapshot.runs.map(\.task).filter { $0.project == project.id }
        guard let tracker else { return try known(project.id, busy: busy) }
        let hearing = try hearing(of: project, now: snapshot.now)
        if hearing?.isCurrent(snapshot.now) == true { return try known(project.id, busy: busy) }
        do {
            let tasks = try tasks(of: project, busy: busy, on: tracker, into: &snapshot)
            if !isDryRun { try noteAsked(hearing, of: project, now: snapshot.now) }
            return tasks
        } catch {
            snapshot.unreachable.insert(project.id)
            report.add(failedToObserve: project.id, error: error)
            return try known(project.id, busy: busy)
        }
    }

    /// The open tasks and those with a run: what became of a run counts for a task, too, that was closed
    /// meanwhile.
    private func known(_ project: Project.ID, busy: [TaskKey]) throws -> [AgentTask] {
        let open = try ports.store.openTasks(of: project)
        if busy.isEmpty { return open }
        let finished = Set(busy).subtracting(open.map(\.key)).sorted()
        return open + (try finished.compactMap { try ports.store.task($0) })
    }

    /// 1. Ask the tracker for what has changed since the stored cursor: one call when nothing has.
    /// 2. Only then read the rows, merge the two, and store the result with the new cursor, in one
    ///    transaction: what a run host or a person wrote while the tracker was asked is not
    ///    overwritten, and a crash asks again.
    private func tasks(
        of project: Project, busy: [TaskKey], on tracker: any Tracker, into snapshot: inout Snapshot
    ) throws -> [AgentTask] {
        let name = Self.changesCursor(project.id)
        let cursor = try ports.store.cursor(name)
        let changes = try tracker.changes(since: cursor)
        snapshot.strangers[project.id] = Set(changes.tasks.lazy.filter(\.isByStranger).map(\.author))
        let isNews = changes.cursor != cursor || changes.isComplete || !changes.tasks.isEmpty
        guard isNews, !isDryRun else {
            let known = try known(project.id, busy: busy)
            let merged = try merge(changes, known: known, in: project, backend: tracker.backend)
            return open(known, with: merged, busy: busy)
        }
        return try ports.store.atomically {
            let known = try known(project.id, busy: busy)
            let merged = try merge(changes, known: known, in: project, backend: tracker.backend)
            try ports.store.save(merged, cursor: changes.cursor.map { (name, $0) })
            return open(known, with: merged, busy: busy)
        }
    }

    /// The name under which a project's tracker has a place to go on from.
    static func changesCursor(_ project: Project.ID) -> String { "changes:\(project.rawValue)" }

    /// With what v0 knows of it. A sidecar that cannot be read is kept aside or reported when it is written;
    /// the task begins anew then.
    private func adopted(_ task: AgentTask, in project: Project) -> AgentTask {
        guard let sidecar = try? ports.sidecars(project).read(task.key), !sidecar.isEmpty else { return task }
        return Adopting.task(task, sidecar: sidecar)
    }

    private func merge(
        _ changes: TrackerChanges, known: [AgentTask], in project: Project, backend: TaskKey.Backend
    ) throws -> [(task: AgentTask, body: String?)] {
        let open = Dictionary(uniqueKeysWithValues: known.map { ($0.key, $0) })
        var merged: [(task: AgentTask, body: String?)] = []
        for tracked in changes.tasks {
            let key = TaskKey(project: project.id, backend: backend, id: tracked.id)
            // Finished tasks are not among the open ones; a change may open them again.
            if let existing = try open[key] ?? ports.store.task(key) {
                let task = Merging.task(tracked, into: existing)
                // The text stays as it stood when the author was trusted.
                merged.append((task, task.isTrusted == true ? nil : tracked.body))
            } else if !tracked.isClosed {
                let task = Merging.task(tracked, key: key)
                merged.append((isDryRun ? task : adopted(task, in: project), tracked.body))
            }
        }
        guard changes.isComplete else { return merged }
        let listed = Set(changes.tasks.map(\.id))
        for var task in known
        where task.key.backend == backend && !task.isClosed && !listed.contains(task.key.id) {
            task.isClosed = true
            merged.append((task, nil))
        }
        return merged
    }

    private func open(
        _ known: [AgentTask], with merged: [(task: AgentTask, body: String?)], busy: [TaskKey]
    ) -> [AgentTask] {
        if merged.isEmpty { return known }
        var tasks = Dictionary(uniqueKeysWithValues: known.map { ($0.key, $0) })
        for (task, _) in merged {
            tasks[task.key] = task.isOpen || busy.contains(task.key) ? task : nil
        }
        return tasks.values.sorted { $0.key < $1.key }
    }
}
