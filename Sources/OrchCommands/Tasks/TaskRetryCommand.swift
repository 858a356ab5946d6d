import Arguments
import JSON
import OrchCore
import OrchEngine

/// `orch task retry`: a task from its start, whatever kept it.
enum TaskRetryCommand: Subcommand {
    static let table = CommandTable("retry", "Start a task anew, whatever kept it") {
        Positional("id", "The task", .required, .asked("tasks"))
        Flag("keep-agent", "By the agent that it has")
    }
    .discussion(
        """
        One reset for everything: status, attempts, errors, waiting times, stops, fail-over, the agent unless it is to \
        be kept. What is on its branch stays; the next attempt builds on it.
        """
    )

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let steered = try context.steering(of: project)
            .retry(task, keepingAgent: context.arguments.flag("keep-agent"))
        SteeredReport(task: task, steered: steered).show(context)
        return 0
    }
}

/// What is said of a task that was put back to its start.
struct SteeredReport {
    let task: AgentTask
    let steered: Steered

    func show(_ context: Context) {
        if let problem = steered.labelProblem {
            Console.err("The label follows with the next tick: \(problem.problem)")
        }
        if context.wantsJSON { return context.print(json) }
        Console.out(line)
    }

    var line: String {
        steered.isChanged
            ? "Task \(task.key.id) is `new` again (was `\(task.status.rawValue)`)"
            : "Task \(task.key.id) is `new` already; `orch task why \(task.key.id)` says what it waits for"
    }

    var json: JSONValue {
        .object([
            "id": .string(task.key.id), "changed": .bool(steered.isChanged),
            "from": .string(task.status.rawValue), "to": .string(TaskStatus.new.rawValue),
        ])
    }
}
