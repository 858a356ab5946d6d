import CSQLite

/// A connection to an SQLite database: one owner, one thread at a time, closed when it is given up.
///
/// Foreign keys are enforced, double-quoted strings are refused (SQLite would otherwise take a mistyped
/// column name for text), and what waits for another connection's lock gives up after `patience`.
package struct Database: ~Copyable {
    package enum Access: Sendable {
        /// The file must exist and is never written.
        case readOnly
        /// The file must exist.
        case readWrite
        /// A missing file is created; its folder must exist.
        case create
    }

    let connection: Connection

    /// - Parameters:
    ///   - path: a file, or ":memory:".
    ///   - patience: how long one operation waits for a lock before it throws an error that `isBusy`.
    /// - Throws: an error that `isUnopenable` when the file is missing or forbidden. That a file is no
    ///   database shows only when it is first read.
    package init(
        path: String, access: Access = .create, patience: Duration = .seconds(5)
    ) throws(SQLiteError) {
        // One thread at a time is what the compiler holds us to, so SQLite's own mutexes would guard nothing.
        let flags =
            switch access {
            case .readOnly: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
            case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
            case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
            }
        connection = try Connection(opening: path, flags: flags, patience: patience)
        enforceForeignKeys(true)
        configure(SQLITE_DBCONFIG_DQS_DML, false)
        configure(SQLITE_DBCONFIG_DQS_DDL, false)
        configure(SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)
    }

    /// No effect inside a transaction, as `PRAGMA foreign_keys` has none.
    func enforceForeignKeys(_ on: Bool) { configure(SQLITE_DBCONFIG_ENABLE_FKEY, on) }

    /// An option that this build of SQLite does not know stays as it is.
    private func configure(_ option: Int32, _ on: Bool) {
        _ = csqlite_configure(connection.handle, option, on ? 1 : 0)
    }
}
