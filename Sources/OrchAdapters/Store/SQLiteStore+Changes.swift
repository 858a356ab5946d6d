package import OrchCore
import SQLite

extension SQLiteStore {
    package func changeStamp() throws(StoreError) -> Int {
        try perform { () throws(SQLiteError) in try database.value("PRAGMA data_version") ?? 0 }
    }
}
