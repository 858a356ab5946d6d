import OrchCore

@testable import OrchCommands

let app = Project(id: .init(rawValue: "/srv/app"), name: "app", settings: Settings())
let web = Project(id: .init(rawValue: "/srv/web"), name: "web", settings: Settings())
let noon = Timestamp(seconds: 1_767_355_200)  // 2026-01-02T12:00:00Z
let plain = TerminalStyle()

func issue(_ number: Int, _ title: String, _ status: TaskStatus = .new, in project: Project = app)
    -> AgentTask
{
    var task = AgentTask(
        key: TaskKey(project: project.id, backend: .github, id: "\(number)"), title: title, status: status)
    task.updatedAt = noon - .seconds(number * 60)
    return task
}

func run(_ id: Int, of task: AgentTask, ended outcome: RunOutcome? = nil) -> Run {
    var draft = RunDraft(
        task: task.key, kind: .work, agent: .claude, root: "/attempts", now: noon - .seconds(200))
    draft.attempt = 2
    var run = Run(id: .init(rawValue: id), draft: draft, directory: "/attempts/\(id)")
    run.state = .running
    if let outcome {
        run.state = .collected
        run.outcome = outcome
        run.endedAt = noon
    }
    return run
}
