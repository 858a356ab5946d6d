/// Where tasks come from and results go to: GitHub's issues, the internal store, and room
/// for Linear, Jira, GitLab.
///
/// What all adapters do alike is held by `TrackerContract`. One value serves one project. Every call may
/// block on a network, has a bound, and throws `TrackerError`.
package protocol Tracker {
    /// `github`, `internal`: also the backend of every key it returns.
    var backend: TaskKey.Backend { get }

    /// What changed since the last call whose result was acknowledged.
    ///
    /// One call on the wire when nothing changed. Pull requests are left out, every page is read.
    /// - Parameter cursor: what an earlier call returned and the caller has stored;
    ///   nil: list everything open.
    func changes(since cursor: String?) throws(TrackerError) -> TrackerChanges

    /// One task with its body.
    /// - Returns: nil where there is no such task (deleted, transferred, a pull request).
    func get(_ id: String) throws(TrackerError) -> TrackedTask?

    /// Every open task that shows `status`; nil: every open task.
    func list(status: TaskStatus?) throws(TrackerError) -> [TrackedTask]

    /// Creates a task, or finds the one that was created earlier with the same non-empty `draft.key`.
    func create(_ draft: TaskDraft) throws(TrackerError) -> TrackedTask

    /// Exactly these labels change, by one call on the wire; all others stay, those too that somebody sets
    /// meanwhile.
    ///
    /// Adding what is there and removing what is not changes nothing. See `LabelChange`.
    /// - Throws: `rejected` where a label to be added is invalid, before anything is sent.
    func changeLabels(adding: [String], removing: [String], of id: String) throws(TrackerError)

    /// Replaces all labels, those too that nobody here has seen yet: for a person who gives the whole set.
    ///
    /// Invalid ones are refused before anything is sent.
    func setLabels(_ labels: [String], of id: String) throws(TrackerError)

    /// Removes one label; nothing happens where it is not set.
    func removeLabel(_ label: String, from id: String) throws(TrackerError)

    /// Writes a comment, or finds the one written earlier with the same key (a hidden marker in its text).
    ///
    /// - Parameter mayExist: an earlier attempt may have written it, so look first (one more call).
    /// - Returns: the comment's own id.
    func comment(_ text: String, on id: String, key: String, mayExist: Bool) throws(TrackerError) -> String

    /// The newest comments by trusted authors, oldest first.
    /// - Parameter limit: at most so many, 1…100.
    func comments(on id: String, limit: Int) throws(TrackerError) -> [TrackedComment]

    /// Closes the task as done.
    func close(_ id: String) throws(TrackerError)

    /// Opens a closed task again; nothing happens where it is open.
    func reopen(_ id: String) throws(TrackerError)

    /// The ids of the direct children.
    func children(of id: String) throws(TrackerError) -> [String]

    /// Whether this login may drive orch by its permission on the tracker (owner, write access).
    func mayWrite(_ login: String) throws(TrackerError) -> Bool

    /// Whether the tracker can be used, told by one cheap call; the account's name.
    func checkHealth() throws(TrackerError) -> String
}

extension Tracker {
    /// Makes the change; where there is nothing to change nothing is sent.
    package func apply(_ change: LabelChange, to id: String) throws(TrackerError) {
        guard !change.isEmpty else { return }
        try changeLabels(adding: change.added, removing: change.removed, of: id)
    }
}

/// A task as a tracker shows it.
package struct TrackedTask: Equatable, Sendable {
    package let id: String
    package var title: String
    package var body: String
    package var labels: [String]
    package var author: String
    /// The tracker says for nothing that the author has no part in the project, and so cannot write to it.
    package var isByStranger = false
    package var isClosed: Bool
    package var url: String
    package var updatedAt: Timestamp
    /// nil where the tracker does not say.
    package var subtasks: AgentTask.Subtasks?

    package init(id: String, title: String, body: String = "", labels: [String] = [], author: String = "") {
        self.id = id
        self.title = title
        self.body = body
        self.labels = labels
        self.author = author
        isClosed = false
        url = ""
        updatedAt = Timestamp(seconds: 0)
    }
}

package struct TrackedComment: Equatable, Sendable {
    package let id: String
    package let author: String
    package let body: String
    package let createdAt: Timestamp

    package init(id: String, author: String, body: String, createdAt: Timestamp) {
        self.id = id
        self.author = author
        self.body = body
        self.createdAt = createdAt
    }
}

package struct TrackerChanges: Equatable, Sendable {
    /// New or changed tasks, closed ones included, each at most once.
    ///
    /// What is no task any more, because it lost the label that made it one, comes as closed; so may what
    /// never was one: a closed task that the store does not know means nothing.
    package var tasks: [TrackedTask]
    /// To be stored once the tasks are, and given to the next call; so nothing is
    /// lost between fetch and write. nil: the next call is to begin anew.
    package var cursor: String?
    /// The list was complete (no cursor was given): an open task that is not in it is gone.
    package var isComplete: Bool

    package init(tasks: [TrackedTask] = [], cursor: String?, isComplete: Bool = false) {
        self.tasks = tasks
        self.cursor = cursor
        self.isComplete = isComplete
    }
}
