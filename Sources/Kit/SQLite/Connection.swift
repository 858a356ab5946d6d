import CSQLite

/// What a database and its statements share: the handle, the statements waiting to be used again, and the
/// settings that SQLite does not keep.
///
/// A statement keeps its connection open, so the order in which the two are given up does not matter.
final class Connection {
    /// How many idle statements are kept. A program's statements are a few dozen; one that composes SQL
    /// from values would otherwise fill the memory.
    private static let idleLimit = 128

    let handle: OpaquePointer
    let patience: Duration
    var synchronous = Synchronous.full
    var keptLogLimitPages = Int32.max
    /// Inside `Database.read`, where a statement that writes is refused.
    var isReading = false
    private var idle: [String: OpaquePointer] = [:]
    private var wait: BusyWait?

    init(opening path: String, flags: Int32, patience: Duration) throws(SQLiteError) {
        guard !path.utf8.contains(0) else { throw .misuse("the path holds a NUL byte") }
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            // Even on failure there is a handle, to carry the message: https://sqlite.org/c3ref/open.html
            let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            let extended = opened.map(sqlite3_extended_errcode) ?? code
            sqlite3_close_v2(opened)
            throw SQLiteError(code: extended, message: "\(path): \(reason)")
        }
        handle = opened
        self.patience = patience
        sqlite3_extended_result_codes(handle, 1)
        installBusyHandler()
    }

    deinit {
        for statement in idle.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    func error(_ code: Int32, sql: String? = nil) -> SQLiteError {
        SQLiteError(code: code, message: String(cString: sqlite3_errmsg(handle)), sql: sql)
    }
}

// MARK: - Statements

extension Connection {
    /// An idle statement for this text, or a new one. The caller hands it back with `giveBack`.
    ///
    /// While one is taken, asking for the same text prepares a second: a query may run inside itself.
    func take(_ sql: String) throws(SQLiteError) -> OpaquePointer {
        if let statement = idle.removeValue(forKey: sql) { return statement }
        return try prepare(sql)
    }

    func giveBack(_ statement: OpaquePointer, for sql: String) {
        // The code reset returns is that of the last step, which was reported then.
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
        if idle.count >= Self.idleLimit { finalizeIdle() }
        if let other = idle.updateValue(statement, forKey: sql) { sqlite3_finalize(other) }
    }

    /// All of them, because which one is the coldest is not worth keeping track of.
    private func finalizeIdle() {
        for statement in idle.values { sqlite3_finalize(statement) }
        idle.removeAll(keepingCapacity: true)
    }

    private func prepare(_ sql: String) throws(SQLiteError) -> OpaquePointer {
        guard !sql.utf8.contains(0) else { throw .misuse("the statement holds a NUL byte", sql: sql) }
        beginWait()
        var statement: OpaquePointer?
        var code = SQLITE_OK
        var isAlone = true
        sql.withCString { text in
            var tail: UnsafePointer<CChar>?
            repeat {
                let persistent = UInt32(SQLITE_PREPARE_PERSISTENT)
                code = sqlite3_prepare_v3(handle, text, -1, persistent, &statement, &tail)
            } while code & 0xFF == SQLITE_BUSY && pauseForLock()
            isAlone = tail.map(holdsNoStatement) ?? true
        }
        guard code == SQLITE_OK else { throw error(code, sql: sql) }
        guard let statement else { throw .misuse("there is no statement", sql: sql) }
        guard isAlone else {
            sqlite3_finalize(statement)
            throw .misuse("more than one statement, of which SQLite would run only the first", sql: sql)
        }
        return statement
    }

    /// Whether only space and comments follow.
    private func holdsNoStatement(_ text: UnsafePointer<CChar>) -> Bool {
        guard text.pointee != 0 else { return true }
        var following: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, text, -1, 0, &following, nil)
        sqlite3_finalize(following)
        return code == SQLITE_OK && following == nil
    }
}

// MARK: - Waiting for locks

extension Connection {
    /// An operation begins: its patience is whole again.
    func beginWait() { wait = nil }

    /// Returns whether the operation that found a lock taken should try again.
    func pauseForLock() -> Bool {
        var current = wait ?? BusyWait(patience: patience)
        defer { wait = current }
        return current.pause()
    }

    func installBusyHandler() {
        // The handle, which calls this, is closed in deinit: it never outlives what the pointer points to.
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_busy_handler(
            handle,
            { context, _ in
                guard let context else { return 0 }
                return Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().pauseForLock() ? 1 : 0
            }, context)
    }

    /// Runs SQL that gives no rows, once; it is tried again while another connection holds the lock.
    ///
    /// Only for a statement that SQLite may run twice: it did nothing when it reports SQLITE_BUSY.
    func run(_ sql: String) throws(SQLiteError) {
        beginWait()
        var code: Int32
        repeat {
            code = sqlite3_exec(handle, sql, nil, nil, nil)
        } while code & 0xFF == SQLITE_BUSY && pauseForLock()
        guard code == SQLITE_OK else { throw error(code, sql: sql) }
    }
}
