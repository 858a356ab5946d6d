import CSQLite

/// A failure reported by SQLite, or a use of this module that SQLite itself would not have noticed.
package struct SQLiteError: Error, Hashable {
    /// The extended result code: https://sqlite.org/rescode.html
    package let code: Int32
    /// SQLite's own words, or ours where the mistake was found before SQLite saw it.
    package let message: String
    /// The statement that failed; nil when the failure belongs to the connection.
    package let sql: String?

    package init(code: Int32, message: String, sql: String? = nil) {
        self.code = code
        self.message = message
        self.sql = sql
    }

    /// Another connection holds the lock, and went on holding it for as long as we were willing to wait.
    package var isBusy: Bool { primaryCode == SQLITE_BUSY }

    /// A CHECK, NOT NULL, UNIQUE, PRIMARY KEY or foreign key constraint refused the change.
    package var isConstraint: Bool { primaryCode == SQLITE_CONSTRAINT }

    /// The row exists already: a UNIQUE, PRIMARY KEY or rowid constraint refused the change.
    package var isUniqueViolation: Bool {
        [Extended.constraintUnique, Extended.constraintPrimaryKey, Extended.constraintRowID].contains(code)
    }

    /// A foreign key refused the change.
    package var isForeignKeyViolation: Bool { code == Extended.constraintForeignKey }

    /// The file is damaged, or is no database at all.
    package var isCorrupt: Bool { primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB }

    /// The disk, or the database's own `max_page_count`, is full.
    package var isFull: Bool { primaryCode == SQLITE_FULL }

    /// The file, its folder or the connection does not allow writing.
    package var isReadOnly: Bool { primaryCode == SQLITE_READONLY }

    /// The file does not exist, or may not be opened.
    package var isUnopenable: Bool { primaryCode == SQLITE_CANTOPEN }

    /// The code without its extension, which is in the bits above the lowest eight.
    private var primaryCode: Int32 { code & 0xFF }
}

extension SQLiteError: CustomStringConvertible {
    package var description: String {
        let text = "SQLite error \(code): \(message)"
        return sql.map { "\(text), in: \($0)" } ?? text
    }
}

extension SQLiteError {
    /// Our own refusals, which carry the code SQLite uses for an application's mistake.
    static func misuse(_ message: String, sql: String? = nil) -> SQLiteError {
        SQLiteError(code: SQLITE_MISUSE, message: message, sql: sql)
    }

    /// The codes that sqlite3.h spells as shifts, which Swift does not import on every platform.
    private enum Extended {
        static let constraintForeignKey = SQLITE_CONSTRAINT | 3 << 8
        static let constraintPrimaryKey = SQLITE_CONSTRAINT | 6 << 8
        static let constraintUnique = SQLITE_CONSTRAINT | 8 << 8
        static let constraintRowID = SQLITE_CONSTRAINT | 10 << 8
    }
}
