package import OrchCore

/// A tracker and forge in memory that behaves as GitHub does towards its callers: it keeps `TrackerContract`.
package final class MemoryTracker: Tracker, Forge {
    package enum Operation: String, CaseIterable, Sendable {
        case changes, get, list, create, changeLabels, setLabels, removeLabel, comment, comments, close
        case children, mayWrite, checkHealth, openPullRequest, closedPullRequests, reopen, newComments
        case thread, reply, ownLogin
    }

    struct Entry {
        var task: TrackedTask
        var comments: [(comment: TrackedComment, key: String)] = []
        var parent: String?
        var key = ""
        /// The count of changes at this one's last.
        var revision = 0
    }

    package let backend: TaskKey.Backend
    /// The account in whose name everything is done; it may write.
    package let account: String
    /// Others that may write.
    package var writers: Set<String> = []
    /// Branches with something to pull; nil: every branch has.
    package var branches: Set<String>?
    package var now: () -> Timestamp
    /// The operations in the order in which they were asked for, failed ones included.
    package private(set) var calls: [Operation] = []
    package private(set) var pullRequests: [(draft: PullRequestDraft, made: PullRequest)] = []
    /// Those that people have closed, oldest change first.
    package var closedPulls: [TrackedPullRequest] = []

    var entries: [String: Entry] = [:]
    private var failures: [Operation: [TrackerError]] = [:]
    private var revision = 0
    private var lastComment = 0

    package init(
        backend: TaskKey.Backend = .github, account: String = "octo",
        now: @escaping () -> Timestamp = { Timestamp(seconds: 1_800_000_000) }
    ) {
        self.backend = backend
        self.account = account
        self.now = now
    }

    /// Makes the next `times` calls of this operation fail, before they do anything.
    package func fail(_ operation: Operation, with error: TrackerError, times: Int = 1) {
        failures[operation, default: []] += Array(repeating: error, count: times)
    }

    func begin(_ operation: Operation) throws(TrackerError) {
        calls.append(operation)
        guard var queue = failures[operation], !queue.isEmpty else { return }
        let error = queue.removeFirst()
        failures[operation] = queue
        throw error
    }

    // What people do

    /// A task that a person made.
    @discardableResult
    package func file(_ draft: TaskDraft, author: String) -> String {
        let id = backend == .internal ? "i\(entries.count + 1)" : "\(entries.count + 1)"
        var task = TrackedTask(
            id: id, title: draft.title, body: draft.body, labels: draft.labels, author: author)
        task.url = backend == .internal ? "" : "https://github.com/octo/demo/issues/\(id)"
        entries[id] = Entry(task: task, parent: draft.parent?.id, key: draft.key)
        touch(id)
        return id
    }

    package func say(_ text: String, by author: String, on id: String, key: String = "") -> String {
        lastComment += 1
        let comment = TrackedComment(id: "\(lastComment)", author: author, body: text, createdAt: now())
        entries[id]?.comments.append((comment, key))
        touch(id)
        return comment.id
    }

    /// Changes a task as a person would on the tracker's page.
    package func edit(_ id: String, _ change: (inout TrackedTask) -> Void) {
        guard var entry = entries[id] else { return }
        change(&entry.task)
        entries[id] = entry
        touch(id)
    }

    package func delete(_ id: String) { entries[id] = nil }

    private func touch(_ id: String) {
        revision += 1
        entries[id]?.revision = revision
        entries[id]?.task.updatedAt = now()
    }

    // Changes

    /// The cursor is the count of changes that were handled.
    package func changes(since cursor: String?) throws(TrackerError) -> TrackerChanges {
        try begin(.changes)
        guard let cursor, let seen = Int(cursor) else {
            return TrackerChanges(tasks: open(), cursor: "\(revision)", isComplete: true)
        }
        let changed = entries.values.filter { $0.revision > seen }.sorted { $0.revision < $1.revision }
        return TrackerChanges(tasks: changed.map { picture($0) }, cursor: "\(revision)")
    }

    func open() -> [TrackedTask] {
        let open = entries.values.filter { !$0.task.isClosed }.map { picture($0) }
        return open.sorted { (Int($0.id) ?? 0) < (Int($1.id) ?? 0) }
    }

    func picture(_ entry: Entry) -> TrackedTask {
        var task = entry.task
        let children = entries.values.filter { $0.parent == task.id }
        let closed = children.filter(\.task.isClosed).count
        task.subtasks = AgentTask.Subtasks(total: children.count, closed: closed)
        return task
    }

    // Pull requests

    package func openPullRequest(_ draft: PullRequestDraft) throws(TrackerError) -> PullRequest {
        try begin(.openPullRequest)
        if let open = pullRequests.first(where: { $0.draft.head == draft.head }) { return open.made }
        guard branches?.contains(draft.head) != false, draft.head != draft.base else {
            throw .rejected(detail: "No commits between \(draft.base) and \(draft.head)")
        }
        let number = 1000 + pullRequests.count
        let made = PullRequest(number: number, url: "https://github.com/octo/demo/pull/\(number)")
        pullRequests.append((draft, made))
        return made
    }

    package func pullRequest(of branch: String) throws(TrackerError) -> PullRequest? {
        try begin(.openPullRequest)
        return pullRequests.first { $0.draft.head == branch }?.made
    }
}
