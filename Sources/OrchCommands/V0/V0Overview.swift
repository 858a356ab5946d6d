import JSON
import OrchAdapters
import OrchCore

/// v0's pages that tell how things stand: `dashboard.sh` and `progress_report.sh`.
enum V0Overview {
    static let functions: [String: V0Command.Function] = [
        "dashboard": { try dashboard($0) }, "progress_report": { try report($0) },
    ]

    private static let plain = TerminalStyle()

    private static func dashboard(_ call: V0Call) throws -> Int32 {
        let open = try V0Lists.issues(["state": "open", "sort": "created", "direction": "desc"], call)
        let counts = try counts(of: open, call)
        if counts.values.reduce(0, +) == 0 {
            call.say("No tasks.")
        } else {
            call.say(Dashboard.countLine(counts))
            if !open.isEmpty {
                call.say("\nActive tasks:")
                V0Screens.table(V0Screens.header, open.map { V0Lists.row(of: $0, project: nil) }, call)
            }
        }
        for line in Dashboard.usageLines(try expense(call), plain) { call.say(line) }
        let cards = try V0Sidecars.all(call)
        let projects = try V0Projects.all(call).map { directory in
            let active = cards.filter { $0.text("dir") == directory && $0.text("status") != "done" }
            return "\(directory) (\(active.count) active)"
        }
        let folders = [
            "\(call.projectDirectory)/.orchestrator/worktrees",
            call.variable("ORCH_WORKTREES") ?? "\(call.home.home)/worktrees",
        ]
        let worktrees = folders.flatMap(LinkedWorktree.all).map { "\($0.path) (\($0.branch ?? "?"))" }
        let sections = Dashboard.section("Projects:", projects, plain)
        for line in sections + Dashboard.section("Worktrees:", worktrees, plain) { call.say(line) }
        return 0
    }

    private static func counts(of open: [JSONValue], _ call: V0Call) throws -> [TaskStatus: Int] {
        let counts =
            V0Lists.counts(in: open).map { ($0.status, $0.count) } + [
                (.done, try V0Lists.count("done", call))
            ]
        return Dictionary(counts) { $0 + $1 }
    }

    /// What v0's sidecars say, which is the last attempt of each task; what all have cost, of which they say
    /// nothing, by the store's runs.
    private static func expense(_ call: V0Call) throws -> Expense {
        let store = try call.store()
        let cost = try V0Projects.all(call).reduce(Expense()) { sum, directory in
            sum + (try store.expense(of: Project.ID(rawValue: WorkingDirectory.canonical(directory))))
        }
        let start = Expense(
            usage: Usage(costMicroDollars: cost.usage.costMicroDollars), time: .zero,
            unpricedRuns: cost.unpricedRuns)
        return try V0Sidecars.all(call).reduce(start) { sum, card in
            func number(_ field: String) -> Int { Int(card.text(field)) ?? 0 }
            let usage = Usage(inputTokens: number("input_tokens"), outputTokens: number("output_tokens"))
            return sum
                + Expense(usage: usage, time: .seconds(max(0, number("duration"))), unpricedRuns: 0)
        }
    }

    // progress_report.sh

    private static let defaultMinutes = 60
    private static let rowLimit = "20"
    private static let errorWidth = 60
    private static let pullLimit = 10

    private static func report(_ call: V0Call) throws -> Int32 {
        let minutes = call.variable("REPORT_SINCE_MINUTES").flatMap { Int($0) } ?? defaultMinutes
        let now = Live.now()
        let since = now - .seconds(minutes * 60)
        let open = try V0Lists.issues(["state": "open", "sort": "updated", "direction": "desc"], call)
        let counts = try counts(of: open, call)
        call.say("=== Progress Report (last \(minutes)m) ===\nGenerated: \(now.iso8601)\n")
        call.say("\nTask Status (all projects)")
        let order: [TaskStatus] = [.new, .routed, .inProgress, .inReview, .blocked, .done, .needsReview]
        let total = counts.values.reduce(0, +)
        V0Screens.table(
            ["STATUS", "QTY"],
            order.map { [$0.rawValue, "\(counts[$0] ?? 0)"] } + [
                ["────────", "───"], ["total", "\(total)"],
            ],
            call)
        let done = try V0Lists.issues(
            [
                "state": "closed", "labels": TaskStatus.done.label, "per_page": rowLimit, "sort": "updated",
                "direction": "desc",
            ], call
        ).filter { ($0["updated_at"].string ?? "") >= since.iso8601 }
        try part("Completed since \(since.iso8601)", done, [], call)
        func having(_ statuses: TaskStatus...) -> [JSONValue] {
            open.filter { issue in statuses.contains { V0Labels.names(in: issue).contains($0.label) } }
        }
        try part("In Progress", having(.inProgress), ["attempts"], call)
        try part("Needs Review", having(.needsReview), ["attempts", "last_error"], call)
        try part("Queued (new/routed)", having(.new, .routed), [], call)
        pulls(call)
        call.say("\n=== End Report ===")
        return 0
    }

    /// - Parameter fields: of the sidecar, beside agent and model.
    private static func part(
        _ title: String, _ issues: [JSONValue], _ fields: [String], _ call: V0Call
    ) throws {
        call.say("\n\(title)")
        guard !issues.isEmpty else { return call.say("(none)") }
        let rows = try issues.map { issue in
            let id = V0Lists.number(of: issue)
            let card = try call.sidecars.read(call.key(id))
            let values = fields.map { String((card[$0] ?? "-").onOneLine.prefix(errorWidth)) }
            let agent = V0Labels.value("agent:", in: issue) ?? card["agent"] ?? "?"
            return [id, agent, card["agent_model"] ?? "-"] + values + [
                (issue["title"].string ?? "").onOneLine
            ]
        }
        V0Screens.table(["ID", "AGENT", "MODEL"] + fields.map { $0.uppercased() } + ["TITLE"], rows, call)
    }

    /// A forge that does not answer is only missing from the report.
    private static func pulls(_ call: V0Call) {
        call.say("\nOpen PRs")
        guard let connection = try? call.connection() else { return }
        let forge = connection.forge
        guard let open = try? forge.open().prefix(pullLimit), !open.isEmpty else { return call.say("(none)") }
        let checks = (try? forge.checks(of: Array(open))) ?? [:]
        call.say("\n  \(connection.repository.name) (\(connection.repository)):")
        for pull in open {
            call.say("    #\(pull.number) [\(word(for: checks[pull.number]))] \(pull.title.onOneLine)")
        }
    }

    private static func word(for checks: PullChecks?) -> String {
        guard let checks, !checks.checks.isEmpty else { return "?" }
        if checks.isGreen { return "CI:pass" }
        return checks.failing.isEmpty ? "CI:pending" : "CI:fail"
    }
}
