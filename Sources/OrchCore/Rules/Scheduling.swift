/// Which jobs fire now.
///
/// 1. What a job's file says of its last fire is brought up to date.
/// 2. A fire that was begun and has no effect yet is finished, unless the job is refused by now.
/// 3. A job that is due fires, unless its last task is still under way or its command still runs.
package enum Scheduling {
    /// How many missed moments are made up for one by one (`catch_up: all`).
    package static let missedLimit = 100
    /// How far a job that never ran looks back, as in v0.
    package static let firstLook: Duration = .seconds(24 * 3600)
    /// A fire that is later than this counts as missed: ticks come every few seconds, and may take some.
    package static let onTime: Duration = .seconds(120)

    package static func decide(_ snapshot: Snapshot) -> [Decision] {
        snapshot.jobs.flatMap { decide($0, in: snapshot) }
    }

    private static func decide(_ scheduled: ScheduledJob, in snapshot: Snapshot) -> [Decision] {
        let job = scheduled.job
        var decisions: [Decision] = []
        let changes = job.state.changes(to: state(of: scheduled))
        if !changes.isEmpty { decisions.append(.schedule(job, .note(changes))) }
        guard !isBusy(scheduled, in: snapshot), snapshot.pause(of: job.key.project) == nil else {
            return decisions
        }
        if let fire = scheduled.lastFire, fire.effect == .pending, job.refusal == nil {
            decisions.append(.schedule(job, .fire(due: fire.due)))
        } else if job.isEnabled, let due = due(scheduled, now: snapshot.now) {
            let step = job.refusal.map { JobStep.refuse(reason: $0) } ?? .fire(due: due)
            decisions.append(.schedule(job, step))
        }
        return decisions
    }

    /// What the file is to say: a task that is over is waited for no more, and how it ended is noted. A task
    /// that nobody knows (deleted, or of another store) holds nothing up.
    package static func state(of scheduled: ScheduledJob) -> JobState {
        var state = scheduled.job.state
        if let fire = scheduled.lastFire { state.lastRun = max(state.lastRun ?? fire.firedAt, fire.firedAt) }
        if let task = scheduled.activeTask {
            if isUnderWay(task) {
                state.activeTask = task.key.id
            } else if state.activeTask == task.key.id {
                state.activeTask = nil
                state.lastStatus = (task.isClosed ? TaskStatus.done : task.status).rawValue
            }
        } else {
            state.activeTask = nil
        }
        return state
    }

    /// Queued, at work, or waiting for its children. One that waits for a person holds the next one up no
    /// longer: it may wait for weeks.
    private static func isUnderWay(_ task: AgentTask) -> Bool {
        if task.isClosed { return false }
        return switch task.status {
        case .new, .routed, .inProgress: true
        case .blocked: task.lastError == nil
        case .done, .inReview, .needsReview: false
        }
    }

    /// Whether its last task is under way or its command runs.
    package static func isBusy(_ scheduled: ScheduledJob, in snapshot: Snapshot) -> Bool {
        if snapshot.hasOpenRun(scheduled.job.key) { return true }
        return scheduled.activeTask.map(isUnderWay) ?? false
    }

    private static func due(_ scheduled: ScheduledJob, now: Timestamp) -> Timestamp? {
        switch scheduled.job.catchUp {
        case .once: scheduled.due.last
        case .all: scheduled.due.first
        case .skip: scheduled.due.last.flatMap { now.since($0) <= onTime ? $0 : nil }
        }
    }
}
