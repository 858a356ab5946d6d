package import OrchCore
import SQLite

extension SQLiteStore {
    package func openTasks(of project: Project.ID) throws(StoreError) -> [AgentTask] {
        try perform { () throws(SQLiteError) in
            try database.query(Self.openTasksQuery, project) { row throws(SQLiteError) in
                try TaskRow.task(row, of: project)
            }
        }
    }

    /// In the words of the index `tasks_open`, which gives the rows in this order.
    static let openTasksQuery = """
        SELECT \(TaskRow.columns) FROM tasks
        WHERE project = ?1 AND is_closed = 0 AND status <> 'done'
        ORDER BY backend, number, id
        """

    package func tasks(
        of project: Project.ID, status: TaskStatus?, limit: Int
    ) throws(StoreError) -> [AgentTask] {
        let select = "SELECT \(TaskRow.columns) FROM tasks WHERE project = ?1"
        let order = "ORDER BY updated_at DESC, rowid DESC LIMIT ?2"
        return try perform { () throws(SQLiteError) in
            guard let status else {
                return try database.query(
                    "\(select) \(order)", project, max(0, limit),
                    row: { row throws(SQLiteError) in try TaskRow.task(row) })
            }
            let query = "\(select) AND status = ?3 \(order)"
            return try database.query(
                query, project, max(0, limit), status,
                row: { row throws(SQLiteError) in try TaskRow.task(row) })
        }
    }

    package func task(
        ofPullRequest url: String, in project: Project.ID
    ) throws(StoreError) -> AgentTask? {
        let query = """
            SELECT \(TaskRow.columns) FROM tasks WHERE project = ?1 AND pull_request = ?2
            ORDER BY updated_at DESC LIMIT 1
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, project, url, row: { row throws(SQLiteError) in try TaskRow.task(row) })
                .first
        }
    }

    package func counts(of project: Project.ID) throws(StoreError) -> [TaskStatus: Int] {
        let query = """
            SELECT CASE is_closed WHEN 1 THEN 'done' ELSE status END AS shown, count(*)
            FROM tasks WHERE project = ?1 GROUP BY shown
            """
        let counts: [(TaskStatus, Int)] = try perform { () throws(SQLiteError) in
            try database.query(query, project) { row throws(SQLiteError) in
                (try row.value(0, in: "tasks"), try row.value(1, in: "tasks"))
            }
        }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    package func task(_ key: TaskKey) throws(StoreError) -> AgentTask? {
        let query = """
            SELECT \(TaskRow.columns) FROM tasks WHERE project = ?1 AND backend = ?2 AND id = ?3
            """
        return try perform { () throws(SQLiteError) in
            try database.query(
                query, key.project, key.backend, key.id,
                row: { row throws(SQLiteError) in try TaskRow.task(row) }
            ).first
        }
    }

    package func body(of key: TaskKey) throws(StoreError) -> String? {
        // A task whose text nobody has given yet has an empty one.
        let query = """
            SELECT coalesce(body, '') FROM tasks LEFT JOIN task_bodies USING (project, backend, id)
            WHERE project = ?1 AND backend = ?2 AND id = ?3
            """
        return try perform { () throws(SQLiteError) in
            try database.value(query, key.project, key.backend, key.id)
        }
    }

    package func children(of key: TaskKey) throws(StoreError) -> [AgentTask] {
        let query = """
            SELECT \(TaskRow.columns) FROM tasks
            WHERE parent_project = ?1 AND parent_backend = ?2 AND parent_id = ?3 AND parent_id IS NOT NULL
            ORDER BY project, backend, number, id
            """
        return try perform { () throws(SQLiteError) in
            try database.query(
                query, key.project, key.backend, key.id,
                row: { row throws(SQLiteError) in try TaskRow.task(row) })
        }
    }

    package func save(
        _ tasks: [(task: AgentTask, body: String?)], cursor: (name: String, value: String)?
    ) throws(StoreError) {
        guard !tasks.isEmpty else {
            if let cursor { try setCursor(cursor.name, to: cursor.value) }
            return
        }
        try write { () throws(SQLiteError) in
            for (task, body) in tasks {
                // First the body: whether it may be replaced is told by the task as it was.
                if let body { try saveBody(body, of: task) }
                try insertOrReplace(task)
            }
            if let cursor { try storeCursor(cursor.name, to: cursor.value) }
        }
    }

    func insertOrReplace(_ task: AgentTask) throws(SQLiteError) {
        var statement = try database.prepare(TaskRow.upsert)
        try statement.bind(TaskRow.values(of: task))
        while try statement.step() {}
        if task.key.backend == .internal { try reserveInternalID(task.key) }
    }

    /// The text of a task that was trusted and is stays as it stood when it became so, whoever edits it
    /// later.
    private func saveBody(_ body: String, of task: AgentTask) throws(SQLiteError) {
        let statement = """
            INSERT INTO task_bodies (project, backend, id, body) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (project, backend, id) DO UPDATE SET body = excluded.body
            WHERE NOT ?5 OR NOT EXISTS (
                SELECT 1 FROM tasks WHERE project = ?1 AND backend = ?2 AND id = ?3 AND is_trusted = 1)
            """
        let key = task.key
        try database.execute(
            statement, key.project, key.backend, key.id, body, task.isTrusted == true)
    }

    @discardableResult
    package func change(_ key: TaskKey, _ changes: [TaskChange]) throws(StoreError) -> Bool {
        // One statement, and so a transaction by itself.
        try perform { () throws(SQLiteError) in try update(key, changes) }
    }

    /// One UPDATE of the columns that the changes name. Of two changes of one column the later counts:
    /// https://sqlite.org/lang_update.html
    func update(_ key: TaskKey, _ changes: [TaskChange]) throws(SQLiteError) -> Bool {
        let assignments = changes.flatMap(\.assignments)
        let place = "project = ?1 AND backend = ?2 AND id = ?3"
        guard !assignments.isEmpty else {
            let query = "SELECT 1 FROM tasks WHERE \(place)"
            return try database.value(query, key.project, key.backend, key.id, as: Int.self) != nil
        }
        let columns = assignments.enumerated().map { "\($1.column) = ?\($0 + 4)" }.joined(separator: ", ")
        var statement = try database.prepare("UPDATE tasks SET \(columns) WHERE \(place) RETURNING 1")
        try statement.bind([key.project, key.backend, key.id] + assignments.map(\.value))
        let isFound = try statement.step()
        // The row comes before the statement's end, and only the end commits.
        if isFound { while try statement.step() {} }
        return isFound
    }
}
