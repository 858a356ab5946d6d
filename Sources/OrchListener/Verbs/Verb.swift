package import OrchCore

/// What a person may ask for, whichever way it comes: a chat, the API, the page. Each is one of `orch`'s
/// commands, so all of them do the same.
package enum Verb: Equatable, Sendable {
    case new(NewTask)
    case list(project: ProjectTag?)
    case status(project: ProjectTag?)
    case show(TaskReference)
    case why(TaskReference)
    /// Words for the agent at work.
    case say(TaskReference, words: String)
    case retry(TaskReference)
    case unblock(TaskReference)
    case assign(TaskReference, agent: AgentName)
    case kill(TaskReference)
    case approve(TaskReference)
    case merge(TaskReference)
    /// nil: everything.
    case pause(project: ProjectTag?)
    case resume(project: ProjectTag?)
    /// What is open and does not run, and why.
    case waiting(project: ProjectTag?)
    case cost(project: ProjectTag?)
    case jobs(project: ProjectTag?)

    /// A task as somebody words it.
    package struct NewTask: Equatable, Sendable {
        /// nil: the project that is meant where it is said.
        package var project: ProjectTag?
        package var title: String
        package var body = ""
        package var agent: AgentName?

        package init(title: String) { self.title = title }

        /// The first line is the title, what is below it the text.
        ///
        /// - Returns: nil where there are no words.
        package init?(words: String) {
            let lines = words.drop(while: \.isWhitespace)
            title = String(lines.prefix { !$0.isNewline })
            if title.isEmpty { return nil }
            body = String(lines.dropFirst(title.count).drop(while: \.isNewline))
        }
    }

    /// One word, the same in a chat, in a route of the API and in the audit.
    package var name: String {
        switch self {
        case .new: "new"
        case .list: "list"
        case .status: "status"
        case .show: "show"
        case .why: "why"
        case .say: "say"
        case .retry: "retry"
        case .unblock: "unblock"
        case .assign: "assign"
        case .kill: "kill"
        case .approve: "approve"
        case .merge: "merge"
        case .pause: "pause"
        case .resume: "resume"
        case .waiting: "waiting"
        case .cost: "cost"
        case .jobs: "jobs"
        }
    }

    /// The least role that may.
    package var role: Role {
        switch self {
        case .list, .status, .show, .why, .waiting, .cost, .jobs: .viewer
        case .new, .say, .retry, .unblock, .assign, .kill, .pause, .resume: .operator
        case .approve, .merge: .owner
        }
    }

    /// It takes something away, or publishes: a person is asked once whether it is meant.
    package var isDangerous: Bool {
        switch self {
        case .kill, .approve, .merge: true
        default: false
        }
    }

    /// What it is about; nil where that is no task that exists.
    package var task: TaskReference? {
        switch self {
        case .show(let task), .why(let task), .say(let task, _), .retry(let task), .unblock(let task),
            .assign(let task, _), .kill(let task), .approve(let task), .merge(let task):
            task
        case .new, .list, .status, .pause, .resume, .waiting, .cost, .jobs: nil
        }
    }

    /// The same with the project that is meant where it is said, unless it names one.
    package func inProject(_ tag: ProjectTag?) -> Verb {
        guard let tag else { return self }
        func located(_ task: TaskReference) -> TaskReference {
            var task = task
            task.project = task.project ?? tag
            return task
        }
        switch self {
        case .new(var task):
            task.project = task.project ?? tag
            return .new(task)
        case .list(let project): return .list(project: project ?? tag)
        case .status(let project): return .status(project: project ?? tag)
        case .show(let task): return .show(located(task))
        case .why(let task): return .why(located(task))
        case .say(let task, let words): return .say(located(task), words: words)
        case .retry(let task): return .retry(located(task))
        case .unblock(let task): return .unblock(located(task))
        case .assign(let task, let agent): return .assign(located(task), agent: agent)
        case .kill(let task): return .kill(located(task))
        case .approve(let task): return .approve(located(task))
        case .merge(let task): return .merge(located(task))
        case .jobs(let project): return .jobs(project: project ?? tag)
        case .waiting(let project): return .waiting(project: project ?? tag)
        case .cost(let project): return .cost(project: project ?? tag)
        // “Pause” means all of it unless a project is named.
        case .pause, .resume: return self
        }
    }
}
