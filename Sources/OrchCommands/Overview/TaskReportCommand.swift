import Arguments
import JSON
import OrchCore

/// `orch task report`: what happened lately, in all projects.
enum TaskReportCommand: Subcommand {
    static let table = CommandTable("report", "What happened lately, in all projects or in one") {
        Option("since", "TIME", "How far to look back, such as 90m or 1d", .duration())
            .defaulting(to: .value("60m"))
    }

    private static let standard: Duration = .seconds(3600)

    static func run(_ context: Context) throws -> Int32 {
        let projects = try context.listedProjects(isGlobal: context.arguments.value("project") == nil)
        let since = context.arguments.duration("since") ?? standard
        let report = try Report(of: projects, since: since, context)
        if context.wantsJSON {
            context.print(report.json)
        } else {
            Console.out(report.lines(context.terminal).joined(separator: "\n"))
        }
        return 0
    }
}

/// The parts of v0's report, from what the store knows.
struct Report {
    private let since: Duration
    private let now: Timestamp
    private var counts: [TaskStatus: Int] = [:]
    private var completed: [AgentTask] = []
    private var open: [AgentTask] = []

    /// As many as v0 shows of one kind.
    private static let limit = 20
    private static let errorWidth = 60

    init(of projects: [Project], since: Duration, _ context: Context) throws {
        let now = Live.now()
        let store = try context.store()
        for project in projects {
            counts.merge(try store.counts(of: project.id)) { $0 + $1 }
            completed += try store.tasks(of: project.id, status: .done, limit: Self.limit)
                .filter { $0.updatedAt >= now - since }
            open += try store.openTasks(of: project.id)
        }
        (self.since, self.now) = (since, now)
    }

    func lines(_ terminal: TerminalStyle) -> [String] {
        let waiting = open.filter { $0.status == .needsReview }
        let queued = open.filter { $0.status == .new || $0.status == .routed }
        var lines = [
            "=== Progress Report (last \(since.wholeSeconds / 60)m) ===", "Generated: \(now.iso8601)", "",
        ]
        lines += ["", terminal.bold("Task Status (all projects)")] + countLines(terminal)
        lines += part("Completed since \((now - since).iso8601)", completed, terminal)
        lines += part("In Progress", open.filter { $0.status == .inProgress }, terminal)
        lines += part("Needs Review", waiting, terminal, "LAST_ERROR") {
            String(($0.lastError ?? "").onOneLine.prefix(Self.errorWidth))
        }
        lines += part("Queued (new/routed)", queued, terminal)
        let pulls = open.filter { $0.status == .inReview }
        lines += part("Open PRs", pulls, terminal, "PULL REQUEST") { $0.pullRequest ?? "-" }
        return lines + ["", "=== End Report ==="]
    }

    private func countLines(_ terminal: TerminalStyle) -> [String] {
        var table = TextTable(["STATUS", "QTY"])
        for status in [TaskStatus.new, .routed, .inProgress, .inReview, .blocked, .done, .needsReview] {
            table.add([.init(status.rawValue), .init("\(counts[status] ?? 0)")])
        }
        table.add([.init("────────"), .init("───")])
        table.add([.init("total"), .init("\(counts.values.reduce(0, +))")])
        return table.lines(terminal)
    }

    private func part(
        _ title: String, _ tasks: [AgentTask], _ terminal: TerminalStyle, _ extra: String? = nil,
        cell: ((AgentTask) -> String)? = nil
    ) -> [String] {
        let head = ["", terminal.bold(title)]
        guard !tasks.isEmpty else { return head + ["(none)"] }
        var table = TextTable(["ID", "AGENT", "MODEL", "ATT"] + [extra].compactMap { $0 } + ["TITLE"])
        for task in tasks.prefix(Self.limit) {
            let first = [task.key.id, task.agent?.rawValue ?? "-", task.model ?? "-", "\(task.attempts)"]
            table.add((first + [cell?(task)].compactMap { $0 } + [task.title]).map { .init($0) })
        }
        let hidden = tasks.count - Self.limit
        return head + table.lines(terminal) + (hidden > 0 ? ["… and \(hidden) more"] : [])
    }

    var json: JSONValue {
        .object([
            "since": .string((now - since).iso8601),
            "counts": .object(
                JSONObject(TaskStatus.allCases.map { ($0.rawValue, TaskImage.number(counts[$0] ?? 0)) })),
            "completed": .array(completed.map(Self.json)), "open": .array(open.map(Self.json)),
        ])
    }

    private static func json(of task: AgentTask) -> JSONValue {
        .object([
            "id": .string(task.key.id), "project": .string(task.key.project.rawValue),
            "title": .string(task.title), "status": .string(task.status.rawValue),
            "agent": TaskImage.text(task.agent?.rawValue), "attempts": TaskImage.number(task.attempts),
            "last_error": TaskImage.text(task.lastError), "pull_request": TaskImage.text(task.pullRequest),
        ])
    }
}
