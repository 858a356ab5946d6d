package import OrchCore
import SQLite

extension SQLiteStore {
    /// In the words of the index `tasks_to_tidy`.
    package func finishedTasks(of project: Project.ID) throws(StoreError) -> [AgentTask] {
        let query = """
            SELECT \(TaskRow.columns) FROM tasks
            WHERE project = ?1 AND worktree IS NOT NULL AND (is_closed = 1 OR status = 'done')
            ORDER BY updated_at LIMIT 1000
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, project) { row throws(SQLiteError) in
                try TaskRow.task(row, of: project)
            }
        }
    }

    /// Tasks, runs, results and the audit stay: they are the history.
    package func forget(before moment: Timestamp, in project: Project.ID) throws(StoreError) {
        let old = "(SELECT id FROM runs WHERE project = ?1 AND state = 'collected' AND ended_at < ?2)"
        try write { () throws(SQLiteError) in
            _ = try database.execute("DELETE FROM steps WHERE run IN \(old)", project, moment)
            _ = try database.execute("DELETE FROM words WHERE run IN \(old)", project, moment)
            _ = try database.execute(
                "DELETE FROM heard WHERE project = ?1 AND said_at < ?2 AND state <> 'acknowledged'", project,
                moment)
            _ = try database.execute(
                """
                DELETE FROM fires WHERE project = ?1 AND fired_at < ?2
                AND due < (SELECT max(due) FROM fires AS later WHERE later.project = fires.project
                AND later.job = fires.job)
                """, project, moment)
        }
    }
}
