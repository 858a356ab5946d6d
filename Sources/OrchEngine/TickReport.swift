package import OrchCore

/// What a tick did, in order.
package struct TickReport {
    /// Another tick is at work; this one did nothing.
    package private(set) var isAlreadyRunning = false
    package private(set) var entries: [Entry] = []
    /// What starts nothing new.
    package internal(set) var pauses: [WorkPause] = []

    package struct Entry {
        /// The phase, or `observe`, or `sidecar`.
        package let phase: String
        /// nil where no decision failed, but looking at something or telling v0 of one.
        package let decision: Decision?
        /// The task as the decision saw it.
        package let task: AgentTask?
        /// What went wrong; nil where it was done.
        package let error: (any Error)?
        /// The project, where no decision names a task.
        package let project: Project.ID
    }

    package init() {}

    package static var alreadyRunning: TickReport {
        var report = TickReport()
        report.isAlreadyRunning = true
        return report
    }

    package var hasFailures: Bool { entries.contains { $0.error != nil } }

    /// The tasks whose runs it started, or gave a new host.
    package var started: [TaskKey] {
        entries.compactMap { entry in
            guard entry.error == nil else { return nil }
            switch entry.decision {
            case .dispatch(let key), .ask(let key, _, _): return key
            case .takeOver(let run, _): return run.task
            case .schedule(let job, .fire) where job.isBash: return job.key
            default: return nil
            }
        }
    }

    package mutating func add(_ decision: Decision, task: AgentTask?, failedWith error: (any Error)? = nil) {
        let entry = Entry(
            phase: decision.phase, decision: decision, task: task, error: error,
            project: decision.task.project)
        entries.append(entry)
    }

    /// Takes in what a later tick did.
    package mutating func append(_ later: TickReport) { entries += later.entries }

    mutating func add(_ lag: SidecarLag, of task: TaskKey) {
        entries.append(
            Entry(phase: "sidecar", decision: nil, task: nil, error: lag, project: task.project))
    }

    package mutating func add(failedToObserve project: Project.ID, error: any Error) {
        entries.append(Entry(phase: "observe", decision: nil, task: nil, error: error, project: project))
    }
}
