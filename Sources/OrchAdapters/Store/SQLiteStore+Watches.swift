package import OrchCore
import SQLite

extension SQLiteStore {
    package func watches(on service: String, limit: Int) throws(StoreError) -> [TaskWatch] {
        let query = """
            SELECT project, backend, task_id, service, place, person, run, offset, is_over FROM watches
            WHERE service = ?1 ORDER BY place, project, backend, task_id LIMIT ?2
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, service, max(0, limit), row: Self.watch)
        }
    }

    package func save(_ watch: TaskWatch) throws(StoreError) {
        let statement = """
            INSERT INTO watches (project, backend, task_id, service, place, person, run, offset, is_over)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (service, place, project, backend, task_id) DO UPDATE SET
            person = excluded.person, run = excluded.run, offset = excluded.offset, is_over = excluded.is_over
            """
        let (task, seen) = (watch.task, watch.seen)
        try perform { () throws(SQLiteError) in
            _ = try database.execute(
                statement, task.project, task.backend, task.id, watch.service, watch.place, watch.person,
                seen?.run, seen?.offset ?? 0, seen?.isOver ?? false)
        }
    }

    package func forgetWatch(of task: TaskKey, in place: String, on service: String) throws(StoreError) {
        let statement = """
            DELETE FROM watches WHERE service = ?1 AND place = ?2 AND project = ?3 AND backend = ?4
            AND task_id = ?5
            """
        try perform { () throws(SQLiteError) in
            _ = try database.execute(statement, service, place, task.project, task.backend, task.id)
        }
    }

    private static func watch(_ row: borrowing Row) throws(SQLiteError) -> TaskWatch {
        let run: Run.ID? = try row.optional(6, in: "watches")
        let (offset, isOver): (Int, Bool) = (
            try row.value(7, in: "watches"), try row.value(8, in: "watches")
        )
        return TaskWatch(
            task: TaskKey(
                project: try row.value(0, in: "watches"), backend: try row.value(1, in: "watches"),
                id: try row.value(2, in: "watches")),
            service: try row.value(3, in: "watches"), place: try row.value(4, in: "watches"),
            person: try row.value(5, in: "watches"),
            seen: run.map { TaskWatch.Seen(run: $0, offset: offset, isOver: isOver) })
    }
}
