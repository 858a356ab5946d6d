package import OrchCore

package enum EngineError: Error, Equatable {
    case taskMissing(String)
    case alreadyRunning(String)
    case runOver(Int)
    /// A person or a run host was faster than the tick.
    case changedMeanwhile(String)
    /// The task has no agent yet.
    case notRouted(String)
    /// The issue was deleted or transferred.
    case gone(String)
    /// The task's backend is switched off in its project.
    case noTracker(String)
    case projectMissing(Project.ID)
    /// The lease ran out, and another tick has it.
    case overtaken
}

extension EngineError: Explained {
    package var problem: String {
        switch self {
        case .taskMissing(let id): "there is no task \(id)"
        case .alreadyRunning(let id): "task \(id) has a live run already"
        case .runOver(let id): "run \(id) is over"
        case .changedMeanwhile(let id): "task \(id) has changed meanwhile"
        case .notRouted(let id): "task \(id) has no agent"
        case .gone(let id): "issue \(id) is not there any more: it was deleted or transferred"
        case .noTracker(let id): "task \(id) lives where this project does not look any more"
        case .projectMissing(let id): "\(id.rawValue) is no project of this tick"
        case .overtaken: "this took so long that another tick or sync has begun"
        }
    }

    package var fix: String {
        switch self {
        case .taskMissing: "see `orch task list`"
        case .alreadyRunning(let id): "`orch task stream \(id)` shows it; `orch task kill \(id)` ends it"
        case .runOver: "nothing to do"
        case .notRouted(let id): "`orch task route \(id)` gives it one"
        case .gone: "nothing to do: its task is closed"
        case .noTracker: "set `gh.repo` and `gh.enabled: true`, or leave the task"
        case .projectMissing: "see `orch project list`"
        case .overtaken: "nothing to do: the other one goes on"
        case .changedMeanwhile: "nothing to do: the next tick looks again"
        }
    }
}

/// The sentence of any error, ours or the system's.
package enum ErrorText {
    package static func problem(of error: any Error) -> String {
        (error as? any Explained)?.problem ?? String(describing: error)
    }
}
