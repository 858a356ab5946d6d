/// A job at the moment of a tick.
package struct ScheduledJob: Equatable, Sendable {
    package fileprivate(set) var job: Job
    /// The moments it is due at that no fire stands for, oldest first; at most `Scheduling.missedLimit`.
    package var due: [Timestamp] = []
    package var lastFire: Fire?
    /// The task of the last fire, or the one that the file names; nil where there is none, or none is known.
    package var activeTask: AgentTask?

    package init(_ job: Job) { self.job = job }
}

extension ScheduledJob {
    /// The picture after a step was performed; the task that a fire makes is not known yet.
    mutating func apply(_ step: JobStep) {
        switch step {
        case .fire:
            due = []
            lastFire = nil
        case .note(let changes): for change in changes { job.apply(change) }
        case .refuse: job.isEnabled = false
        }
    }
}
