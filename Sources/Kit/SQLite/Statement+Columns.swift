import CSQLite

extension Statement {
    /// The value of a column, counted from 0. A NULL needs an optional type.
    ///
    /// - Throws: when there is no such column or it holds a value of another type.
    package subscript<Value: SQLiteConvertible>(_ index: Int) -> Value {
        get throws(SQLiteError) { try value(at: column(index)) }
    }

    /// The value of a column by name; by number is faster where many rows are read.
    ///
    /// - Throws: when there is no such column or it holds a value of another type.
    package subscript<Value: SQLiteConvertible>(_ name: String) -> Value {
        get throws(SQLiteError) { try value(at: column(name)) }
    }

    /// The bytes of a TEXT or BLOB column as they are stored, valid UTF-8 or not; nil for NULL.
    package func bytes(_ index: Int) throws(SQLiteError) -> [UInt8]? {
        let column = try column(index)
        switch sqlite3_column_type(handle, column) {
        case SQLITE_NULL: return nil
        case SQLITE_TEXT, SQLITE_BLOB: return Array(buffer(column))
        default: throw mismatch(column, found: stored(column), wanted: [UInt8].self)
        }
    }

    private func value<Value: SQLiteConvertible>(at column: Int32) throws(SQLiteError) -> Value {
        let stored = stored(column)
        do throws(SQLiteTypeMismatch) {
            return try Value(sqliteValue: stored)
        } catch {
            throw mismatch(column, found: stored, wanted: Value.self)
        }
    }

    private func stored(_ column: Int32) -> SQLiteValue {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, column))
        case SQLITE_FLOAT: .real(sqlite3_column_double(handle, column))
        case SQLITE_TEXT: .text(String(decoding: buffer(column), as: UTF8.self))
        case SQLITE_BLOB: .blob(Array(buffer(column)))
        default: .null
        }
    }

    /// Valid until the next step. The pointer must be asked for before the count, which a conversion to
    /// UTF-8 may change: https://sqlite.org/c3ref/column_blob.html
    private func buffer(_ column: Int32) -> UnsafeRawBufferPointer {
        let isText = sqlite3_column_type(handle, column) == SQLITE_TEXT
        let start =
            isText
            ? sqlite3_column_text(handle, column).map { UnsafeRawPointer($0) }
            : sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(
            start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
    }

    private func mismatch(_ column: Int32, found: SQLiteValue, wanted: Any.Type) -> SQLiteError {
        let name = sqlite3_column_name(handle, column).map { String(cString: $0) } ?? "?"
        return SQLiteError(
            code: SQLITE_MISMATCH, message: "column “\(name)” holds \(found.storageClass), not \(wanted)",
            sql: sql)
    }
}
