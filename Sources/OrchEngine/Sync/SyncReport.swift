package import OrchCore

/// What a sync did, in order.
package struct SyncReport {
    /// Another sync is at work; this one did nothing.
    package private(set) var isAlreadyRunning = false
    package private(set) var entries: [Entry] = []

    package struct Entry {
        package let phase: String
        package let project: Project.ID
        /// nil where it is about no task.
        package let task: TaskKey?
        /// `merged: task 7: its pull request is merged; now done`.
        package let text: String
        /// The run that it has started, by what that is about; nil: none.
        package var started: TaskKey?
        /// What went wrong; nil where it was done.
        package let error: (any Error)?
    }

    package init() {}

    package static var alreadyRunning: SyncReport {
        var report = SyncReport()
        report.isAlreadyRunning = true
        return report
    }

    package var hasFailures: Bool { entries.contains { $0.error != nil } }

    /// What has runs of this sync's.
    package var started: [TaskKey] { entries.compactMap(\.started) }

    mutating func add(
        _ phase: String, _ step: some SyncStep, of project: Project.ID, failedWith error: (any Error)? = nil
    ) {
        let text = "\(phase): \(step.subject): \(step.sentence)" + (error == nil ? "" : " (failed)")
        var entry = Entry(phase: phase, project: project, task: step.task, text: text, error: error)
        if error == nil, let pull = step.reviewedPull {
            entry.started = TaskKey(project: project, backend: .pull, id: String(pull))
        }
        entries.append(entry)
    }

    package mutating func add(_ phase: String, failedToObserve project: Project.ID, error: any Error) {
        let text = "\(phase): \(project.rawValue): cannot be looked at"
        entries.append(Entry(phase: phase, project: project, task: nil, text: text, error: error))
    }
}
