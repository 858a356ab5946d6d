package import OrchCore
import SQLite

/// The store in one SQLite file, `$ORCH_HOME/orch.db`.
///
/// A handle belongs to one thread at a time; any number of processes may have one each. A read takes no lock
/// that a writer waits for, and a write waits at most `patience` for another. One statement is a transaction
/// by itself; `write` groups several.
package final class SQLiteStore: Store {
    package static let inMemory = ":memory:"

    let database: Database
    let path: String
    /// Within `atomically`.
    private var isInTransaction = false

    /// Opens the database, and makes or migrates it where it is missing or old.
    ///
    /// - Parameters:
    ///   - path: the file, whose missing folders are made with mode 0700 and itself with 0600; or `:memory:`.
    ///   - logPages: how long the write-ahead log may grow before a commit of ours stops to copy it back;
    ///     nil: a length for programs that end at once.
    ///   - patience: how long one operation waits for another process's lock before it throws `.busy`.
    /// - Throws: `.corrupt` for a file that is no database, `.newer` for one of a newer orch; neither is
    ///   written to.
    package init(
        path: String, patience: Duration = .seconds(5), logPages: Int? = nil
    ) throws(StoreError) {
        self.path = path
        database = try Self.openDatabase(at: path, patience: patience, logPages: logPages)
    }

    /// Runs `work` with SQLite's errors told in the store's words.
    func perform<Value>(_ work: () throws(SQLiteError) -> Value) throws(StoreError) -> Value {
        try Self.translate(path: path, work)
    }

    package func atomically<Value>(_ work: () throws -> Value) throws -> Value {
        isInTransaction = true
        defer { isInTransaction = false }
        do {
            return try database.write { () throws -> Value in try work() }
        } catch let error as SQLiteError {
            throw StoreError(error, path: path)
        }
    }

    /// As `perform`, in one write transaction: its own, or that of `atomically`.
    ///
    /// - Parameter synchronous: `.full` around what must not happen twice after a power cut.
    func write<Value>(
        _ synchronous: Synchronous? = nil, _ work: () throws(SQLiteError) -> Value
    ) throws(StoreError) -> Value {
        if isInTransaction { return try perform(work) }
        return try perform { () throws(SQLiteError) in try database.write(synchronous: synchronous, work) }
    }
}
