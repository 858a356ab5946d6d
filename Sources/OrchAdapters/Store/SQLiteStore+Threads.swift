package import OrchCore
import SQLite

extension SQLiteStore {
    package func bind(
        thread: String, of service: String, to task: TaskKey, now: Timestamp
    ) throws(StoreError) {
        let statement = """
            INSERT INTO threads (service, thread, project, backend, task_id, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (service, thread) DO UPDATE SET
            project = excluded.project, backend = excluded.backend, task_id = excluded.task_id,
            created_at = excluded.created_at
            """
        try perform { () throws(SQLiteError) in
            _ = try database.execute(statement, service, thread, task.project, task.backend, task.id, now)
        }
    }

    package func task(ofThread thread: String, of service: String) throws(StoreError) -> TaskKey? {
        let query = "SELECT project, backend, task_id FROM threads WHERE service = ?1 AND thread = ?2"
        return try perform { () throws(SQLiteError) in
            try database.query(query, service, thread) { row throws(SQLiteError) in
                TaskKey(
                    project: try row.value(0, in: "threads"), backend: try row.value(1, in: "threads"),
                    id: try row.value(2, in: "threads"))
            }.first
        }
    }

    package func threads(
        of task: TaskKey, on service: String, limit: Int
    ) throws(StoreError) -> [String] {
        let query = """
            SELECT thread FROM threads WHERE project = ?1 AND backend = ?2 AND task_id = ?3 AND service = ?4
            ORDER BY created_at DESC, rowid DESC LIMIT ?5
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, task.project, task.backend, task.id, service, max(0, limit)) {
                row throws(SQLiteError) in try row.value(0, in: "threads")
            }
        }
    }

    package func forgetThreads(before moment: Timestamp) throws(StoreError) {
        let statement = """
            DELETE FROM threads WHERE created_at < ?1 AND EXISTS (SELECT 1 FROM tasks
            WHERE tasks.project = threads.project AND tasks.backend = threads.backend
            AND tasks.id = threads.task_id AND (tasks.status = 'done' OR tasks.is_closed = 1))
            """
        try perform { () throws(SQLiteError) in _ = try database.execute(statement, moment) }
    }
}
