/// One piece of work, as the store knows it: an internal task itself, or the last seen
/// picture of an external one.
///
/// The body is not here, because a tick reads every open task and no rule needs it; ask `Store.body(of:)`.
package struct AgentTask: Equatable, Sendable {
    package let key: TaskKey
    /// As it stood when the task became trusted, or as last seen before that.
    package var title: String
    package var status: TaskStatus
    package var labels: [String] = []
    /// Login of who wrote the task; empty for internal tasks, which only the owner of the store can make.
    package var author = ""
    /// Closed on the tracker, deleted, or transferred.
    package var isClosed = false
    /// Web address; empty for internal tasks.
    package var url = ""
    /// The tracker's own time of the last change; for internal tasks the store's.
    package var updatedAt = Timestamp(seconds: 0)

    /// The status that the tracker's label shows, as last seen or written; nil where there is no such label.
    ///
    /// Labels are a projection: when this differs from `status`, orch still has to write it.
    package var labelledStatus: TaskStatus?
    /// Whether the author may drive orch; nil until `intake` has decided.
    package var isTrusted: Bool?

    package var agent: AgentName?
    /// Set by a person or by fail-over: routing leaves the choice alone.
    package var agentIsPinned = false
    package var model: String?
    package var complexity: Complexity?
    /// nil until it is routed.
    package var profile: TaskProfile?
    /// Attempts that counted; a usage limit does not.
    package var attempts = 0
    /// Not before this moment (usage limit, back-off); nil: at once.
    package var parkedUntil: Timestamp?
    /// The agents that hit a limit since the last success, in order: fail-over never
    /// goes back to one of them.
    package var failoverChain: [AgentName] = []
    package var lastError: String?
    /// How many runs in a row ended with the same error as the last one; 0 after a success.
    package var sameErrorCount = 0

    package var parent: TaskKey?
    /// Sub-issues as the tracker counts them; nil where it does not say.
    package var subtasks: Subtasks?
    package var branch: String?
    package var worktree: String?
    package var summary: String?
    /// Web address of the pull request; nil while there is none.
    package var pullRequest: String?
    /// Stopped by a person (`orch task kill`): not started again until `orch task retry`.
    package var isHeld = false

    package init(key: TaskKey, title: String, status: TaskStatus) {
        self.key = key
        self.title = title
        self.status = status
    }

    /// Direct children on the tracker, and how many of them are closed.
    package struct Subtasks: Equatable, Sendable {
        package let total: Int
        package let closed: Int

        package init(total: Int, closed: Int) {
            self.total = total
            self.closed = closed
        }
    }

    /// As set, else as labelled, else medium.
    package var assumedComplexity: Complexity {
        complexity ?? Labels.complexity(in: labels) ?? .assumed
    }

    /// Work that may still move; what a tick looks at.
    package var isOpen: Bool { !isClosed && status != .done }
}
