import OrchCore

let app = Project.ID(rawValue: "/srv/app")
let noon = Timestamp(seconds: 1_800_000_000)

func issue(_ number: Int, in project: Project.ID = app) -> TaskKey {
    TaskKey(project: project, backend: .github, id: "\(number)")
}

/// A trusted task of the project `app`.
func task(
    _ number: Int, _ status: TaskStatus = .new, _ change: (inout AgentTask) -> Void = { _ in }
) -> AgentTask {
    var task = AgentTask(key: issue(number), title: "Task \(number)", status: status)
    task.author = "octo"
    task.isTrusted = true
    task.labelledStatus = status
    task.updatedAt = noon
    change(&task)
    return task
}

/// A run of a task of `app`, live unless it has an outcome.
func run(
    _ number: Int, of task: Int, by agent: AgentName = .claude, outcome: RunOutcome? = nil,
    _ change: (inout Run) -> Void = { _ in }
) -> Run {
    var draft = RunDraft(task: issue(task), kind: .work, agent: agent, root: "/attempts", now: noon)
    draft.attempt = 1
    var run = Run(id: Run.ID(rawValue: number), draft: draft, directory: "/attempts/\(number)")
    run.state = outcome == nil ? .running : .ended
    run.host = Owner(bootID: "b", pid: Int32(number), startTime: 1)
    run.outcome = outcome
    change(&run)
    return run
}

/// `app`, owned by `octo`, with claude and codex.
func snapshot(
    _ tasks: [AgentTask] = [], runs: [Run] = [], _ configure: (inout Settings) -> Void = { _ in }
) -> Snapshot {
    var settings = Settings()
    settings.github.repository = RepositorySlug("octo/app")
    configure(&settings)
    var snapshot = Snapshot(now: noon)
    snapshot.projects[app] = Project(id: app, name: "app", settings: settings)
    snapshot.agents[app] = [.claude, .codex]
    snapshot.add(tasks)
    snapshot.add(runs)
    return snapshot
}

func failed(_ failure: AgentFailure, _ message: String = "it failed") -> RunOutcome {
    RunOutcome(failure: failure, status: .needsReview, message: message)
}

func breaker(minutes: Int) -> Breaker { Breaker(until: noon + .seconds(minutes * 60), reason: "limit") }

extension Snapshot {
    func with(_ change: (inout Snapshot) -> Void) -> Snapshot {
        var snapshot = self
        change(&snapshot)
        return snapshot
    }

    /// The picture after a phase has been performed.
    func after(_ decisions: [Decision]) -> Snapshot {
        with { for decision in decisions { $0.apply(decision) } }
    }
}
