import Dispatch
import SQLite
import Testing

struct DurabilityTests {
    @Test(arguments: [(false, ["test.db"]), (true, ["test.db", "test.db-shm", "test.db-wal"])])
    func `the log outlives its last connection only if asked to`(keepsLog: Bool, names: [String]) throws {
        let folder = TemporaryFolder()
        func use() throws -> Int? {
            let database = try Database(path: folder.database)
            try database.useWriteAheadLog(keepsLog: keepsLog)
            try database.execute("CREATE TABLE IF NOT EXISTS t (a)")
            try database.write { try database.execute("INSERT INTO t VALUES (1)") }
            return try database.value("SELECT count(*) FROM t")
        }
        #expect(try use() == 1)
        #expect(folder.names == names)
        #expect(try use() == 2)
    }

    @Test func `a kept log stays small though no connection sees another, and nothing is lost`() throws {
        let folder = TemporaryFolder()
        var largest = 0
        for number in 0..<250 {
            let database = try Database(path: folder.database)
            try database.useWriteAheadLog(keepsLog: true)
            try database.write {
                try database.execute("CREATE TABLE IF NOT EXISTS t (a)")
                try database.execute("INSERT INTO t VALUES (?)", number)
            }
            largest = max(largest, folder.sizeBytes(of: "test.db-wal"))
        }
        #expect((100_000...500_000).contains(largest), "of 4 KB pages, 100 are kept")
        let database = try Database(path: folder.database)
        #expect(try database.value("SELECT count(DISTINCT a) FROM t") == 250)
        #expect(try database.integrityCheck() == [])
    }

    @Test func `a reader that stays delays no commit to a kept log`() throws {
        let folder = TemporaryFolder()
        let writer = try Database(path: folder.database, patience: .seconds(600))
        try writer.useWriteAheadLog(keepsLog: true)
        try writer.execute("CREATE TABLE t (a)")
        let reader = try Database(path: folder.database)
        try reader.read {
            let before: Int? = try reader.value("SELECT count(*) FROM t")
            for number in 0..<150 { try writer.execute("INSERT INTO t VALUES (?)", number) }
            let after: Int? = try reader.value("SELECT count(*) FROM t")
            #expect(before == 0)
            #expect(after == 0)
        }
        #expect(folder.sizeBytes(of: "test.db-wal") > 500_000)
        try writer.execute("DELETE FROM t")
        #expect(folder.sizeBytes(of: "test.db-wal") == 0)
    }

    @Test func `a database in memory has no log to give`() throws {
        let database = try Database(path: ":memory:")
        let error = failure { () throws(SQLiteError) in try database.useWriteAheadLog() }
        #expect(error?.message.contains("memory") == true)
    }

    @Test func `programs that start at the same time all get the log`() throws {
        let folder = TemporaryFolder()
        let path = folder.database
        DispatchQueue.concurrentPerform(iterations: 8) { number in
            do {
                let database = try Database(path: path, patience: .seconds(120))
                try database.useWriteAheadLog()
                try database.write { try database.execute("CREATE TABLE t\(number) (a)") }
            } catch {
                Issue.record(error)
            }
        }
        #expect(try Database(path: path).value("SELECT count(*) FROM sqlite_schema") == 8)
    }

    @Test func `a log that cannot be had because another connection writes is an error after the patience`()
        throws
    {
        let folder = TemporaryFolder()
        let holder = try Database(path: folder.database)
        try holder.execute("CREATE TABLE t (a)")
        let waiting = try Database(path: folder.database, patience: .milliseconds(100))
        try holder.write {
            try holder.execute("INSERT INTO t VALUES (1)")
            let error = failure { () throws(SQLiteError) in try waiting.useWriteAheadLog() }
            #expect(error?.isBusy == true)
        }
        try waiting.useWriteAheadLog()
    }

    @Test func `a commit may be safer than usual, and the next is as usual again`() throws {
        let folder = TemporaryFolder()
        let database = try Database(path: folder.database)
        let level = "PRAGMA synchronous"
        #expect(try database.value(level) == 2)
        try database.useWriteAheadLog()
        #expect(try database.value(level) == 1)
        let within: Int? = try database.write(synchronous: .full) { try database.value(level) }
        #expect(within == 2)
        #expect(try database.value(level) == 1)
        #expect(throws: TransactionTests.Refusal.self) {
            try database.write(synchronous: .full) { throw TransactionTests.Refusal() }
        }
        #expect(try database.value(level) == 1)
        try database.setSynchronous(.off)
        #expect(try database.value(level) == 0)
    }

    @Test func `a checkpoint is complete unless a reader needs the log`() throws {
        let folder = TemporaryFolder()
        let writer = try Database(path: folder.database)
        try writer.useWriteAheadLog()
        try writer.execute("CREATE TABLE t (a)")
        #expect(try writer.checkpoint())
        let reader = try Database(path: folder.database)
        try reader.read {
            let count: Int? = try reader.value("SELECT count(*) FROM t")
            #expect(count == 0)
            try writer.execute("INSERT INTO t VALUES (1)")
            #expect(try !writer.checkpoint())
        }
        #expect(try writer.checkpoint(truncates: true))
    }
}
