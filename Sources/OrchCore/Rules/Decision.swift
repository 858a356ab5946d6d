/// One thing that a tick is going to do; `orch tick --dry-run` prints exactly these.
package enum Decision: Equatable, Sendable {
    /// Draw the consequences of an ended run.
    case collect(Run, Consequence)
    /// Start a new host for a live run whose host is gone.
    case takeOver(Run, reason: String)
    /// End a live run that nobody can finish.
    case giveUp(Run, RunOutcome)
    /// Ask a live run to end, because a person has taken its task away from it.
    case stop(Run, reason: String)
    /// Put a task back that shows `in_progress` while nothing runs.
    case recover(TaskKey, status: TaskStatus, reason: String)
    /// The author may drive orch: the task counts from now on.
    case admit(TaskKey)
    /// The author may not; said once.
    case ignore(TaskKey, author: String)
    /// A job fires, or is looked after.
    case schedule(Job, JobStep)
    /// All children are done: the parent goes on.
    case unblock(TaskKey)
    case route(TaskKey, Route)
    /// Let an agent say who does it: a run of its own, whose end is collected.
    case ask(TaskKey, router: AgentName, model: String?)
    /// Not started, and out of the queue until a person or a tool is there.
    case hold(TaskKey, status: TaskStatus, reason: String)
    case dispatch(TaskKey)
    /// The tracker's label lags behind: write it.
    case label(TaskKey, TaskStatus)

    /// The task that it is about, or the job.
    package var task: TaskKey {
        switch self {
        case .collect(let run, _), .takeOver(let run, _), .giveUp(let run, _), .stop(let run, _): run.task
        case .schedule(let job, _): job.key
        case .recover(let key, _, _), .admit(let key), .ignore(let key, _), .unblock(let key),
            .route(let key, _), .ask(let key, _, _),
            .hold(let key, _, _), .dispatch(let key), .label(let key, _):
            key
        }
    }

    /// What it changes in the task's row.
    package var changes: [TaskChange] {
        switch self {
        case .collect(_, let consequence): consequence.changes
        case .takeOver, .giveUp, .stop, .schedule, .ask: []
        case .recover(_, let status, let reason): [.status(status), .lastError(reason)]
        case .admit: [.trusted(true)]
        case .ignore: [.trusted(false)]
        case .unblock: [.status(.new), .parkedUntil(nil)]
        case .route(_, let route): route.changes
        case .hold(_, let status, let reason): [.status(status), .lastError(reason)]
        case .dispatch: [.status(.inProgress)]
        case .label(_, let status): [.labelledStatus(status)]
        }
    }

    /// The phase it belongs to: the prefix of its log line.
    package var phase: String {
        switch self {
        case .collect: "collect"
        case .takeOver, .giveUp, .stop, .recover: "rescue"
        case .admit, .ignore: "intake"
        case .schedule: "schedule"
        case .unblock: "unblock"
        case .route, .ask: "route"
        case .hold, .dispatch: "dispatch"
        case .label: "label"
        }
    }
}

/// What happens to a job.
package enum JobStep: Equatable, Sendable {
    /// For the moment that it was due at: once, whoever else may have begun it.
    case fire(due: Timestamp)
    /// Its file lags behind what has become of the last fire.
    case note([JobChange])
    /// It cannot be done as it stands, and is switched off.
    case refuse(reason: String)
}

/// Who is to do a task.
package struct Route: Equatable, Sendable {
    package let agent: AgentName
    /// nil: the agent's own default.
    package let model: String?
    /// A person or fail-over chose the agent.
    package let isPinned: Bool
    package let profile: TaskProfile

    package var reason: String { profile.reason }

    package init(agent: AgentName, model: String?, isPinned: Bool, reason: String) {
        var profile = TaskProfile()
        profile.reason = reason
        self.init(agent: agent, model: model, isPinned: isPinned, profile: profile)
    }

    package init(agent: AgentName, model: String?, isPinned: Bool, profile: TaskProfile) {
        self.agent = agent
        self.model = model
        self.isPinned = isPinned
        self.profile = profile
    }

    package var changes: [TaskChange] {
        [.status(.routed), .agent(agent, pinned: isPinned), .model(model), .profile(profile)]
    }
}
