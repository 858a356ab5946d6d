package import OrchCore
import SQLite

extension SQLiteStore {
    package func say(_ words: SaidWords, to id: Run.ID, now: Timestamp) throws(StoreError) -> Bool {
        let statement = """
            INSERT INTO words (run, author, words, said_at, request)
            SELECT id, ?2, ?3, ?4, ?5 FROM runs WHERE id = ?1 AND \(RunRow.isHearing)
            ON CONFLICT (request) WHERE request IS NOT NULL DO NOTHING
            """
        let known = "SELECT 1 FROM words WHERE request = ?1 AND request IS NOT NULL"
        return try perform { () throws(SQLiteError) in
            let count = try database.execute(statement, id, words.author, words.text, now, words.request)
            if count == 1 { return true }
            let seen: Int? = try database.value(known, words.request)
            return seen != nil
        }
    }

    package func pendingWords(
        for id: Run.ID, limit: Int
    ) throws(StoreError) -> [(id: Int, words: String)] {
        let query = "SELECT id, words FROM words WHERE run = ?1 AND delivered_at IS NULL ORDER BY id LIMIT ?2"
        return try perform { () throws(SQLiteError) in
            try database.query(query, id, max(0, limit)) { row throws(SQLiteError) in
                (id: try row.value(0, in: "words"), words: try row.value(1, in: "words"))
            }
        }
    }

    package func markDelivered(_ id: Int, now: Timestamp) throws(StoreError) {
        let statement = "UPDATE words SET delivered_at = ?2 WHERE id = ?1 AND delivered_at IS NULL"
        try perform { () throws(SQLiteError) in _ = try database.execute(statement, id, now) }
    }
}
