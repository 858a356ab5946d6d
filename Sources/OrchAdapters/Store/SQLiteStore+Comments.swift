package import OrchCore
import SQLite

extension SQLiteStore {
    /// - Parameter commentKey: empty: always a new comment.
    package func addComment(
        _ text: String, by author: String, to key: TaskKey, commentKey: String, now: Timestamp
    ) throws(StoreError) -> String {
        let insert = """
            INSERT INTO comments (project, backend, task_id, comment_key, author, body, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """
        return try write { () throws(SQLiteError) in
            if let known = try commentID(commentKey, on: key) { return "\(known)" }
            let storedKey = commentKey.isEmpty ? nil : commentKey
            try database.execute(insert, key.project, key.backend, key.id, storedKey, author, text, now)
            return "\(database.lastInsertRowID)"
        }
    }

    private func commentID(_ commentKey: String, on key: TaskKey) throws(SQLiteError) -> Int? {
        guard !commentKey.isEmpty else { return nil }
        let query = """
            SELECT id FROM comments WHERE project = ?1 AND backend = ?2 AND task_id = ?3
            AND comment_key = ?4 AND comment_key IS NOT NULL
            """
        return try database.value(query, key.project, key.backend, key.id, commentKey)
    }

    package func comments(on key: TaskKey, limit: Int) throws(StoreError) -> [TrackedComment] {
        let query = """
            SELECT id, author, body, created_at FROM comments
            WHERE project = ?1 AND backend = ?2 AND task_id = ?3 ORDER BY id DESC LIMIT ?4
            """
        return try perform { () throws(SQLiteError) in
            let newestFirst = try database.query(
                query, key.project, key.backend, key.id, max(0, limit), row: Self.comment)
            return newestFirst.reversed()
        }
    }

    private static func comment(_ row: borrowing Row) throws(SQLiteError) -> TrackedComment {
        let id: Int = try row.value(0, in: "comments")
        return TrackedComment(
            id: "\(id)", author: try row.value(1, in: "comments"), body: try row.value(2, in: "comments"),
            createdAt: try row.value(3, in: "comments"))
    }
}
