import Arguments
import JSON
import OrchCore

/// `orch task status`: how many tasks stand where, and what happened last.
enum TaskStatusCommand: Subcommand {
    private static let recentLimit = 10

    static let table = CommandTable("status", "Count the tasks by status and show the newest changes") {
        Flag("global", short: "g", "Of all projects")
    }

    static func run(_ context: Context) throws -> Int32 {
        let projects = try context.listedProjects(isGlobal: context.arguments.flag("global"))
        let store = try context.store()
        var counts: [TaskStatus: Int] = [:]
        var recent: [AgentTask] = []
        for project in projects {
            counts.merge(try store.counts(of: project.id)) { $0 + $1 }
            recent += try store.tasks(of: project.id, status: nil, limit: recentLimit)
        }
        recent = Array(recent.sorted { $0.updatedAt > $1.updatedAt }.prefix(recentLimit))
        if context.wantsJSON {
            context.print(json(counts: counts, recent: recent))
        } else if counts.isEmpty {
            Console.err(try NoTasks(of: projects, context).words)
        } else {
            let lines = lines(
                counts: counts, recent: recent, projects: projects, now: Live.now(), context.terminal)
            Console.out(lines.joined(separator: "\n"))
        }
        return 0
    }

    /// The order in which v0 shows them.
    private static let order: [TaskStatus] = [
        .new, .routed, .inProgress, .inReview, .blocked, .needsReview, .done,
    ]

    private static func open(_ counts: [TaskStatus: Int]) -> Int {
        counts.reduce(0) { $0 + ($1.key == .done ? 0 : $1.value) }
    }

    static func lines(
        counts: [TaskStatus: Int], recent: [AgentTask], projects: [Project], now: Timestamp,
        _ terminal: TerminalStyle
    ) -> [String] {
        var table = TextTable(["STATUS", "QTY"])
        for status in order {
            let count = counts[status] ?? 0
            table.add([.init(status.rawValue, count > 0 ? status.look : .dim), .init("\(count)")])
        }
        let open = open(counts)
        table.add([.init("────────", .dim), .init("───", .dim)])
        table.add([.init("open"), .init("\(open)")])
        table.add([.init("total"), .init("\(open + (counts[.done] ?? 0))")])
        let lists = projects.map { project in
            (project: project, tasks: recent.filter { $0.key.project == project.id })
        }
        return table.lines(terminal) + ["", terminal.bold("Recent tasks:")]
            + TaskListCommand.lines(lists, now: now, terminal)
    }

    /// In v0's shape.
    static func json(counts: [TaskStatus: Int], recent: [AgentTask]) -> JSONValue {
        let open = open(counts)
        let byStatus = order.map { ($0.rawValue, TaskImage.number(counts[$0] ?? 0)) }
        return .object([
            "total": TaskImage.number(open + (counts[.done] ?? 0)), "open": TaskImage.number(open),
            "counts": .object(JSONObject(byStatus)),
            "recent": .array(recent.map(json)),
        ])
    }

    private static func json(of task: AgentTask) -> JSONValue {
        .object([
            "id": .string(task.key.id), "title": .string(task.title), "status": .string(task.status.rawValue),
            "agent": TaskImage.text(task.agent?.rawValue),
            "gh_issue_number": task.key.backend == .github ? .string(task.key.id) : .null,
            "updated_at": .string(task.updatedAt.iso8601),
        ])
    }
}
