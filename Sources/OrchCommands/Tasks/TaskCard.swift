import JSON
import OrchCore

/// What `orch task get` shows of a task.
struct TaskCard {
    let task: AgentTask
    let project: String
    let now: Timestamp
    var body = ""
    /// The newest first.
    var runs: [Run] = []
    var children: [AgentTask] = []
    /// nil: not asked for.
    var comments: [TrackedComment]?
    /// nil: not asked for.
    var audit: [AuditEntry]?

    init(task: AgentTask, project: String, now: Timestamp) {
        self.task = task
        self.project = project
        self.now = now
    }

    func lines(_ terminal: TerminalStyle) -> [String] {
        var lines = [terminal.bold("\(task.key.id): \(task.title.onOneLine)")]
        lines += facts.map { name, value in "\(terminal.dim("\(name):".padded(to: 14))) \(value.onOneLine)" }
        if !body.isEmpty { lines += ["", Printable.text(body)] }
        if !children.isEmpty { lines += section("Children", terminal) + childLines(terminal) }
        lines += section("Runs", terminal) + runLines(terminal)
        if let comments { lines += section("Comments", terminal) + commentLines(comments, terminal) }
        if let audit { lines += section("Audit", terminal) + auditLines(audit, terminal) }
        return lines
    }

    /// What there is to say, in the order in which it is asked for.
    private var facts: [(String, String)] {
        let held = task.isHeld ? " (stopped by a person)" : ""
        let pinned = task.agentIsPinned ? " (chosen)" : ""
        let facts: [(String, String?)] = [
            ("status", (task.isClosed ? "closed, " : "") + task.status.rawValue + held),
            ("project", project), ("agent", task.agent.map { $0.rawValue + pinned }), ("model", task.model),
            ("complexity", task.complexity?.rawValue), ("labels", task.labels.joined(separator: ", ")),
            ("author", task.author + (task.isTrusted == false ? " (may not drive orch)" : "")),
            ("attempts", String(task.attempts)), ("waits until", task.parkedUntil?.iso8601),
            ("last error", task.lastError), ("parent", task.parent?.id), ("branch", task.branch),
            ("worktree", task.worktree), ("pull request", task.pullRequest), ("issue", task.url),
            ("updated", "\(task.updatedAt.iso8601) (\(task.updatedAt.age(at: now)))"),
            ("summary", task.summary),
        ]
        return facts.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } }
    }

    private func section(_ title: String, _ terminal: TerminalStyle) -> [String] {
        ["", terminal.bold("\(title):")]
    }

    private func childLines(_ terminal: TerminalStyle) -> [String] {
        var table = TextTable([])
        for child in children {
            table.add([
                .init(child.key.id), .init(child.status.rawValue, child.status.look), .init(child.title),
            ])
        }
        return table.lines(terminal)
    }

    private func runLines(_ terminal: TerminalStyle) -> [String] {
        if runs.isEmpty { return ["none yet; `orch task why \(task.key.id)` says why"] }
        return runs.flatMap { run in
            let line = RunLine(run: run, now: now)
            return ["\(line.head(terminal))", "    \(terminal.dim(run.directory))"]
                + (line.message.isEmpty ? [] : ["    \(line.message)"])
        }
    }

    private func commentLines(_ comments: [TrackedComment], _ terminal: TerminalStyle) -> [String] {
        comments.flatMap { comment in
            [
                terminal.dim("\(comment.author.onOneLine), \(comment.createdAt.iso8601)"),
                Printable.text(comment.body), "",
            ]
        }
    }

    private func auditLines(_ entries: [AuditEntry], _ terminal: TerminalStyle) -> [String] {
        var table = TextTable([])
        for entry in entries {
            table.add([
                .init(entry.at.iso8601, .dim), .init(entry.actor), .init(entry.act), .init(entry.detail),
            ])
        }
        return table.lines(terminal)
    }
}

extension TaskCard {
    var json: JSONValue {
        var object = TaskImage.json(of: task, in: project)
        object["body"] = .string(body)
        object["runs"] = .array(runs.map { .object(TaskImage.json(of: $0)) })
        object["children"] = .array(children.map { .string($0.key.id) })
        if let comments {
            object["comments"] = .array(
                comments.map { comment in
                    .object([
                        "author": .string(comment.author), "created_at": .string(comment.createdAt.iso8601),
                        "body": .string(comment.body),
                    ])
                })
        }
        if let audit {
            object["audit"] = .array(
                audit.map { entry in
                    .object([
                        "at": .string(entry.at.iso8601), "actor": .string(entry.actor),
                        "act": .string(entry.act),
                        "run": entry.run.map { TaskImage.number($0.rawValue) } ?? .null,
                        "detail": .string(entry.detail),
                    ])
                })
        }
        return .object(object)
    }
}
