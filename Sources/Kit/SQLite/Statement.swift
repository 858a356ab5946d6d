import CSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A prepared statement, and the row it stands on.
///
/// Giving it up resets it and returns it to its database, which keeps it for the next use of the same text.
package struct Statement: ~Copyable {
    let connection: Connection
    let handle: OpaquePointer
    let sql: String
    private var isOnRow = false
    private var isStarted = false

    init(_ sql: String, on connection: Connection) throws(SQLiteError) {
        self.connection = connection
        self.sql = sql
        handle = try connection.take(sql)
    }

    deinit { connection.giveBack(handle, for: sql) }
}

/// A statement that stands on a row, as a closure borrows it to read the columns.
package typealias Row = Statement

// MARK: - Parameters

extension Statement {
    /// Binds the values to `?1`, `?2` … and rewinds the statement, so that it may run again.
    ///
    /// - Throws: unless there are as many values as parameters. A parameter without a value would be NULL.
    package mutating func bind(_ values: [(any SQLiteConvertible)?]) throws(SQLiteError) {
        rewind()
        let expected = sqlite3_bind_parameter_count(handle)
        guard values.count == Int(expected) else {
            throw .misuse("\(values.count) values for \(expected) parameters", sql: sql)
        }
        for (index, value) in zip(Int32(1)..., values) {
            try bind(value?.sqliteValue ?? .null, at: index)
        }
    }

    private func bind(_ value: SQLiteValue, at index: Int32) throws(SQLiteError) {
        let code: Int32
        switch value {
        case .null: code = sqlite3_bind_null(handle, index)
        case .integer(let number): code = sqlite3_bind_int64(handle, index, number)
        case .real(let number):
            // SQLite would store NULL in its place without a word.
            guard !number.isNaN else {
                throw SQLiteError(code: SQLITE_MISMATCH, message: "not a number cannot be stored", sql: sql)
            }
            code = sqlite3_bind_double(handle, index, number)
        case .text(var text):
            code = text.withUTF8 { csqlite_bind_text(handle, index, $0.baseAddress, UInt64($0.count)) }
        case .blob(let bytes):
            code = bytes.withUnsafeBytes {
                csqlite_bind_blob(handle, index, $0.baseAddress, UInt64($0.count))
            }
        }
        guard code == SQLITE_OK else { throw connection.error(code, sql: sql) }
    }
}

// MARK: - Steps

extension Statement {
    /// Moves to the next row; false when there is none left, after which the next step starts over.
    package mutating func step() throws(SQLiteError) -> Bool {
        if !isStarted { try start() }
        let code = sqlite3_step(handle)
        isOnRow = code == SQLITE_ROW
        guard !isOnRow else { return true }
        isStarted = false
        // Let go of the locks now; giving up the statement may be far away.
        defer { sqlite3_reset(handle) }
        guard code == SQLITE_DONE else { throw connection.error(code, sql: sql) }
        return false
    }

    private mutating func start() throws(SQLiteError) {
        if connection.isReading && sqlite3_stmt_readonly(handle) == 0 {
            throw .misuse("a write inside read", sql: sql)
        }
        connection.beginWait()
        isStarted = true
    }

    private mutating func rewind() {
        // The code reset returns is that of the last step, which was reported then.
        sqlite3_reset(handle)
        isStarted = false
        isOnRow = false
    }

    /// How many columns a row has.
    package var columnCount: Int { Int(sqlite3_column_count(handle)) }

    /// What a column is called: its `AS` name where it has one.
    package func columnName(_ index: Int) throws(SQLiteError) -> String {
        guard index >= 0, index < columnCount, let name = sqlite3_column_name(handle, Int32(index)) else {
            throw noColumn("\(index)")
        }
        return String(cString: name)
    }

    func column(_ index: Int) throws(SQLiteError) -> Int32 {
        guard isOnRow else { throw .misuse("the statement stands on no row", sql: sql) }
        guard index >= 0, index < columnCount else { throw noColumn("\(index)") }
        return Int32(index)
    }

    func column(_ name: String) throws(SQLiteError) -> Int32 {
        guard isOnRow else { throw .misuse("the statement stands on no row", sql: sql) }
        let count = sqlite3_column_count(handle)
        let handle = handle
        let found = name.withCString { name in
            (0..<count).first { column in
                sqlite3_column_name(handle, column).map { strcmp($0, name) == 0 } ?? false
            }
        }
        guard let found else { throw noColumn("“\(name)”") }
        return found
    }

    private func noColumn(_ column: String) -> SQLiteError {
        SQLiteError(code: SQLITE_RANGE, message: "there is no column \(column)", sql: sql)
    }
}
