import Arguments
import JSON
import OrchCore
import OrchEngine

/// `orch task run`: one attempt at a task, here and now.
enum TaskRunCommand: Subcommand {
    static let table = CommandTable("run", "Run a task here, in the foreground") {
        Positional("id", "The task", .required, .asked("tasks"))
    }
    .discussion(
        """
        Routes the task where nobody is chosen, and stays with its agent to the end. Free places and times to wait do \
        not count: a person is here. Interrupted, the agent goes on, and the next tick looks after it.
        """
    )
    .exitStatus(0, "The work is published.")
    .exitStatus(1, "It failed, or a person has to look.")
    .exitStatus(75, "The run goes on without this terminal.")

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let steering = try context.steering(of: project)
        let foreground = ForegroundRun(
            steering: steering, environment: context.environment,
            show: { context.wantsJSON ? Console.err($0) : Console.raw($0) })
        let run = try foreground.begin(task)
        Console.err("Run \(run.id.rawValue), attempt \(run.attempt) by \(run.agent); folder \(run.directory)")
        let status = try foreground.host(run)
        guard status == 0 else {
            Console.err(
                "Run \(run.id.rawValue) goes on without this terminal; `orch task stream \(task.key.id)` shows it"
            )
            return status
        }
        let outcome = try context.store().run(run.id)?.outcome
        let after = try steering.collect(run)
        show(run, outcome, after, context)
        return outcome.map { $0.failure == nil && $0.status != .needsReview } == true ? 0 : 1
    }

    private static func show(_ run: Run, _ outcome: RunOutcome?, _ task: AgentTask?, _ context: Context) {
        let status = task?.status.rawValue ?? "gone"
        if context.wantsJSON {
            return context.print(
                .object([
                    "id": .string(run.task.id), "run": TaskImage.number(run.id.rawValue),
                    "status": .string(status),
                    "failure": TaskImage.text(outcome?.failure?.word),
                    "message": TaskImage.text(outcome?.message),
                    "pull_request": TaskImage.text(outcome?.pullRequest),
                ]))
        }
        let message = outcome.map { $0.message.isEmpty ? "" : ": \($0.message.onOneLine)" } ?? ""
        Console.out("Task \(run.task.id) is `\(status)`\(message)")
    }
}
