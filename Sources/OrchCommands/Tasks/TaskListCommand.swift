import Arguments
import JSON
import OrchCore

/// `orch task list`: what there is to do.
enum TaskListCommand: Subcommand {
    private static let defaultLimit = 100
    private static let largestLimit = 1_000_000

    static let table = CommandTable("list", "List the tasks that are not finished", aliases: ["ls"]) {
        Option(
            "status", short: "s", "STATUS", "Only tasks of this status",
            .oneOf(TaskStatus.allCases.map(\.rawValue)))
        Flag("all", short: "a", "Finished and closed tasks too, the newest change first")
        Flag("global", short: "g", "Of all projects")
        Option("limit", short: "n", "COUNT", "At most so many of a project", .integer(1...largestLimit))
            .defaulting(to: .value("\(defaultLimit)"))
    }
    .example("orch task list --status needs_review", "What waits for a person.")

    static func run(_ context: Context) throws -> Int32 {
        let arguments = context.arguments
        let limit = arguments.integer("limit") ?? defaultLimit
        let projects = try context.listedProjects(isGlobal: arguments.flag("global"))
        var lists: [(project: Project, tasks: [AgentTask])] = []
        var isCut = false
        for project in projects {
            // One more than shown tells that there are more.
            let found = try tasks(of: project, limit: limit + 1, context)
            isCut = isCut || found.count > limit
            lists.append((project, Array(found.prefix(limit))))
        }
        if context.wantsJSON {
            context.print(
                .array(
                    lists.flatMap { list in
                        list.tasks.map { .object(TaskImage.json(of: $0, in: list.project.name)) }
                    }))
        } else {
            try show(lists, context)
            if isCut { Console.err("… and more; `--limit COUNT` shows them") }
        }
        return 0
    }

    private static func tasks(of project: Project, limit: Int, _ context: Context) throws -> [AgentTask] {
        let store = try context.store()
        let status = context.arguments.value("status").flatMap(TaskStatus.init)
        if context.arguments.flag("all") || status == .done {
            return try store.tasks(of: project.id, status: status, limit: limit)
        }
        let open = try store.openTasks(of: project.id)
        return Array(open.filter { status == nil || $0.status == status }.prefix(limit))
    }

    private static func show(
        _ lists: [(project: Project, tasks: [AgentTask])], _ context: Context
    ) throws {
        guard lists.contains(where: { !$0.tasks.isEmpty }) else {
            return Console.err(try NoTasks(of: lists.map(\.project), context).words)
        }
        let lines = lines(lists, now: Live.now(), context.terminal)
        Console.out(lines.joined(separator: "\n"))
    }

    /// v0's table; a column for the project where there are several.
    static func lines(
        _ lists: [(project: Project, tasks: [AgentTask])], now: Timestamp, _ terminal: TerminalStyle
    ) -> [String] {
        let projectColumn = lists.count == 1 ? [] : ["PROJECT"]
        var table = TextTable(["ID", "STATUS", "AGENT", "UPDATED"] + projectColumn + ["TITLE"])
        for (project, tasks) in lists {
            for task in tasks {
                let name = projectColumn.map { _ in TextTable.Cell(project.name, .dim) }
                table.add(cells(of: task, now: now) + name + [.init(task.title)])
            }
        }
        return table.lines(terminal, width: terminal.isTerminal ? terminal.width : nil)
    }

    private static func cells(of task: AgentTask, now: Timestamp) -> [TextTable.Cell] {
        let status = task.isClosed && task.status != .done ? "closed" : task.status.rawValue
        return [
            .init(task.key.id), .init(status, task.isClosed ? .dim : task.status.look),
            .init(task.agent?.rawValue ?? "-"), .init(task.updatedAt.age(at: now), .dim),
        ]
    }
}
