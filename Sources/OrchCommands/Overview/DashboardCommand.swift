import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch dashboard`: tasks, cost, projects and worktrees on one page.
enum DashboardCommand: Subcommand {
    static let table = CommandTable(
        "dashboard", "Tasks, cost, projects and worktrees on one page", group: "Working")

    static func run(_ context: Context) throws -> Int32 {
        let projects = try context.listedProjects(isGlobal: context.arguments.value("project") == nil)
        let dashboard = try Dashboard(of: projects, context)
        if context.wantsJSON {
            context.print(dashboard.json)
        } else {
            Console.out(dashboard.lines(now: Live.now(), context.terminal).joined(separator: "\n"))
            for (pause, name) in try context.pauses() {
                let words = PauseWords(pause, project: name)
                Console.err("\(words.problem); \(words.fix)")
            }
        }
        return 0
    }
}

/// What stands on the page; the order and the words are v0's.
struct Dashboard {
    struct Share {
        let project: Project
        let counts: [TaskStatus: Int]
        let open: [AgentTask]
        let expense: Expense
        let worktrees: [LinkedWorktree]
    }

    let shares: [Share]

    /// More open tasks of one project are not read on a page.
    private static let taskLimit = 100

    init(of projects: [Project], _ context: Context) throws {
        let store = try context.store()
        shares = try projects.map { project in
            Share(
                project: project, counts: try store.counts(of: project.id),
                open: try store.openTasks(of: project.id), expense: try store.expense(of: project.id),
                worktrees: LinkedWorktree.all(in: "\(project.directory)/.orchestrator/worktrees"))
        }
    }

    private static let order: [TaskStatus] = [
        .new, .routed, .inProgress, .inReview, .blocked, .done, .needsReview,
    ]

    private var counts: [TaskStatus: Int] {
        shares.reduce(into: [:]) { sum, share in sum.merge(share.counts) { $0 + $1 } }
    }

    private var expense: Expense { shares.map(\.expense).reduce(Expense(), +) }

    func lines(now: Timestamp, _ terminal: TerminalStyle) -> [String] {
        taskLines(now: now, terminal) + Self.usageLines(expense, terminal)
            + Self.section(
                "Projects:", shares.map { "\($0.project.directory) (\($0.open.count) active)" }, terminal)
            + Self.section(
                "Worktrees:", shares.flatMap(\.worktrees).map { "\($0.path) (\($0.branch ?? "no branch"))" },
                terminal)
    }

    private func taskLines(now: Timestamp, _ terminal: TerminalStyle) -> [String] {
        let counts = counts
        let total = counts.values.reduce(0, +)
        guard total > 0 else { return ["No tasks."] }
        var lines = [Self.countLine(counts)]
        let lists = shares.filter { !$0.open.isEmpty }.map {
            (project: $0.project, tasks: Array($0.open.prefix(Self.taskLimit)))
        }
        if !lists.isEmpty {
            lines += ["", terminal.bold("Active tasks:")] + TaskListCommand.lines(lists, now: now, terminal)
        }
        let hidden = shares.map { max(0, $0.open.count - Self.taskLimit) }.reduce(0, +)
        return hidden > 0 ? lines + ["… and \(hidden) more; `orch task list` shows them"] : lines
    }

    static func countLine(_ counts: [TaskStatus: Int]) -> String {
        let total = counts.values.reduce(0, +)
        return "Tasks: \(total) total — "
            + order.map { "\(counts[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
    }

    static func usageLines(_ expense: Expense, _ terminal: TerminalStyle) -> [String] {
        let usage = expense.usage
        guard usage.totalTokens > 0 || usage.costMicroDollars != nil else { return [] }
        let unpriced = expense.unpricedRuns
        let rest = unpriced > 0 ? ", and that of \(counted(unpriced, "run")) unknown" : ""
        return [
            "", terminal.bold("Usage:"),
            "  Tokens: \(usage.inputTokens) input / \(usage.outputTokens) output",
            "  Duration: \(expense.time.brief)",
            "  Cost: " + (usage.costMicroDollars.map { Usage.dollars($0) + rest } ?? "unknown"),
        ]
    }

    static func section(_ title: String, _ lines: [String], _ terminal: TerminalStyle) -> [String] {
        ["", terminal.bold(title)] + (lines.isEmpty ? ["  (none)"] : lines.map { "  \($0)" })
    }

    var json: JSONValue {
        let expense = expense
        return .object([
            "counts": .object(
                JSONObject(Self.order.map { ($0.rawValue, TaskImage.number(counts[$0] ?? 0)) })),
            "usage": .object([
                "input_tokens": TaskImage.number(expense.usage.inputTokens),
                "output_tokens": TaskImage.number(expense.usage.outputTokens),
                "seconds": TaskImage.number(expense.time.wholeSeconds),
                "cost_micro_dollars": TaskImage.number(expense.usage.costMicroDollars),
                "unpriced_runs": TaskImage.number(expense.unpricedRuns),
            ]),
            "projects": .array(shares.map(Self.json)),
        ])
    }

    private static func json(of share: Share) -> JSONValue {
        .object([
            "name": .string(share.project.name), "directory": .string(share.project.directory),
            "open_tasks": .array(share.open.map { .object(TaskImage.json(of: $0, in: share.project.name)) }),
            "worktrees": .array(
                share.worktrees.map {
                    .object(["path": .string($0.path), "branch": TaskImage.text($0.branch)])
                }),
        ])
    }
}
