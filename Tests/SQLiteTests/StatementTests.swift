import SQLite
import Testing

struct StatementTests {
    @Test(arguments: [
        "", "  ", "-- nothing", "SELECT 1; SELECT 2", "SELECT 1; nonsense", "SELECT 1\0", "SELEC 1",
    ])
    func `anything but one statement is refused`(sql: String) throws {
        let database = try Database(path: ":memory:")
        let error = failure { () throws(SQLiteError) in try database.execute(sql) }
        #expect(error?.sql == sql)
    }

    @Test(arguments: ["SELECT 1;", "SELECT 1; -- done\n", "/* one */ SELECT 1 ;; "])
    func `space and comments around a statement are allowed`(sql: String) throws {
        let database = try Database(path: ":memory:")
        #expect(try database.value(sql) == 1)
    }

    @Test func `a number of values other than that of parameters is refused`() throws {
        let database = try Database(path: ":memory:")
        #expect(failure { () throws(SQLiteError) in try database.execute("SELECT ?, ?", 1) } != nil)
        #expect(failure { () throws(SQLiteError) in try database.execute("SELECT ?", 1, 2) } != nil)
        #expect(try database.value("SELECT ?2 || ?1", "b", "a") == "ab")
    }

    @Test func `a mistyped column is not taken for text`() throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t (title TEXT)")
        #expect(failure { () throws(SQLiteError) in try database.execute(#"SELECT "titel" FROM t"#) } != nil)
    }

    @Test func `columns that do not exist are errors, and so is reading without a row`() throws {
        let database = try Database(path: ":memory:")
        var statement = try database.prepare("SELECT 1 AS one")
        #expect(throws: SQLiteError.self) { try statement[0] as Int }
        #expect(try statement.step())
        #expect(throws: SQLiteError.self) { try statement[1] as Int }
        #expect(throws: SQLiteError.self) { try statement[-1] as Int }
        #expect(throws: SQLiteError.self) { try statement["two"] as Int }
        #expect(throws: SQLiteError.self) { try statement.columnName(1) }
        #expect(try statement.columnName(0) == "one")
        #expect(try !statement.step())
        #expect(throws: SQLiteError.self) { try statement[0] as Int }
    }

    @Test func `a query may run inside itself`() throws {
        let database = try Database(path: ":memory:")
        let sql = "WITH n(i) AS (VALUES (1), (2), (3)) SELECT i FROM n WHERE i > ?"
        let pairs = try database.query(sql, 1) { outer in
            let inner = try database.query(sql, 2) { row in try row[0] as Int }
            return [try outer[0] as Int] + inner
        }
        #expect(pairs == [[2, 3], [3, 3]])
    }

    @Test func `a cached statement forgets its values and sees a changed schema`() throws {
        let database = try Database(path: ":memory:")
        try database.executeScript("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        func columns() throws -> Int {
            var statement = try database.prepare("SELECT * FROM t")
            _ = try statement.step()
            return statement.columnCount
        }
        #expect(try columns() == 1)
        try database.execute("ALTER TABLE t ADD COLUMN b")
        #expect(try columns() == 2)
        #expect(try database.value("SELECT ?", "kept?") == "kept?")
        #expect(failure { () throws(SQLiteError) in try database.execute("SELECT ?") } != nil)
    }

    @Test func `more statements than the cache holds go on working`() throws {
        let database = try Database(path: ":memory:")
        for round in 0..<2 {
            for number in 0..<300 {
                #expect(try database.value("SELECT \(number)") == number, "round \(round)")
            }
        }
    }

    @Test func `a statement outlives the database it came from`() throws {
        func orphan() throws -> Statement { try Database(path: ":memory:").prepare("SELECT 42") }
        var statement = try orphan()
        #expect(try statement.step())
        #expect(try statement[0] as Int == 42)
    }

    @Test func `the number of changed rows is that of this statement`() throws {
        let database = try Database(path: ":memory:")
        #expect(try database.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b)") == 0)
        #expect(try database.execute("INSERT INTO t (b) VALUES (1), (2), (3)") == 3)
        #expect(database.lastInsertRowID == 3)
        #expect(try database.execute("CREATE TABLE other (a)") == 0)
        #expect(try database.execute("UPDATE t SET b = 9 WHERE a = ?", 2) == 1)
        #expect(try database.execute("UPDATE t SET b = 9 WHERE a = ?", 99) == 0)
        #expect(try database.execute("SELECT * FROM t") == 0)
        #expect(try database.execute("DELETE FROM t") == 3)
    }

    @Test func `a script runs all its statements and stops at the first error`() throws {
        let database = try Database(path: ":memory:")
        let script =
            "CREATE TABLE t (a); INSERT INTO t VALUES (1); INSERT INTO nowhere VALUES (1); DELETE FROM t"
        let error = failure { () throws(SQLiteError) in try database.executeScript(script) }
        #expect(error?.message == "no such table: nowhere")
        #expect(try database.value("SELECT count(*) FROM t") == 1)
        #expect(failure { () throws(SQLiteError) in try database.executeScript("SELECT 1;\0DELETE") } != nil)
    }

    @Test func `a value is nil for no row and for NULL`() throws {
        let database = try Database(path: ":memory:")
        #expect(try database.value("SELECT 1 WHERE 0", as: Int.self) == nil)
        #expect(try database.value("SELECT NULL", as: Int.self) == nil)
        #expect(throws: SQLiteError.self) { try database.value("SELECT 'x'", as: Int.self) }
    }
}
