package import OrchCore
import SQLite

extension SQLiteStore {
    package func audit(_ entry: AuditEntry) throws(StoreError) {
        let statement = """
            INSERT INTO audit (at, actor, project, backend, task_id, run, act, detail)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """
        try perform { () throws(SQLiteError) in
            _ = try database.execute(
                statement, entry.at, entry.actor, entry.task?.project, entry.task?.backend, entry.task?.id,
                entry.run, entry.act, entry.detail)
        }
    }

    package func auditEntries(of key: TaskKey, limit: Int) throws(StoreError) -> [AuditEntry] {
        let query = """
            SELECT at, actor, run, act, detail FROM audit
            WHERE project = ?1 AND backend = ?2 AND task_id = ?3 AND task_id IS NOT NULL
            ORDER BY id DESC LIMIT ?4
            """
        return try perform { () throws(SQLiteError) in
            let newestFirst = try database.query(
                query, key.project, key.backend, key.id, max(0, limit)
            ) { row throws(SQLiteError) in
                AuditEntry(
                    at: try row.value(0, in: "audit"), actor: try row.value(1, in: "audit"), task: key,
                    run: try row.optional(2, in: "audit"), act: try row.value(3, in: "audit"),
                    detail: try row.value(4, in: "audit"))
            }
            return newestFirst.reversed()
        }
    }
}
