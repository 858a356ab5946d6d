import JSON
import SQLite

/// A list of words in a column, as a JSON array: nothing that a label may hold can break it up.
struct TextList {
    let items: [String]
}

extension TextList: SQLiteConvertible {
    private static let none = "[]"

    var sqliteValue: SQLiteValue {
        .text(items.isEmpty ? Self.none : JSONValue.array(items.map(JSONValue.string)).text())
    }

    init(sqliteValue: SQLiteValue) throws(SQLiteTypeMismatch) {
        let text = try String(sqliteValue: sqliteValue)
        items = text == Self.none ? [] : try Self.words(in: text)
    }

    private static func words(in text: String) throws(SQLiteTypeMismatch) -> [String] {
        let values: [JSONValue]?
        do throws(JSONError) { values = try JSONValue(parsing: text).array } catch {
            throw SQLiteTypeMismatch()
        }
        let words = values?.compactMap(\.string) ?? []
        guard words.count == values?.count else { throw SQLiteTypeMismatch() }
        return words
    }
}
