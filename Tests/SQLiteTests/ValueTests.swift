import SQLite
import Testing

struct ValueTests {
    static let values: [SQLiteValue] = [
        .null, .integer(0), .integer(.min), .integer(.max), .real(0.1), .real(-.infinity),
        .real(.leastNonzeroMagnitude), .text(""), .text("a\0b"), .text("\0"), .text("naïve 日本 👩‍👩‍👧"),
        .blob([]), .blob([0, 255, 128, 0]), .blob(Array(repeating: 7, count: 100_000)),
    ]

    @Test(arguments: values)
    func `every value comes back as it was stored`(value: SQLiteValue) throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t (v ANY) STRICT")
        try database.execute("INSERT INTO t VALUES (?)", value)
        let stored = try database.query("SELECT v FROM t") { row in try row[0] as SQLiteValue }
        #expect(stored == [value])
    }

    @Test func `embedded NUL and length are exact inside SQLite too`() throws {
        let database = try Database(path: ":memory:")
        let digits: String? = try database.value("SELECT hex(?)", "a\0é")
        #expect(digits == "6100C3A9")
        #expect(try database.value("SELECT typeof(?)", "") == "text")
        #expect(try database.value("SELECT typeof(?)", [UInt8]()) == "blob")
        #expect(try database.value("SELECT typeof(?)", nil) == "null")
    }

    @Test func `text that is not UTF-8 is repaired as a string and exact as bytes`() throws {
        let database = try Database(path: ":memory:")
        var statement = try database.prepare("SELECT CAST(x'61FF62' AS TEXT)")
        #expect(try statement.step())
        #expect(try statement[0] as String == "a\u{FFFD}b")
        #expect(try statement.bytes(0) == [0x61, 0xFF, 0x62])
    }

    @Test func `not a number is refused, where SQLite would store NULL`() throws {
        let database = try Database(path: ":memory:")
        let error = failure { () throws(SQLiteError) in try database.execute("SELECT ?", Double.nan) }
        #expect(error?.message == "not a number cannot be stored")
    }

    @Test(arguments: ["'12'", "1.0", "NULL", "x'31'"])
    func `an integer is read from nothing but an integer`(literal: String) throws {
        let database = try Database(path: ":memory:")
        var statement = try database.prepare("SELECT \(literal) AS v")
        #expect(try statement.step())
        #expect(throws: SQLiteError.self) { try statement[0] as Int }
        #expect(throws: SQLiteError.self) { try statement["v"] as Int64 }
        #expect(throws: SQLiteError.self) { try statement[0] as Bool }
    }

    @Test func `a truth value is 0 or 1`() throws {
        let database = try Database(path: ":memory:")
        var statement = try database.prepare("SELECT 0, 1, 2, ?")
        try statement.bind([true])
        #expect(try statement.step())
        #expect(try statement[0] as Bool == false)
        #expect(try statement[1] as Bool)
        #expect(throws: SQLiteError.self) { try statement[2] as Bool }
        #expect(try statement[3] as Int == 1)
    }

    @Test func `a double is read from an integer only where nothing is lost`() throws {
        let database = try Database(path: ":memory:")
        var statement = try database.prepare("SELECT 3, 9007199254740993, '1.5'")
        #expect(try statement.step())
        #expect(try statement[0] as Double == 3)
        #expect(throws: SQLiteError.self) { try statement[1] as Double }
        #expect(throws: SQLiteError.self) { try statement[2] as Double }
    }

    @Test func `an optional is nil for NULL and still strict about types`() throws {
        let database = try Database(path: ":memory:")
        var statement = try database.prepare("SELECT NULL AS a, 'x' AS b")
        #expect(try statement.step())
        #expect(try statement["a"] as String? == nil)
        #expect(try statement["b"] as String? == "x")
        #expect(throws: SQLiteError.self) { try statement["b"] as Int? }
        #expect(try statement.bytes(0) == nil)
    }

    @Test func `a mismatch names the column, what it holds and what was wanted`() throws {
        let database = try Database(path: ":memory:")
        let error = failure { () throws(SQLiteError) in
            _ = try database.query("SELECT 'x' AS title") { row throws(SQLiteError) in try row[0] as Int }
        }
        #expect(error?.message == "column “title” holds TEXT, not Int")
        #expect(error?.sql == "SELECT 'x' AS title")
    }
}
