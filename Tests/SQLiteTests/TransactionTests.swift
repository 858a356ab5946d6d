import Dispatch
import SQLite
import Testing

struct TransactionTests {
    struct Refusal: Error {}

    @Test func `a write that throws leaves no trace, whatever it throws`() throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t (a UNIQUE)")
        #expect(throws: Refusal.self) {
            try database.write {
                try database.execute("INSERT INTO t VALUES (1)")
                throw Refusal()
            }
        }
        let error = failure { () throws(SQLiteError) in
            try database.write { () throws(SQLiteError) in
                try database.execute("INSERT INTO t VALUES (1)")
                try database.execute("INSERT INTO t VALUES (1)")
            }
        }
        #expect(error?.isUniqueViolation == true)
        #expect(try database.value("SELECT count(*) FROM t") == 0)
        let made = try database.write { try database.execute("INSERT INTO t VALUES (1)") }
        #expect(made == 1)
    }

    @Test func `a commit that a deferred constraint refuses leaves no trace`() throws {
        let database = try Database(path: ":memory:")
        try database.executeScript(
            """
            CREATE TABLE p (id INTEGER PRIMARY KEY);
            CREATE TABLE c (p REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED);
            """)
        let error = failure { () throws(SQLiteError) in
            try database.write { () throws(SQLiteError) in
                _ = try database.execute("INSERT INTO c VALUES (1)")
            }
        }
        #expect(error?.isForeignKeyViolation == true)
        #expect(try database.value("SELECT count(*) FROM c") == 0)
    }

    @Test func `transactions do not nest, and the outer one goes on`() throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t (a)")
        try database.write {
            try database.execute("INSERT INTO t VALUES (1)")
            #expect(throws: SQLiteError.self) { try database.write {} }
            #expect(throws: SQLiteError.self) { try database.read {} }
        }
        #expect(try database.value("SELECT count(*) FROM t") == 1)
    }

    @Test func `nothing is written inside read`() throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t (a)")
        #expect(throws: SQLiteError.self) {
            try database.read { try database.execute("INSERT INTO t VALUES (1)") }
        }
        #expect(throws: SQLiteError.self) {
            try database.read { try database.executeScript("DELETE FROM t") }
        }
        #expect(try database.execute("INSERT INTO t VALUES (1)") == 1)
    }

    @Test func `a read sees one picture while another connection writes`() throws {
        let folder = TemporaryFolder()
        let writer = try Database(path: folder.database)
        try writer.useWriteAheadLog()
        try writer.execute("CREATE TABLE t (a)")
        let reader = try Database(path: folder.database, access: .readWrite)
        let seen = try reader.read {
            let before: Int? = try reader.value("SELECT count(*) FROM t")
            try writer.write { try writer.execute("INSERT INTO t VALUES (1)") }
            return [before, try reader.value("SELECT count(*) FROM t")]
        }
        #expect(seen == [0, 0])
        #expect(try reader.value("SELECT count(*) FROM t") == 1)
    }

    @Test(arguments: [Duration.zero, .milliseconds(120)])
    func `a lock that stays taken is an error after the patience, not before`(patience: Duration) throws {
        let folder = TemporaryFolder()
        let holder = try Database(path: folder.database)
        try holder.useWriteAheadLog()
        let waiting = try Database(path: folder.database, patience: patience)
        try holder.write {
            let clock = ContinuousClock()
            var error: SQLiteError?
            let waited = clock.measure {
                error = failure { () throws(SQLiteError) in try waiting.write { () throws(SQLiteError) in } }
            }
            #expect(error?.isBusy == true)
            #expect(waited >= patience)
            #expect(waited < patience + .seconds(60))
        }
        try waiting.write {}
    }

    @Test func `a lock that is let go of in time is taken`() throws {
        let folder = TemporaryFolder()
        let path = folder.database
        let holder = try Database(path: path)
        try holder.useWriteAheadLog()
        let begins = DispatchSemaphore(value: 0)
        let ended = DispatchGroup()
        try holder.write {
            DispatchQueue.global().async(group: ended) {
                do {
                    let other = try Database(path: path, patience: .seconds(120))
                    begins.signal()
                    try other.write { try other.execute("CREATE TABLE made (a)") }
                } catch {
                    Issue.record(error)
                }
            }
            begins.wait()
        }
        ended.wait()
        #expect(try holder.value("SELECT count(*) FROM sqlite_schema WHERE name = 'made'") == 1)
    }

    @Test(arguments: [true, false])
    func `no update is lost between connections that contend`(hasLog: Bool) throws {
        let folder = TemporaryFolder()
        let path = folder.database
        let first = try Database(path: path)
        try first.executeScript("CREATE TABLE counter (n INTEGER); INSERT INTO counter VALUES (0)")
        if hasLog { try first.useWriteAheadLog() }
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            do {
                let database = try Database(path: path, patience: .seconds(120))
                try database.setSynchronous(.off)
                for _ in 0..<50 {
                    try database.write {
                        let n: Int? = try database.value("SELECT n FROM counter")
                        try database.execute("UPDATE counter SET n = ?", (n ?? 0) + 1)
                    }
                }
            } catch {
                Issue.record(error)
            }
        }
        #expect(try first.value("SELECT n FROM counter") == 200)
    }

    @Test func `a closed connection has rolled back what it had not committed`() throws {
        let folder = TemporaryFolder()
        func leaveHalfDone() throws {
            let database = try Database(path: folder.database)
            try database.executeScript("CREATE TABLE t (a); BEGIN; INSERT INTO t VALUES (1)")
        }
        try leaveHalfDone()
        #expect(try Database(path: folder.database).value("SELECT count(*) FROM t") == 0)
    }
}
