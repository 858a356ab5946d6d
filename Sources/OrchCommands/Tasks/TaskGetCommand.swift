import Arguments
import JSON
import OrchCore
import OrchEngine

/// `orch task get`: everything that is known of one task.
enum TaskGetCommand: Subcommand {
    private static let runLimit = 20
    private static let auditLimit = 20
    private static let commentLimit = 30

    static let table = CommandTable("get", "Show everything about a task", aliases: ["show"]) {
        Positional("id", "The task", .required, .asked("tasks"))
        Flag("comments", short: "c", "Its newest comments too (an issue’s are fetched)")
        Flag("audit", "Who did what to it, too")
    }
    .example("orch task get 42 --comments", "An issue with its runs and comments.")

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let store = try context.store()
        var card = TaskCard(task: task, project: project.name, now: Live.now())
        card.body = try store.body(of: task.key) ?? ""
        card.runs = try store.runs(of: task.key, limit: runLimit)
        card.children = try store.children(of: task.key)
        if context.arguments.flag("comments") { card.comments = try comments(on: task, of: project, context) }
        if context.arguments.flag("audit") {
            card.audit = try store.auditEntries(of: task.key, limit: auditLimit)
        }
        if context.wantsJSON {
            context.print(card.json)
        } else {
            Console.out(card.lines(context.terminal).joined(separator: "\n"))
        }
        return 0
    }

    private static func comments(
        on task: AgentTask, of project: Project, _ context: Context
    ) throws -> [TrackedComment] {
        guard let tracker = try context.live().ports().tracker(project, task.key.backend) else { return [] }
        if task.key.backend != .internal { Console.err("Fetching the comments …") }
        return try tracker.comments(on: task.key.id, limit: commentLimit)
    }
}
