package import OrchCore
import SQLite

extension SQLiteStore {
    package func recordFire(
        of job: TaskKey, due: Timestamp, now: Timestamp
    ) throws(StoreError) -> Fire {
        let insert =
            "INSERT INTO fires (project, job, due, fired_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"
        let query = "SELECT \(Self.fireColumns) FROM fires WHERE project = ?1 AND job = ?2 AND due = ?3"
        return try write(.full) { () throws(SQLiteError) in
            try database.execute(insert, job.project, job.id, due, now)
            let found = try database.query(query, job.project, job.id, due) { row throws(SQLiteError) in
                try Self.fire(row, of: job)
            }
            return found.first ?? Fire(due: due, firedAt: now, effect: .pending)
        }
    }

    package func complete(_ fire: Fire, of job: TaskKey, effect: Fire.Effect) throws(StoreError) {
        let statement = """
            UPDATE fires SET task_backend = ?4, task_id = ?5, run = ?6
            WHERE project = ?1 AND job = ?2 AND due = ?3 AND task_id IS NULL AND run IS NULL
            """
        var task: TaskKey?
        var run: Run.ID?
        switch effect {
        case .pending: return
        case .task(let key): task = key
        case .run(let id): run = id
        }
        let (backend, id) = (task?.backend, task?.id)
        try write(.full) { () throws(SQLiteError) in
            _ = try database.execute(statement, job.project, job.id, fire.due, backend, id, run)
        }
    }

    package func fires(of job: TaskKey, limit: Int) throws(StoreError) -> [Fire] {
        let query = """
            SELECT \(Self.fireColumns) FROM fires WHERE project = ?1 AND job = ?2 ORDER BY due DESC LIMIT ?3
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, job.project, job.id, max(0, limit)) { row throws(SQLiteError) in
                try Self.fire(row, of: job)
            }
        }
    }

    private static let fireColumns = "due, fired_at, task_backend, task_id, run"

    private static func fire(_ row: borrowing Row, of job: TaskKey) throws(SQLiteError) -> Fire {
        let table = "fires"
        let backend: TaskKey.Backend? = try row.optional(2, in: table)
        let task: String? = try row.optional(3, in: table)
        let run: Run.ID? = try row.optional(4, in: table)
        var effect = Fire.Effect.pending
        if let run { effect = .run(run) }
        if let backend, let task {
            effect = .task(TaskKey(project: job.project, backend: backend, id: task))
        }
        return Fire(
            due: try row.value(0, in: table), firedAt: try row.value(1, in: table), effect: effect)
    }
}
