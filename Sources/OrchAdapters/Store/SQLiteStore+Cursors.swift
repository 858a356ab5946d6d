package import OrchCore
import SQLite

extension SQLiteStore {
    package func instance() throws(StoreError) -> String {
        guard let name = try cursor("instance") else {
            throw .corrupt(path: path, detail: "the table cursors lacks its instance")
        }
        return name
    }

    package func cursor(_ name: String) throws(StoreError) -> String? {
        try perform { () throws(SQLiteError) in
            try database.value("SELECT value FROM cursors WHERE name = ?1", name)
        }
    }

    package func setCursor(_ name: String, to value: String) throws(StoreError) {
        // A quiet tick says the same again: that is no reason to write.
        guard try cursor(name) != value else { return }
        try perform { () throws(SQLiteError) in try storeCursor(name, to: value) }
    }

    func storeCursor(_ name: String, to value: String) throws(SQLiteError) {
        let statement = """
            INSERT INTO cursors (name, value) VALUES (?1, ?2)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """
        try database.execute(statement, name, value)
    }
}
