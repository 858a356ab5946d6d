import JSON
import OrchAdapters
import OrchCore
import Platform
import Subprocess

/// What v0's scripts print for people.
enum V0Screens {
    static let functions: [String: V0Command.Function] = [
        "list_tasks": { try list($0) }, "status": { try status($0) }, "tree": { try tree($0) },
        "agents": { try agents($0) }, "db_status_json": { try json($0) },
        "task_live": { try live($0) },
    ]

    static let header = ["ID", "STATUS", "AGENT", "ISSUE", "TITLE"]
    private static let globalHeader = ["ID", "STATUS", "AGENT", "ISSUE", "PROJECT", "TITLE"]
    private static let recentCount = "10"

    static func table(_ header: [String], _ rows: [[String]], _ call: V0Call) {
        var table = TextTable([])
        for row in [header] + rows { table.add(row.map { TextTable.Cell($0) }) }
        call.say(table.lines(.plain).joined(separator: "\n"))
    }

    private static func list(_ call: V0Call) throws -> Int32 {
        let issues = try V0Lists.issues(["state": "open", "sort": "created", "direction": "desc"], call)
        guard !issues.isEmpty else {
            call.say("No tasks.")
            return 0
        }
        table(header, issues.map { V0Lists.row(of: $0, project: nil) }, call)
        return 0
    }

    // status.sh

    private static let order: [TaskStatus] = [
        .new, .routed, .inProgress, .inReview, .blocked, .needsReview,
    ]

    private static func status(_ call: V0Call) throws -> Int32 {
        if call.arguments.contains("--json") { return try json(call) }
        let open = try V0Lists.issues(["state": "open", "sort": "created", "direction": "desc"], call)
        let done = try V0Lists.count("done", call)
        let counts = Dictionary(uniqueKeysWithValues: V0Lists.counts(in: open))
        let sum = counts.values.reduce(0, +)
        guard sum + done > 0 else {
            call.say("No tasks. Add one with: orchestrator task add \"title\"")
            return 0
        }
        var rows = order.map { [$0.rawValue, "\(counts[$0] ?? 0)"] }
        rows += [
            ["done", "\(done)"], ["────────", "───"], ["open", "\(sum)"], ["total", "\(sum + done)"],
        ]
        table(["STATUS", "QTY"], rows, call)
        call.say("\nRecent tasks:")
        if call.arguments.contains("--global") || call.arguments.contains("-g") {
            let recent = try recent(call)
            let name = try call.repository().name
            table(globalHeader, recent.map { V0Lists.row(of: $0, project: name) }, call)
        } else {
            let newest = open.prefix(Int(recentCount) ?? 0)
            table(header, newest.map { V0Lists.row(of: $0, project: nil) }, call)
        }
        return 0
    }

    private static func recent(_ call: V0Call) throws -> [JSONValue] {
        try V0Lists.issues(
            ["state": "open", "sort": "updated", "direction": "desc", "per_page": recentCount], call)
    }

    private static func json(_ call: V0Call) throws -> Int32 {
        let open = try V0Lists.issues(["state": "open"], call)
        let done = try V0Lists.count("done", call)
        let counts = V0Lists.counts(in: open)
        let sum = counts.reduce(0) { $0 + $1.count }
        var byStatus = JSONObject()
        for status in order {
            let count = counts.first { $0.status == status }?.count ?? 0
            byStatus[status.rawValue] = .int(Int64(count))
        }
        byStatus["done"] = .int(Int64(done))
        let newest = try recent(call).map { issue -> JSONValue in
            let id = JSONValue.string(V0Lists.number(of: issue))
            return [
                "id": id, "title": issue["title"],
                "status": .string(V0Labels.value("status:", in: issue) ?? "new"),
                "agent": V0Labels.value("agent:", in: issue).map { .string($0) } ?? .null,
                "gh_issue_number": id, "updated_at": issue["updated_at"],
            ]
        }
        let image: JSONValue = [
            "total": .int(Int64(sum + done)), "open": .int(Int64(sum)), "counts": .object(byStatus),
            "recent": .array(newest),
        ]
        call.say(image.text())
        return 0
    }

    // tree.sh

    /// More generations nobody has, and a circle would have.
    private static let depthLimit = 20

    private static func tree(_ call: V0Call) throws -> Int32 {
        let roots = try V0Lists.issues(["state": "open"], call)
        guard !roots.isEmpty else {
            call.say("No tasks.")
            return 0
        }
        for (index, root) in roots.enumerated() {
            try branch(root, prefix: "", isLast: index == roots.count - 1, depth: 0, call)
            call.say("")
        }
        return 0
    }

    private static func branch(
        _ issue: JSONValue, prefix: String, isLast: Bool, depth: Int, _ call: V0Call
    ) throws {
        let id = V0Lists.number(of: issue)
        let status = V0Labels.value("status:", in: issue) ?? "new"
        let agent = V0Labels.value("agent:", in: issue) ?? "-"
        let title = (issue["title"].string ?? "").onOneLine
        call.say("\(prefix)\(isLast ? "└─" : "├─") [\(id)] (\(status)) \(agent) - \(title)")
        guard depth < depthLimit else { return }
        let children = try call.connection().tracker.children(of: id)
        for (index, child) in children.enumerated() {
            guard let issue = try call.issue(child) else { continue }
            let next = prefix + (isLast ? "   " : "│  ")
            try branch(issue, prefix: next, isLast: index == children.count - 1, depth: depth + 1, call)
        }
    }

    // task_live.sh

    private static func live(_ call: V0Call) throws -> Int32 {
        let runs = try call.store().openRuns().filter { $0.state.isLive && $0.kind != .job }
        guard !runs.isEmpty else {
            call.say("No active agent sessions.")
            return 0
        }
        call.say("\nActive Agent Sessions:")
        let rows = try runs.map { run in
            let title = try call.store().task(run.task)?.title ?? ""
            return [
                run.session ?? "-", run.task.id, run.agent.rawValue, run.startedAt.iso8601,
                title.cut(to: titleWidth),
            ]
        }
        table(["SESSION", "TASK", "AGENT", "STARTED", "TITLE"], rows, call)
        call.say("\nAttach: orch task attach <task_id>")
        return 0
    }

    private static let titleWidth = 40

    // agents.sh

    private static func agents(_ call: V0Call) throws -> Int32 {
        for name in V0Labels.agents {
            let label = "  \(name.padded(to: 10))  "
            guard let program = ProgramSearch.find(name, path: call.environment["PATH"] ?? "") else {
                call.say("\(label)✗  not installed")
                continue
            }
            let asking = AgentProbe.version(program, environment: Command.Environment(call.environment))
            // One that cannot be asked is there all the same.
            let version = (try? asking.run()).flatMap(AgentProbe.readVersion)
            call.say("\(label)✓  \(version ?? "unknown")")
        }
        return 0
    }
}
