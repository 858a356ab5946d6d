/// One thing that a phase of a sync has decided to do; `orch sync --dry-run` prints exactly these.
package protocol SyncStep: Sendable {
    /// The task that it is about; nil where it is about something else.
    var task: TaskKey? { get }
    /// What it is about, in a few words: `task 7`, `pull request 12`.
    var subject: String { get }
    /// What happens, without a full stop: the rest of its log line.
    var sentence: String { get }
    /// The pull request whose review it starts, a run that goes on when the sync is over; nil: none.
    var reviewedPull: Int? { get }
}

extension SyncStep {
    package var reviewedPull: Int? { nil }
    package var subject: String { task.map { "task \($0.id)" } ?? "the project" }
}
