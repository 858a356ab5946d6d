/// What to do about runs whose host is gone or whose task a person took away, and about tasks that claim to
/// run while nothing does.
///
/// Liveness is the owner's, told by boot id and start time: a run is never taken from a living host, however
/// long it takes, and the clock alone condemns nobody.
package enum Rescuing {
    /// How many hosts a run may use up before it counts as lost: a host that dies of the
    /// run itself must not loop.
    package static let takeoverLimit = 10
    /// A host reports itself within milliseconds; after this, whoever started it died before it
    /// did. Each further host is given twice as long as the one before: a machine that is too busy
    /// must not use them all up.
    package static let startGrace: Duration = .seconds(5)

    package static func decide(_ snapshot: Snapshot) -> [Decision] {
        snapshot.runs.flatMap { run in
            [stop(run, in: snapshot), rescue(run, in: snapshot)].compactMap { $0 }
        } + stuckTasks(snapshot)
    }

    /// A run that is already publishing is over in a moment, and what it publishes is done work.
    private static func stop(_ run: Run, in snapshot: Snapshot) -> Decision? {
        guard run.kind == .work, run.state == .starting || run.state == .running, !run.isStopRequested,
            let task = snapshot.task(run.task), let reason = withdrawal(of: task)
        else { return nil }
        return .stop(run, reason: reason)
    }

    /// How a person took the task away from the agent that works on it; nil where nobody did.
    private static func withdrawal(of task: AgentTask) -> String? {
        if task.isClosed { return "its task was closed" }
        if task.status != .inProgress { return "a person made its task `\(task.status.rawValue)`" }
        let label = [Labels.noAgent, Labels.blocked].first { task.labels.contains($0) }
        return label.map { "its task has the label `\($0)` now" }
    }

    private static func rescue(_ run: Run, in snapshot: Snapshot) -> Decision? {
        guard run.state.isLive else { return nil }
        let reason: String
        if snapshot.orphans.contains(run.id) {
            reason = "its host is gone"
        } else if run.host == nil, isOverdue(run, now: snapshot.now) {
            reason = "no host ever reported"
        } else {
            return nil
        }
        guard run.takeovers < takeoverLimit else {
            let message = "the run host died \(takeoverLimit + 1) times"
            return .giveUp(run, RunOutcome(failure: .lost, status: .needsReview, message: message))
        }
        return .takeOver(run, reason: reason)
    }

    /// A run of a moment that is still to come was begun by a clock that was ahead.
    private static func isOverdue(_ run: Run, now: Timestamp) -> Bool {
        let age = now.since(run.startedAt)
        return age > startGrace * (1 << min(run.takeovers, takeoverLimit)) || age < .zero - startGrace
    }

    private static func stuckTasks(_ snapshot: Snapshot) -> [Decision] {
        snapshot.tasks.compactMap { task in
            guard task.status == .inProgress, task.isTrusted == true, !task.isClosed,
                !snapshot.hasOpenRun(task.key), !snapshot.foreignClaims.contains(task.key),
                let project = snapshot.projects[task.key.project]
            else { return nil }
            if task.agent == nil {
                return .recover(
                    task.key, status: .needsReview, reason: "task stuck in_progress without agent")
            }
            let idle = snapshot.now.since(task.updatedAt)
            guard idle >= project.settings.workflow.stuckTimeout else { return nil }
            return .recover(
                task.key, status: .new, reason: "recovered: stuck in_progress for \(idle.wholeSeconds)s")
        }
    }
}
