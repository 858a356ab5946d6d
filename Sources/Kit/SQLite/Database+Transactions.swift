extension Database {
    /// Runs the closure on one unchanging picture of the database (`BEGIN DEFERRED`).
    ///
    /// Nothing in it may write: a reader that turns writer midway fails with SQLITE_BUSY_SNAPSHOT as soon
    /// as another connection has written since, and no wait can help it.
    package func read<Value>(
        _ body: () throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> Value {
        try beginReading()
        defer { endReading() }
        return try body()
    }

    /// As above, for a closure that may throw anything.
    package func read<Value>(_ body: () throws -> Value) throws -> Value {
        try beginReading()
        defer { endReading() }
        return try body()
    }

    /// Runs the closure in a transaction that holds the write lock from its start (`BEGIN IMMEDIATE`), so
    /// that what it reads stays true until it has written; a closure that throws leaves no trace.
    ///
    /// - Parameter synchronous: how safely this one commit reaches the disk; nil for the database's usual.
    /// - Throws: an error that `isBusy` when the lock is still taken after the database's patience, and
    ///   whatever the closure throws. Transactions do not nest.
    @discardableResult
    package func write<Value>(
        synchronous: Synchronous? = nil, _ body: () throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> Value {
        try beginWriting(synchronous)
        defer { endWriting(synchronous) }
        let value = try body()
        try connection.run("COMMIT")
        return value
    }

    /// As above, for a closure that may throw anything.
    @discardableResult
    package func write<Value>(synchronous: Synchronous? = nil, _ body: () throws -> Value) throws -> Value {
        try beginWriting(synchronous)
        defer { endWriting(synchronous) }
        let value = try body()
        try connection.run("COMMIT")
        return value
    }

    private func beginReading() throws(SQLiteError) {
        try refuseNesting()
        try connection.run("BEGIN DEFERRED")
        connection.isReading = true
    }

    private func endReading() {
        connection.isReading = false
        rollBack()
    }

    private func beginWriting(_ synchronous: Synchronous?) throws(SQLiteError) {
        try refuseNesting()
        if let synchronous { try apply(synchronous) }
        do {
            try connection.run("BEGIN IMMEDIATE")
        } catch {
            endWriting(synchronous)
            throw error
        }
    }

    private func endWriting(_ synchronous: Synchronous?) {
        rollBack()
        // The level is a setting in memory: setting a known one outside a transaction cannot fail.
        if synchronous != nil { try? apply(connection.synchronous) }
    }

    private func refuseNesting() throws(SQLiteError) {
        guard !connection.isInTransaction else { throw .misuse("a transaction inside a transaction") }
    }

    /// Ends what a commit has not ended; SQLite has rolled back by itself after some errors, a full disk
    /// among them: https://sqlite.org/lang_transaction.html
    private func rollBack() {
        guard connection.isInTransaction else { return }
        // A ROLLBACK that fails has still ended the transaction, or the connection is beyond help and the
        // next statement says so; the error that led here is the one worth reporting.
        try? connection.run("ROLLBACK")
    }
}
