package import OrchCore

/// Every sentence that a tick writes into the log, in one place.
package enum Wording {
    /// `dispatch: task 7: claude starts, attempt 2`.
    package static func line(for decision: Decision, task: AgentTask?) -> String {
        return "\(decision.phase): \(noun(decision.task)) \(decision.task.id): "
            + sentence(for: decision, task: task)
    }

    private static func noun(_ key: TaskKey) -> String {
        switch key.backend {
        case .github, .internal: "task"
        case .job: "job"
        case .pull: "review of pull request"
        }
    }

    static func sentence(for decision: Decision, task: AgentTask?) -> String {
        switch decision {
        case .collect(let run, let consequence): collected(run, consequence)
        case .takeOver(let run, let reason): "run \(run.id.rawValue) gets a new host: \(reason)"
        case .giveUp(let run, let outcome): "run \(run.id.rawValue) is given up: \(outcome.message)"
        case .stop(let run, let reason): "run \(run.id.rawValue) is asked to end: \(reason)"
        case .recover(_, let status, let reason): "\(reason); now \(status.rawValue)"
        case .admit: "taken in"
        case .ignore(_, let author): "not taken in: “\(author)” may not drive orch here"
        case .schedule(let job, let step): scheduled(job, step)
        case .unblock: "all its children are done"
        case .route(_, let route):
            "goes to \(route.agent)" + (route.model.map { " (\($0))" } ?? "") + ": \(route.reason)"
        case .ask(_, let router, let model):
            "\(router)" + (model.map { " (\($0))" } ?? "") + " is asked who does it"
        case .hold(_, let status, let reason): "\(reason); now \(status.rawValue)"
        case .dispatch: "\(task?.agent?.rawValue ?? "an agent") starts, attempt \((task?.attempts ?? 0) + 1)"
        case .label(_, let status): "label \(status.label) written"
        }
    }

    private static func scheduled(_ job: Job, _ step: JobStep) -> String {
        switch step {
        case .fire(let due):
            (job.isBash ? "its command starts" : "becomes a task") + ", due at \(due.iso8601)"
        case .note(let changes): "noted in its file: " + changes.map(noted).joined(separator: ", ")
        case .refuse(let reason): "switched off: \(reason)"
        }
    }

    private static func noted(_ change: JobChange) -> String {
        switch change {
        case .enabled(let isEnabled): isEnabled ? "enabled" : "disabled"
        case .lastRun(let moment): "it ran at \(moment.iso8601)"
        case .lastStatus(let status): "its last task is \(status)"
        case .activeTask(let task): task.map { "it waits for task \($0)" } ?? "it waits for nothing"
        }
    }

    private static func collected(_ run: Run, _ consequence: Consequence) -> String {
        let length = run.endedAt.map { " after \($0.since(run.startedAt).brief)" } ?? ""
        let status = consequence.changes.status.map { ", now \($0.rawValue)" } ?? ""
        let note = consequence.note.isEmpty ? "" : ": \(consequence.note)"
        return "run \(run.id.rawValue) by \(run.agent) ended\(length)\(status)\(note)"
    }
}
