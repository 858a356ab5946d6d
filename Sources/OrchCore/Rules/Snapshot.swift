/// Everything a tick knows, taken once, with one `now`; what the rules decide from.
///
/// Rules are pure functions of it. What an earlier phase decided is applied before a
/// later one looks (`apply`).
package struct Snapshot: Sendable {
    package let now: Timestamp
    package var projects: [Project.ID: Project] = [:]
    /// Open tasks of all projects, in the order in which they are taken, and those that are not open but have
    /// a run whose consequences are not drawn.
    package private(set) var tasks: [AgentTask] = []
    /// Runs that are live, or ended and not collected.
    package private(set) var runs: [Run] = []
    /// Live runs whose host's process is gone.
    package var orphans: Set<Run.ID> = []
    /// Tasks that a live process of v0 holds the lock of.
    package var foreignClaims: Set<TaskKey> = []
    /// Projects whose tracker could not be asked: nothing external is started from an old picture.
    package var unreachable: Set<Project.ID> = []
    /// Projects whose labels are not written now: they have no tracker, or it has just refused one.
    package var unlabelled: Set<Project.ID> = []
    /// Status of the known children of blocked tasks, done ones included.
    package var children: [TaskKey: [TaskStatus]] = [:]
    /// Agents that are installed and enabled, in the order of preference; known only where a task may need
    /// one.
    package var agents: [Project.ID: [AgentName]] = [:]
    package var breakers: [AgentName: Breaker] = [:]
    /// What starts nothing new.
    package var pauses: [WorkPause] = []
    /// Logins whose write access the tracker has confirmed.
    package var writers: [Project.ID: Set<String>] = [:]
    /// Logins that the tracker says for nothing have no part in the project: whether they may write need not
    /// be asked.
    package var strangers: [Project.ID: Set<String>] = [:]
    /// `required_tools` that are not on PATH.
    package var missingTools: [Project.ID: [String]] = [:]
    /// Whom routing chose last; round robin goes on behind it.
    package var lastRouted: [Project.ID: AgentName] = [:]
    /// How the agents did lately; known only where a project weighs its turns by it.
    package var records: [AgentName: AgentRecord] = [:]

    /// The jobs of all projects.
    package var jobs: [ScheduledJob] = []

    private var positions: [TaskKey: Int] = [:]
    private var busy: Set<TaskKey> = []
    /// Tasks with an ended run whose consequences are not drawn yet.
    private var unsettled: Set<TaskKey> = []

    package init(now: Timestamp) { self.now = now }

    package mutating func add(_ added: [AgentTask]) {
        tasks.reserveCapacity(tasks.count + added.count)
        positions.reserveCapacity(positions.count + added.count)
        for task in added {
            positions[task.key] = tasks.count
            tasks.append(task)
        }
    }

    package mutating func add(_ added: [Run]) {
        runs += added
        for run in added {
            if run.state.isLive { busy.insert(run.task) } else { unsettled.insert(run.task) }
        }
    }

    package func task(_ key: TaskKey) -> AgentTask? { positions[key].map { tasks[$0] } }

    /// Whether a run of this task is under way.
    package func hasLiveRun(_ key: TaskKey) -> Bool { busy.contains(key) }

    /// Whether a run of this task is under way, or has ended without its consequences drawn: a new one
    /// would be overtaken by them.
    package func hasOpenRun(_ key: TaskKey) -> Bool { busy.contains(key) || unsettled.contains(key) }

    /// How many tasks of the project are worked on; a job's command and a review take no task's place.
    package func liveRuns(of project: Project.ID) -> Int {
        busy.count { $0.project == project && $0.backend.hasTasks }
    }

    /// What keeps a project from starting anything new; nil where nothing does.
    package func pause(of project: Project.ID) -> WorkPause? {
        pauses.first { $0.project == nil || $0.project == project }
    }

    /// Whether this agent is to be left alone now.
    package func isTripped(_ agent: AgentName) -> Bool { breakers[agent]?.until.isAwaited(now) == true }

    /// The same of the agent that a task has: a limit on opencode's own model leaves it the free ones.
    package func isTripped(for task: AgentTask) -> Bool {
        guard let agent = task.agent, isTripped(agent) else { return false }
        guard agent == .opencode, let model = task.model else { return true }
        return projects[task.key.project]?.settings.freeModels.contains(model) != true
    }

    /// The picture after `decision`, for the phases that follow.
    package mutating func apply(_ decision: Decision) {
        if let position = positions[decision.task] {
            tasks[position] = tasks[position].applying(decision.changes)
        }
        switch decision {
        case .collect(let run, let consequence):
            runs.removeAll { $0.id == run.id }
            if !runs.contains(where: { $0.task == run.task && !$0.state.isLive }) {
                unsettled.remove(run.task)
            }
            if let breaker = consequence.breaker { breakers[run.agent] = breaker }
        case .takeOver(let run, _): orphans.remove(run.id)
        case .giveUp(let run, let outcome): end(run.id, outcome)
        case .stop(let run, _):
            if let position = runs.firstIndex(where: { $0.id == run.id }) {
                runs[position].isStopRequested = true
            }
        case .route(let task, let route):
            if !route.isPinned { lastRouted[task.project] = route.agent }
            records[route.agent, default: AgentRecord()].runs += 1
        case .dispatch(let task), .ask(let task, _, _): busy.insert(task)
        case .schedule(let job, let step): apply(step, to: job)
        case .recover, .admit, .ignore, .unblock, .hold, .label: break
        }
    }

    private mutating func apply(_ step: JobStep, to job: Job) {
        guard let position = jobs.firstIndex(where: { $0.job.key == job.key }) else { return }
        jobs[position].apply(step)
        if case .fire = step, job.isBash { busy.insert(job.key) }
    }

    private mutating func end(_ id: Run.ID, _ outcome: RunOutcome) {
        guard let position = runs.firstIndex(where: { $0.id == id }) else { return }
        runs[position].state = .ended
        runs[position].outcome = outcome
        busy.remove(runs[position].task)
        unsettled.insert(runs[position].task)
    }
}
