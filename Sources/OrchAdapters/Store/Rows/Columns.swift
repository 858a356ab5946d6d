import JSON
package import OrchCore
package import SQLite

// The core's value types as columns.

/// An enumeration is stored as its word.
extension SQLiteConvertible where Self: RawRepresentable, RawValue == String {
    package var sqliteValue: SQLiteValue { .text(rawValue) }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        guard case .text(let text) = sqliteValue, let value = Self(rawValue: text) else {
            throw SQLiteTypeMismatch()
        }
        self = value
    }
}

extension TaskStatus: SQLiteConvertible {}
extension TaskKey.Backend: SQLiteConvertible {}
extension Complexity: SQLiteConvertible {}
extension Run.Kind: SQLiteConvertible {}
extension Run.State: SQLiteConvertible {}
extension RunStep: SQLiteConvertible {}
extension HeardComment.Act: SQLiteConvertible {}
extension HeardComment.State: SQLiteConvertible {}
extension Delivery.Source: SQLiteConvertible {}
extension Notice.Level: SQLiteConvertible {}
extension Notice.Kind: SQLiteConvertible {}

/// As a JSON object.
extension TaskProfile: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { .text(json.text()) }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        let text = try String(sqliteValue: sqliteValue)
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(parsing: text) } catch { throw SQLiteTypeMismatch() }
        self.init(value)
    }
}

extension Project.ID: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { .text(rawValue) }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        self.init(rawValue: try String(sqliteValue: sqliteValue))
    }
}

extension AgentName: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { .text(rawValue) }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        guard let name = AgentName(try String(sqliteValue: sqliteValue)) else { throw SQLiteTypeMismatch() }
        self = name
    }
}

extension Run.ID: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { rawValue.sqliteValue }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        self.init(rawValue: try Int(sqliteValue: sqliteValue))
    }
}

/// Seconds since the epoch.
extension Timestamp: SQLiteConvertible {
    package var sqliteValue: SQLiteValue { seconds.sqliteValue }

    package init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        self.init(seconds: try Int(sqliteValue: sqliteValue))
    }
}

// Reading ten thousand tasks is reading a third of a million columns. These are generic in this module, where
// the compiler makes a function of its own for each type; across modules it looks the type up for each value.
extension Statement {
    /// A column's value; where it cannot be one of this type, the error names the table and the value.
    func value<Value: SQLiteConvertible>(_ column: Int, in table: String) throws(SQLiteError) -> Value {
        try converted(try self[column], column, in: table)
    }

    /// As above; nil for NULL.
    func optional<Value: SQLiteConvertible>(_ column: Int, in table: String) throws(SQLiteError) -> Value? {
        let stored: SQLiteValue = try self[column]
        if case .null = stored { return nil }
        let value: Value = try converted(stored, column, in: table)
        return value
    }

    private func converted<Value: SQLiteConvertible>(
        _ stored: SQLiteValue, _ column: Int, in table: String
    ) throws(SQLiteError) -> Value {
        do throws(SQLiteTypeMismatch) {
            return try Value(sqliteValue: stored)
        } catch {
            throw .unknownValue(stored, in: "\(table).\(try columnName(column))")
        }
    }
}
