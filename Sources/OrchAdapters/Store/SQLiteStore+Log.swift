package import OrchCore
import SQLite

extension SQLiteStore {
    /// Copies what the write-ahead log holds into the database, as far as no reader is in the way, and waits
    /// for nobody.
    package func copyLogBack() throws(StoreError) {
        _ = try perform { () throws(SQLiteError) in try database.checkpoint() }
    }
}
