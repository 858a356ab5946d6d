package import OrchCore
import SQLite

extension SQLiteStore {
    /// Stands for everything; no project has an empty path.
    private static let everything = ""

    package func pauses() throws(StoreError) -> [WorkPause] {
        try perform { () throws(SQLiteError) in
            try database.query(
                "SELECT project, since, actor FROM pauses ORDER BY project", row: Self.pause)
        }
    }

    package func pause(_ pause: WorkPause) throws(StoreError) -> Bool {
        let statement = "INSERT OR IGNORE INTO pauses (project, since, actor) VALUES (?1, ?2, ?3)"
        return try perform { () throws(SQLiteError) in
            let project = pause.project?.rawValue ?? Self.everything
            return try database.execute(statement, project, pause.since, pause.actor) == 1
        }
    }

    package func resume(_ project: Project.ID?) throws(StoreError) -> [WorkPause] {
        let statement = """
            DELETE FROM pauses WHERE ?1 IS NULL OR project = ?1 RETURNING project, since, actor
            """
        return try perform { () throws(SQLiteError) in
            try database.query(statement, project, row: Self.pause)
        }
    }

    private static func pause(_ row: borrowing Row) throws(SQLiteError) -> WorkPause {
        let name: String = try row.value(0, in: "pauses")
        return WorkPause(
            project: name == everything ? nil : Project.ID(rawValue: name),
            since: try row.value(1, in: "pauses"), actor: try row.value(2, in: "pauses"))
    }
}
