import OrchCore
import SQLite

/// A row of `tasks`, both ways.
enum TaskRow {
    static let table = "tasks"

    private static let names = [
        "project", "backend", "id", "number", "title", "status", "labels", "author", "is_closed", "url",
        "updated_at", "labelled_status", "is_trusted", "agent", "agent_is_pinned", "model", "complexity",
        "attempts", "parked_until", "failover_chain", "last_error", "same_error_count", "parent_project",
        "parent_backend", "parent_id", "subtasks_total", "subtasks_closed", "branch", "worktree", "summary",
        "pull_request", "is_held", "profile",
    ]
    private static let keyNames: Set = ["project", "backend", "id"]

    static let columns = names.joined(separator: ", ")

    /// Inserts a task or replaces all that is known of it, `draft_key` apart.
    static let upsert = """
        INSERT INTO tasks (\(columns)) VALUES (\(names.indices.map { "?\($0 + 1)" }.joined(separator: ", ")))
        ON CONFLICT (project, backend, id) DO UPDATE SET
        \(names.filter { !keyNames.contains($0) }.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
        """

    /// In the order of `columns`.
    static func values(of task: AgentTask) -> [(any SQLiteConvertible)?] {
        [
            task.key.project, task.key.backend, task.key.id, task.key.number, task.title, task.status,
            TextList(items: task.labels), task.author, task.isClosed, task.url, task.updatedAt,
            task.labelledStatus, task.isTrusted, task.agent, task.agentIsPinned, task.model, task.complexity,
            task.attempts, task.parkedUntil, TextList(items: task.failoverChain.map(\.rawValue)),
            task.lastError,
            task.sameErrorCount, task.parent?.project, task.parent?.backend, task.parent?.id,
            task.subtasks?.total, task.subtasks?.closed, task.branch, task.worktree, task.summary,
            task.pullRequest, task.isHeld, task.profile,
        ]
    }

    /// - Parameter project: where it is known: ten thousand tasks then share one text.
    static func task(_ row: borrowing Row, of project: Project.ID? = nil) throws(SQLiteError) -> AgentTask {
        let home: Project.ID = if let project { project } else { try row.value(0, in: table) }
        let key = TaskKey(
            project: home, backend: try row.value(1, in: table), id: try row.value(2, in: table))
        var task = AgentTask(
            key: key, title: try row.value(4, in: table), status: try row.value(5, in: table))
        try readTracked(row, into: &task)
        try readProgress(row, into: &task)
        try readRelations(row, into: &task)
        return task
    }

    /// What a tracker says.
    private static func readTracked(_ row: borrowing Row, into task: inout AgentTask) throws(SQLiteError) {
        let labels: TextList = try row.value(6, in: table)
        task.labels = labels.items
        task.author = try row.value(7, in: table)
        task.isClosed = try row.value(8, in: table)
        task.url = try row.value(9, in: table)
        task.updatedAt = try row.value(10, in: table)
        task.labelledStatus = try row.optional(11, in: table)
        task.isTrusted = try row.optional(12, in: table)
    }

    private static func readProgress(_ row: borrowing Row, into task: inout AgentTask) throws(SQLiteError) {
        task.agent = try row.optional(13, in: table)
        task.agentIsPinned = try row.value(14, in: table)
        task.model = try row.optional(15, in: table)
        task.complexity = try row.optional(16, in: table)
        task.attempts = try row.value(17, in: table)
        task.parkedUntil = try row.optional(18, in: table)
        let chain: TextList = try row.value(19, in: table)
        task.failoverChain = chain.items.compactMap(AgentName.init)
        guard task.failoverChain.count == chain.items.count else {
            throw .unknownValue(chain.sqliteValue, in: "tasks.failover_chain")
        }
        task.lastError = try row.optional(20, in: table)
        task.sameErrorCount = try row.value(21, in: table)
    }

    private static func readRelations(_ row: borrowing Row, into task: inout AgentTask) throws(SQLiteError) {
        task.parent = try key(row, from: 22, id: 24)
        let total: Int? = try row.optional(25, in: table)
        let closed: Int? = try row.optional(26, in: table)
        if let total, let closed { task.subtasks = AgentTask.Subtasks(total: total, closed: closed) }
        task.branch = try row.optional(27, in: table)
        task.worktree = try row.optional(28, in: table)
        task.summary = try row.optional(29, in: table)
        task.pullRequest = try row.optional(30, in: table)
        task.isHeld = try row.value(31, in: table)
        task.profile = try row.optional(32, in: table)
    }

    /// Project, backend and id from three columns; nil where they are NULL.
    private static func key(_ row: borrowing Row, from first: Int, id: Int) throws(SQLiteError) -> TaskKey? {
        let id: String? = try row.optional(id, in: table)
        guard let id else { return nil }
        return TaskKey(
            project: try row.value(first, in: table), backend: try row.value(first + 1, in: table), id: id)
    }
}
