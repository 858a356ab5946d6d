package import OrchCore

/// The tasks that live in the store itself: its rows are the truth, so there is nothing to fetch and nobody
/// to ask.
package struct InternalTracker: Tracker {
    private let store: any Store
    private let project: Project.ID
    /// Who writes comments and may do everything: the account that owns the store.
    private let user: String
    private let now: () -> Timestamp

    package init(store: any Store, project: Project.ID, user: String, now: @escaping () -> Timestamp) {
        self.store = store
        self.project = project
        self.user = user
        self.now = now
    }

    package var backend: TaskKey.Backend { .internal }

    /// Nothing, ever.
    package func changes(since cursor: String?) throws(TrackerError) -> TrackerChanges {
        TrackerChanges(cursor: cursor)
    }

    package func get(_ id: String) throws(TrackerError) -> TrackedTask? {
        try perform { () throws(StoreError) in
            guard let task = try store.task(key(id)) else { return nil }
            return Self.tracked(task, body: try store.body(of: task.key) ?? "")
        }
    }

    package func list(status: TaskStatus?) throws(TrackerError) -> [TrackedTask] {
        try perform { () throws(StoreError) in
            let open = try store.openTasks(of: project).filter { $0.key.backend == .internal }
            let wanted = open.filter { status == nil || Self.shownStatus(of: $0) == status }
            var tasks: [TrackedTask] = []
            for task in wanted {
                tasks.append(Self.tracked(task, body: try store.body(of: task.key) ?? ""))
            }
            return tasks
        }
    }

    package func create(_ draft: TaskDraft) throws(TrackerError) -> TrackedTask {
        try Labels.check(draft.labels)
        guard !draft.title.isEmpty else { throw .rejected(detail: "a task needs a title") }
        let key = try perform { () throws(StoreError) in
            try store.createInternalTask(draft, in: project, now: now())
        }
        guard let task = try get(key.id) else { throw .notFound(what: "task \(key.id), just made") }
        return task
    }

    package func close(_ id: String) throws(TrackerError) {
        try change(id, [.closed(true)])
    }

    package func reopen(_ id: String) throws(TrackerError) {
        try change(id, [.closed(false)])
    }

    package func children(of id: String) throws(TrackerError) -> [String] {
        try perform { () throws(StoreError) in
            try store.children(of: key(id)).filter { $0.key.backend == .internal }.map(\.key.id)
        }
    }

    package func mayWrite(_ login: String) throws(TrackerError) -> Bool { true }

    package func checkHealth() throws(TrackerError) -> String { user }

    func key(_ id: String) -> TaskKey { TaskKey(project: project, backend: .internal, id: id) }

    // Labels

    /// A status is shown as a label on a tracker would; the row's own `status` is the engine's to change.
    ///
    /// What does not change is not written, so a change of status alone cannot undo anybody's labels.
    package func changeLabels(
        adding: [String], removing: [String], of id: String
    ) throws(TrackerError) {
        try Labels.check(adding)
        let before = try labels(of: id)
        let kept = before.filter { !removing.contains($0) }
        let after = kept + adding.filter { !kept.contains($0) }
        // A task shows one status: the one that was added, where one was.
        let status = Labels.status(in: adding) ?? Labels.status(in: kept)
        var changes: [TaskChange] = []
        if Self.others(after) != Self.others(before) { changes.append(.labels(Self.others(after))) }
        if status != Labels.status(in: before) { changes.append(.labelledStatus(status)) }
        if !changes.isEmpty { try change(id, changes) }
    }

    package func setLabels(_ labels: [String], of id: String) throws(TrackerError) {
        try Labels.check(labels)
        try change(id, [.labels(Self.others(labels)), .labelledStatus(Labels.status(in: labels))])
    }

    private static func others(_ labels: [String]) -> [String] {
        Labels.replacing(TaskStatus.labelPrefix, with: nil, in: labels)
    }

    package func removeLabel(_ label: String, from id: String) throws(TrackerError) {
        let before = try labels(of: id)
        let after = before.filter { $0 != label }
        guard after != before else { return }
        try setLabels(after, of: id)
    }

    private func labels(of id: String) throws(TrackerError) -> [String] {
        guard let task = try get(id) else { throw .notFound(what: "task \(id)") }
        return task.labels
    }

    // Comments

    /// The store finds a key again by itself, so it makes no difference whether one may exist.
    package func comment(
        _ text: String, on id: String, key: String, mayExist: Bool
    ) throws(TrackerError) -> String {
        _ = try labels(of: id)
        return try perform { () throws(StoreError) in
            try store.addComment(text, by: user, to: self.key(id), commentKey: key, now: now())
        }
    }

    package func comments(on id: String, limit: Int) throws(TrackerError) -> [TrackedComment] {
        try perform { () throws(StoreError) in try store.comments(on: key(id), limit: limit) }
    }

    // Rows

    private func change(_ id: String, _ changes: [TaskChange]) throws(TrackerError) {
        let isThere = try perform { () throws(StoreError) in
            try store.change(key(id), changes + [.updatedAt(now())])
        }
        guard isThere else { throw .notFound(what: "task \(id)") }
    }

    /// The status that the task shows: what was last written, at first what the row says.
    private static func shownStatus(of task: AgentTask) -> TaskStatus? { task.labelledStatus ?? task.status }

    private static func tracked(_ task: AgentTask, body: String) -> TrackedTask {
        let status = shownStatus(of: task)?.rawValue
        let labels = Labels.replacing(TaskStatus.labelPrefix, with: status, in: task.labels)
        var tracked = TrackedTask(
            id: task.key.id, title: task.title, body: body, labels: labels, author: task.author)
        tracked.isClosed = task.isClosed
        tracked.updatedAt = task.updatedAt
        tracked.subtasks = task.subtasks
        return tracked
    }

    private func perform<Value>(_ act: () throws(StoreError) -> Value) throws(TrackerError) -> Value {
        do throws(StoreError) { return try act() } catch { throw .store(error) }
    }
}
