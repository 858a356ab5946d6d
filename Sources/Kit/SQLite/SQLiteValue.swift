/// A value as SQLite stores it: https://sqlite.org/datatype3.html
package enum SQLiteValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// The storage class by the name SQL gives it.
    var storageClass: String {
        switch self {
        case .null: "NULL"
        case .integer: "INTEGER"
        case .real: "REAL"
        case .text: "TEXT"
        case .blob: "BLOB"
        }
    }
}

/// A stored value is not one of the type that was asked for.
package struct SQLiteTypeMismatch: Error, Hashable {
    package init() {}
}

/// A type that goes into a parameter and comes out of a column.
///
/// Reading is strict: a column of another storage class is an error, never a conversion such as the
/// text "12a" becoming 12.
package protocol SQLiteConvertible {
    var sqliteValue: SQLiteValue { get }

    // It throws rather than give nil, because looking up the type `Optional<Self>` for each value read
    // costs as much as SQLite's own work.
    init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch)
}

extension SQLiteValue: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { self }
    package init(sqliteValue: SQLiteValue) { self = sqliteValue }
}

extension Int64: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { .integer(self) }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        guard case .integer(let number) = sqliteValue else { throw SQLiteTypeMismatch() }
        self = number
    }
}

extension Int: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { .integer(Int64(self)) }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        guard case .integer(let number) = sqliteValue, let number = Int(exactly: number) else {
            throw SQLiteTypeMismatch()
        }
        self = number
    }
}

/// Stored as 0 or 1; no other number is a truth value.
extension Bool: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { .integer(self ? 1 : 0) }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        switch sqliteValue {
        case .integer(0): self = false
        case .integer(1): self = true
        default: throw SQLiteTypeMismatch()
        }
    }
}

/// Reads INTEGER too where nothing is lost, because `sum()` of whole numbers is an integer.
extension Double: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { .real(self) }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        switch sqliteValue {
        case .real(let number): self = number
        case .integer(let number):
            guard let number = Double(exactly: number) else { throw SQLiteTypeMismatch() }
            self = number
        default: throw SQLiteTypeMismatch()
        }
    }
}

/// Exact, embedded NUL included. Stored text that is not valid UTF-8 is read with U+FFFD in the place of
/// what is invalid; `Statement.bytes(_:)` gives such text unchanged.
extension String: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { .text(self) }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        guard case .text(let text) = sqliteValue else { throw SQLiteTypeMismatch() }
        self = text
    }
}

extension [UInt8]: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { .blob(self) }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        guard case .blob(let bytes) = sqliteValue else { throw SQLiteTypeMismatch() }
        self = bytes
    }
}

/// NULL is nil.
extension Optional: SQLiteConvertible where Wrapped: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { self?.sqliteValue ?? .null }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        if case .null = sqliteValue {
            self = .none
        } else {
            self = .some(try Wrapped(sqliteValue: sqliteValue))
        }
    }
}
