import SQLite
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// In CI the program must be there: the tests run and fail without it.
private let isSQLite3There = getenv("CI") != nil || system("command -v sqlite3 >/dev/null") == 0

/// What we write, `sqlite3(1)` reads, and the other way round.
@Suite(.enabled(if: isSQLite3There, "sqlite3 is not installed"))
struct CommandLineOracleTests {
    /// The first megabyte of what sqlite3 prints for this SQL.
    func sqlite3(_ path: String, _ sql: String, succeeds: Bool = true) throws -> String {
        let pipe = try #require(popen("sqlite3 -batch '\(path)' \"\(sql)\" 2>&1", "r"))
        var output = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&output, 1, output.count, pipe)
        #expect((pclose(pipe) == 0) == succeeds)
        return String(decoding: output[..<count], as: UTF8.self)
    }

    @Test func `sqlite3 quotes our values as the values they are`() throws {
        let folder = TemporaryFolder()
        let database = try Database(path: folder.database)
        try database.useWriteAheadLog()
        try database.execute("CREATE TABLE t (v ANY) STRICT")
        for value: SQLiteValue in [.integer(.min), .real(0.5), .text("it's"), .blob([0, 255]), .null] {
            try database.execute("INSERT INTO t VALUES (?)", value)
        }
        let quoted = try sqlite3(folder.database, "SELECT quote(v) FROM t ORDER BY rowid")
        #expect(quoted == "-9223372036854775808\n0.5\n'it''s'\nX'00FF'\nNULL\n")
    }

    @Test func `a database sqlite3 made is read, and the same to both`() throws {
        let folder = TemporaryFolder()
        _ = try sqlite3(folder.database, "CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'x'), (2, NULL)")
        let database = try Database(path: folder.database, access: .readWrite)
        let rows = try database.query("SELECT a, b FROM t ORDER BY a") { row in
            "\(try row["a"] as Int)|\(try row["b"] as String? ?? "")"
        }
        #expect(
            try sqlite3(folder.database, "SELECT * FROM t ORDER BY a") == rows.joined(separator: "\n") + "\n")
        try database.migrate([Migration(version: 5, name: "drop", sql: "DROP TABLE t")])
        #expect(try sqlite3(folder.database, "PRAGMA user_version; PRAGMA integrity_check") == "5\nok\n")
    }

    @Test func `sqlite3 in another process is locked out while we write`() throws {
        let folder = TemporaryFolder()
        let database = try Database(path: folder.database)
        try database.useWriteAheadLog()
        try database.execute("CREATE TABLE t (a)")
        try database.write {
            let answer = try sqlite3(folder.database, "INSERT INTO t VALUES (1)", succeeds: false)
            #expect(answer.contains("locked"))
        }
    }
}
