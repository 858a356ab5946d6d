package import OrchCore
import SQLite

extension SQLiteStore {
    private static let heardColumns =
        "comment, thread, author, act, said_at, state, task_backend, task_id, note"

    package func heard(
        _ comments: [String], in project: Project.ID
    ) throws(StoreError) -> [String: HeardComment] {
        let query = "SELECT \(Self.heardColumns) FROM heard WHERE project = ?1 AND comment = ?2"
        return try perform { () throws(SQLiteError) in
            var found: [String: HeardComment] = [:]
            for comment in comments {
                found[comment] = try database.query(query, project, comment) { row throws(SQLiteError) in
                    try Self.heard(row, in: project)
                }.first
            }
            return found
        }
    }

    package func hear(_ comment: HeardComment, in project: Project.ID) throws(StoreError) {
        let insert = """
            INSERT INTO heard (project, \(Self.heardColumns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT DO NOTHING
            """
        try write(.full) { () throws(SQLiteError) in
            _ = try database.execute(
                insert, project, comment.id, comment.thread, comment.author, comment.act, comment.saidAt,
                comment.state, comment.task?.backend, comment.task?.id, comment.note)
        }
    }

    package func settle(_ comment: HeardComment, in project: Project.ID) throws(StoreError) {
        let update = """
            UPDATE heard SET state = ?3, task_backend = ?4, task_id = ?5, note = ?6
            WHERE project = ?1 AND comment = ?2
            """
        try write(.full) { () throws(SQLiteError) in
            _ = try database.execute(
                update, project, comment.id, comment.state, comment.task?.backend, comment.task?.id,
                comment.note)
        }
    }

    /// In the words of the index `heard_open`.
    package func openMentions(of project: Project.ID) throws(StoreError) -> [HeardComment] {
        let query = """
            SELECT \(Self.heardColumns) FROM heard
            WHERE project = ?1 AND act = 'mention' AND state = 'acknowledged' ORDER BY said_at, comment
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, project) { row throws(SQLiteError) in try Self.heard(row, in: project) }
        }
    }

    package func countHeard(
        in project: Project.ID, since: Timestamp
    ) throws(StoreError) -> [String: Int] {
        let query = """
            SELECT thread, count(*) FROM heard
            WHERE project = ?1 AND said_at >= ?2 AND state <> 'refused' GROUP BY thread
            """
        return try perform { () throws(SQLiteError) in
            let counts: [(String, Int)] = try database.query(query, project, since) {
                row throws(SQLiteError) in
                (try row.value(0, in: "heard"), try row.value(1, in: "heard"))
            }
            return Dictionary(uniqueKeysWithValues: counts)
        }
    }

    private static func heard(
        _ row: borrowing Row, in project: Project.ID
    ) throws(SQLiteError) -> HeardComment {
        var comment = HeardComment(
            id: try row.value(0, in: "heard"), thread: try row.value(1, in: "heard"),
            author: try row.value(2, in: "heard"), act: try row.value(3, in: "heard"),
            saidAt: try row.value(4, in: "heard"))
        comment.state = try row.value(5, in: "heard")
        let backend: TaskKey.Backend? = try row.optional(6, in: "heard")
        let task: String? = try row.optional(7, in: "heard")
        if let backend, let task { comment.task = TaskKey(project: project, backend: backend, id: task) }
        comment.note = try row.value(8, in: "heard")
        return comment
    }
}
