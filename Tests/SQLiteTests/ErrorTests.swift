import SQLite
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

struct ErrorTests {
    static let schema = """
        CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT UNIQUE, age INTEGER CHECK (age >= 0)) STRICT;
        CREATE TABLE children (parent INTEGER NOT NULL REFERENCES parents (id)) STRICT;
        INSERT INTO parents VALUES (1, 'a', 1);
        """

    @Test(arguments: [
        ("INSERT INTO parents VALUES (1, 'b', 1)", true, false),
        ("INSERT INTO parents VALUES (2, 'a', 1)", true, false),
        ("INSERT INTO parents VALUES (2, 'b', -1)", false, false),
        ("INSERT INTO children VALUES (NULL)", false, false),
        ("INSERT INTO children VALUES (7)", false, true),
    ])
    func `constraints are told apart`(sql: String, isUnique: Bool, isForeignKey: Bool) throws {
        let database = try Database(path: ":memory:")
        try database.executeScript(Self.schema)
        let error = try #require(failure { () throws(SQLiteError) in try database.execute(sql) })
        #expect(error.isConstraint)
        #expect(error.isUniqueViolation == isUnique)
        #expect(error.isForeignKeyViolation == isForeignKey)
        #expect(error.sql == sql)
    }

    @Test(arguments: [Database.Access.readOnly, .readWrite])
    func `a missing file is not made unless asked for`(access: Database.Access) throws {
        let folder = TemporaryFolder()
        let path = folder.database
        let error = failure { () throws(SQLiteError) in _ = try Database(path: path, access: access) }
        #expect(error?.isUnopenable == true)
        #expect(error?.message.contains(path) == true)
        #expect(folder.names.isEmpty)
    }

    @Test func `a path with a NUL byte is refused, not cut`() {
        let error = failure { () throws(SQLiteError) in _ = try Database(path: "/tmp/a\0b") }
        #expect(error?.message == "the path holds a NUL byte")
    }

    @Test func `a connection that only reads refuses to write`() throws {
        let folder = TemporaryFolder()
        try Database(path: folder.database).execute("CREATE TABLE t (a)")
        let reader = try Database(path: folder.database, access: .readOnly)
        #expect(try reader.value("SELECT count(*) FROM t") == 0)
        let error = failure { () throws(SQLiteError) in try reader.execute("INSERT INTO t VALUES (1)") }
        #expect(error?.isReadOnly == true)
    }

    @Test(.enabled(if: geteuid() != 0, "file modes do not bind root"))
    func `a file without write permission refuses to be written`() throws {
        let folder = TemporaryFolder()
        try Database(path: folder.database).execute("CREATE TABLE t (a)")
        chmod(folder.database, 0o400)
        let database = try Database(path: folder.database)
        let error = failure { () throws(SQLiteError) in try database.execute("INSERT INTO t VALUES (1)") }
        #expect(error?.isReadOnly == true)
    }

    @Test func `a file that is no database is corrupt`() throws {
        let folder = TemporaryFolder()
        folder.overwriteDatabase(with: Array(repeating: 0x41, count: 4096))
        let database = try Database(path: folder.database)
        let error = failure { () throws(SQLiteError) in try database.execute("SELECT * FROM sqlite_schema") }
        #expect(error?.isCorrupt == true)
    }

    @Test func `damage inside a database is found, or is such that it cannot be examined`() throws {
        let folder = TemporaryFolder()
        func open() throws(SQLiteError) -> Database { try Database(path: folder.database) }
        try open().executeScript(
            """
            CREATE TABLE t (a UNIQUE);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO t SELECT printf('%040d', i) FROM n;
            """)
        #expect(try open().integrityCheck() == [])
        // Digits in the middle of a leaf: the table and its index no longer agree.
        folder.overwriteDatabase(with: Array("7".utf8), at: 4 * 4096 + 3000)
        #expect(try !open().integrityCheck().isEmpty)
        // Whole pages of both: they cannot be read.
        folder.overwriteDatabase(with: Array(repeating: 0xA5, count: 8 * 4096), at: 3 * 4096)
        let error = failure { () throws(SQLiteError) in try open().execute("SELECT max(a || a) FROM t") }
        #expect(error?.isCorrupt == true)
    }

    @Test func `a full database says so, and the transaction has left no trace`() throws {
        let folder = TemporaryFolder()
        let database = try Database(path: folder.database)
        try database.execute("CREATE TABLE t (a)")
        try database.execute("PRAGMA max_page_count = 8")
        let error = failure { () throws(SQLiteError) in
            try database.write { () throws(SQLiteError) in
                for _ in 0..<100 { try database.execute("INSERT INTO t VALUES (zeroblob(1000))") }
            }
        }
        #expect(error?.isFull == true)
        #expect(try database.value("SELECT count(*) FROM t") == 0)
        try database.write { () throws(SQLiteError) in _ = try database.execute("INSERT INTO t VALUES (1)") }
    }

    @Test func `swallowing the error of a full disk does not make a commit of half the work`() throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t (a)")
        try database.execute("PRAGMA max_page_count = 8")
        let error = failure { () throws(SQLiteError) in
            try database.write { () throws(SQLiteError) in
                try database.execute("INSERT INTO t VALUES (1)")
                _ = failure { () throws(SQLiteError) in
                    try database.execute("INSERT INTO t VALUES (zeroblob(1000000))")
                }
                // SQLite either undid the statement alone, and the commit stands, or all of it, and fails.
            }
        }
        let count: Int? = try database.value("SELECT count(*) FROM t")
        #expect(count == (error == nil ? 1 : 0))
    }

    @Test func `an error reads as one line with its code, reason and statement`() throws {
        let database = try Database(path: ":memory:")
        let error = failure { () throws(SQLiteError) in try database.execute("SELECT * FROM nowhere") }
        #expect(error?.description == "SQLite error 1: no such table: nowhere, in: SELECT * FROM nowhere")
    }
}
