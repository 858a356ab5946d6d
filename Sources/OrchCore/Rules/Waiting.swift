/// Why a task that could run does not: the rule behind `orch task why` and behind every
/// phase that starts something.
package enum Waiting: Equatable, Sendable {
    case closed
    /// Not a status in which anything is started.
    case status(TaskStatus)
    case untrusted(author: String)
    case noAgentLabel
    case blockedLabel
    case held
    case parked(until: Timestamp)
    case running
    case claimedByV0
    case trackerUnreachable
    case paused(WorkPause)

    /// The first reason that applies; nil where the task may be routed and started.
    package static func reason(_ task: AgentTask, in snapshot: Snapshot) -> Waiting? {
        if task.isClosed { return .closed }
        if task.isTrusted != true { return .untrusted(author: task.author) }
        if snapshot.hasOpenRun(task.key) { return .running }
        if !task.status.isRunnable { return .status(task.status) }
        if task.labels.contains(Labels.noAgent) { return .noAgentLabel }
        if task.labels.contains(Labels.blocked) { return .blockedLabel }
        if task.isHeld { return .held }
        if let until = task.parkedUntil, until.isAwaited(snapshot.now) { return .parked(until: until) }
        if snapshot.foreignClaims.contains(task.key) { return .claimedByV0 }
        if task.key.backend != .internal, snapshot.unreachable.contains(task.key.project) {
            return .trackerUnreachable
        }
        return snapshot.pause(of: task.key.project).map(Waiting.paused)
    }
}
