import CSQLite

extension Database {
    /// The statement for this text, from the cache if it ran before.
    ///
    /// - Throws: when the text holds an error, no statement, or more than one.
    package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
        try Statement(sql, on: connection)
    }

    /// Runs one statement to its end, rows ignored, and returns how many rows it changed.
    ///
    /// Rows changed by triggers and foreign key actions are not counted.
    @discardableResult
    package func execute(
        _ sql: String, _ values: (any SQLiteConvertible)?...
    ) throws(SQLiteError) -> Int {
        var statement = try prepare(sql)
        try statement.bind(values)
        // What changes() tells is left over from an earlier statement where this one changed no row.
        let before = sqlite3_total_changes64(connection.handle)
        while try statement.step() {}
        let hasChanged = sqlite3_total_changes64(connection.handle) != before
        return hasChanged ? Int(sqlite3_changes64(connection.handle)) : 0
    }

    /// Runs a script of any number of statements that take no values; rows are ignored.
    ///
    /// It stops at the first error and keeps what ran before, unless it runs in `write`.
    package func executeScript(_ sql: String) throws(SQLiteError) {
        guard !connection.isReading else { throw .misuse("a script inside read", sql: sql) }
        guard !sql.utf8.contains(0) else { throw .misuse("the script holds a NUL byte", sql: sql) }
        connection.beginWait()
        let code = sqlite3_exec(connection.handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw connection.error(code, sql: sql) }
    }

    /// One element a row, made by the closure while the statement stands on that row.
    package func query<Element>(
        _ sql: String, _ values: (any SQLiteConvertible)?...,
        row: (borrowing Row) throws(SQLiteError) -> Element
    ) throws(SQLiteError) -> [Element] {
        var statement = try prepare(sql)
        try statement.bind(values)
        var elements: [Element] = []
        while try statement.step() { elements.append(try row(statement)) }
        return elements
    }

    /// As above, for a closure that may throw anything.
    package func query<Element>(
        _ sql: String, _ values: (any SQLiteConvertible)?...,
        row: (borrowing Row) throws -> Element
    ) throws -> [Element] {
        var statement = try prepare(sql)
        try statement.bind(values)
        var elements: [Element] = []
        while try statement.step() { elements.append(try row(statement)) }
        return elements
    }

    /// The first column of the first row; nil when there is no row, or a NULL in it.
    package func value<Value: SQLiteConvertible>(
        _ sql: String, _ values: (any SQLiteConvertible)?..., as type: Value.Type = Value.self
    ) throws(SQLiteError) -> Value? {
        var statement = try prepare(sql)
        try statement.bind(values)
        guard try statement.step() else { return nil }
        let value: Value? = try statement[0]
        return value
    }

    /// The rowid that this connection's last INSERT made; 0 before the first.
    package var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(connection.handle) }
}
