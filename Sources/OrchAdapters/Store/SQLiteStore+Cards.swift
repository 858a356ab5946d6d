package import OrchCore
import SQLite

extension BoardColumn: SQLiteConvertible {}

extension SQLiteStore {
    package func cards(of project: Project.ID, on board: String) throws(StoreError) -> [BoardCard] {
        let query = """
            SELECT backend, task_id, item, shown FROM cards WHERE project = ?1 AND board = ?2
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, project, board) { row throws(SQLiteError) in
                let key = TaskKey(
                    project: project, backend: try row.value(0, in: "cards"),
                    id: try row.value(1, in: "cards"))
                return BoardCard(
                    task: key, board: board, item: try row.value(2, in: "cards"),
                    column: try row.value(3, in: "cards"))
            }
        }
    }

    package func save(_ card: BoardCard) throws(StoreError) {
        let statement = """
            INSERT INTO cards (project, backend, task_id, board, item, shown) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (project, backend, task_id) DO UPDATE SET board = excluded.board,
            item = excluded.item, shown = excluded.shown
            """
        let key = card.task
        try perform { () throws(SQLiteError) in
            _ = try database.execute(
                statement, key.project, key.backend, key.id, card.board, card.item, card.column)
        }
    }
}
