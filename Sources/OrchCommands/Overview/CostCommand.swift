import Arguments
import JSON
import OrchCore

/// `orch cost`: what the agents have consumed.
enum CostCommand: Subcommand {
    private static let defaultDays = 30
    /// Ten years.
    private static let largestDays = 3650

    static let table = CommandTable("cost", "Say what the agents have consumed", group: "Working") {
        Option("days", short: "d", "COUNT", "In so many days", .integer(1...largestDays))
            .defaulting(to: .value("\(defaultDays)"))
        Flag("global", short: "g", "Of all projects")
    }
    .discussion(
        """
        Of the runs that began in that time, by project and agent. What an agent does not tell is unknown, and never \
        counted as free. Runs that were swept (`workflow.retention_days`) are not in it.
        """
    )
    .example("orch cost --days 1 --global", "Since yesterday at this time, everywhere.")

    static func run(_ context: Context) throws -> Int32 {
        let days = context.arguments.integer("days") ?? defaultDays
        let store = try context.store()
        let since = Live.now() - .seconds(days * 86_400)
        let projects = try context.listedProjects(isGlobal: context.arguments.flag("global"))
        let lines = try projects.flatMap { project in
            try store.expenses(of: project.id, since: since).map { (project: project.name, line: $0) }
        }
        let page = CostPage(days: days, since: since, lines: lines)
        if context.wantsJSON {
            context.print(page.json)
        } else if lines.isEmpty {
            Console.err("No agent has run in \(counted(days, "day")).")
        } else {
            Console.out(page.lines(context.terminal).joined(separator: "\n"))
        }
        return 0
    }
}

/// What was consumed, line by line and in all.
struct CostPage {
    let days: Int
    let since: Timestamp
    let lines: [(project: String, line: AgentExpense)]

    private var total: Expense { lines.map(\.line.expense).reduce(Expense(), +) }
    private var runs: Int { lines.map(\.line.runs).reduce(0, +) }

    func lines(_ terminal: TerminalStyle) -> [String] {
        var table = TextTable(["PROJECT", "AGENT", "RUNS", "INPUT", "OUTPUT", "TIME", "COST"])
        for (project, line) in lines {
            table.add([.init(project), .init(line.agent.rawValue)] + Self.cells(line.runs, line.expense))
        }
        if lines.count > 1 { table.add([.init("all"), .init("")] + Self.cells(runs, total)) }
        return table.lines(terminal)
    }

    private static func cells(_ runs: Int, _ expense: Expense) -> [TextTable.Cell] {
        [
            .init("\(runs)"), .init("\(expense.usage.inputTokens)"), .init("\(expense.usage.outputTokens)"),
            .init(expense.time.brief), .init(cost(of: expense)),
        ]
    }

    private static func cost(of expense: Expense) -> String {
        guard let micro = expense.usage.costMicroDollars else { return "unknown" }
        let unpriced = expense.unpricedRuns
        return Usage.dollars(micro)
            + (unpriced > 0 ? ", and that of \(counted(unpriced, "run")) unknown" : "")
    }

    var json: JSONValue {
        var object = Self.fields(runs, total)
        object["days"] = TaskImage.number(days)
        object["since"] = .string(since.iso8601)
        object["lines"] = .array(
            lines.map { project, line in
                var fields = Self.fields(line.runs, line.expense)
                fields["project"] = .string(project)
                fields["agent"] = .string(line.agent.rawValue)
                return .object(fields)
            })
        return .object(object)
    }

    private static func fields(_ runs: Int, _ expense: Expense) -> JSONObject {
        [
            "runs": TaskImage.number(runs), "input_tokens": TaskImage.number(expense.usage.inputTokens),
            "output_tokens": TaskImage.number(expense.usage.outputTokens),
            "seconds": TaskImage.number(expense.time.wholeSeconds),
            "cost_micro_dollars": TaskImage.number(expense.usage.costMicroDollars),
            "unpriced_runs": TaskImage.number(expense.unpricedRuns),
        ]
    }
}
