/// One step in the life of a schema. A released one is never edited: databases exist that ran it.
package struct Migration: Sendable {
    /// What `user_version` is after it: 1 or more, higher than that of the migration before.
    package let version: Int
    package let name: String
    /// A script; it runs in a transaction of the runner's and so neither begins nor commits one.
    package let sql: String

    package init(version: Int, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }
}

package enum MigrationError: Error, Hashable {
    /// The database was made by a newer program, and this one does not know what it would destroy.
    case newerDatabase(version: Int, known: Int)
    /// The migration failed and left no trace; those before it have been applied.
    case failed(version: Int, name: String, reason: SQLiteError)
    /// The migration leaves rows of this table that refer to rows that do not exist; it left no trace.
    case danglingReferences(version: Int, name: String, table: String)
    /// The version could not be read.
    case unreadable(SQLiteError)
}

extension MigrationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .newerDatabase(let version, let known):
            "the database is at version \(version), this program knows versions up to \(known)"
        case .failed(let version, let name, let reason): "migration \(version) (\(name)): \(reason)"
        case .danglingReferences(let version, let name, let table):
            "migration \(version) (\(name)): rows of “\(table)” refer to rows that do not exist"
        case .unreadable(let reason): "the version of the database: \(reason)"
        }
    }
}
