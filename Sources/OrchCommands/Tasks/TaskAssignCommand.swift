import Arguments
import JSON
import OrchAdapters
import OrchCore
import OrchEngine

/// `orch task assign`: this agent does it, now.
enum TaskAssignCommand: Subcommand {
    static let table = CommandTable("assign", "Give a task to an agent, and start it anew where it has ended")
    {
        Positional("id", "The task", .required, .asked("tasks"))
        Positional("agent", "The agent", .required, .asked("agents"))
    }
    .discussion(
        """
        As `orch task route ID AGENT`, and a task that waits for a person or is over begins anew with it.
        """
    )
    .example("orch task assign 42 codex", "Codex does it, whatever became of it before.")

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let catalog = try context.live().catalog(of: project)
        let agent = try TaskRouteCommand.named(context.arguments.required("agent"), among: catalog.names)
        if catalog.program(of: agent) == nil { Console.err("\(agent) is not installed here") }
        let (route, startsAnew) = try context.steering(of: project).assign(task, to: agent)
        if context.wantsJSON {
            context.print(
                .object([
                    "id": .string(task.key.id), "agent": .string(route.agent.rawValue),
                    "model": TaskImage.text(route.model), "starts_anew": .bool(startsAnew),
                ]))
        } else {
            let end = startsAnew ? ", and starts anew (was `\(task.status.rawValue)`)" : ""
            Console.out("Task \(task.key.id) goes to \(route.agent)\(end)")
        }
        return 0
    }
}
