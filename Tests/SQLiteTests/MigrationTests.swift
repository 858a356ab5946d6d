import Dispatch
import SQLite
import Synchronization
import Testing

struct MigrationTests {
    static let first = Migration(
        version: 1, name: "tables", sql: "CREATE TABLE t (a); INSERT INTO t VALUES (1);")
    static let second = Migration(version: 3, name: "column", sql: "ALTER TABLE t ADD COLUMN b")

    @Test func `each migration runs once, in order, from where the database is`() throws {
        let database = try Database(path: ":memory:")
        #expect(try database.migrate([]) == 0)
        #expect(try database.migrate([Self.first]) == 1)
        #expect(try database.migrate([Self.first, Self.second]) == 1)
        #expect(try database.migrate([Self.first, Self.second]) == 0)
        #expect(try database.userVersion() == 3)
        #expect(try database.value("SELECT count(*) FROM t") == 1)
    }

    @Test func `a failing migration leaves no trace, and those before it stay`() throws {
        let database = try Database(path: ":memory:")
        let broken = Migration(
            version: 2, name: "broken", sql: "CREATE TABLE half (a); INSERT INTO nowhere VALUES (1)")
        let error = #expect(throws: MigrationError.self) {
            try database.migrate([Self.first, broken, Self.second])
        }
        guard case .failed(version: 2, name: "broken", let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.message == "no such table: nowhere")
        #expect(try database.userVersion() == 1)
        #expect(try database.value("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0)
    }

    @Test func `a script that ends the transaction itself is an error, and counts as not applied`() throws {
        let database = try Database(path: ":memory:")
        let rude = Migration(version: 1, name: "rude", sql: "CREATE TABLE t (a); COMMIT;")
        #expect(throws: MigrationError.self) { try database.migrate([rude]) }
        #expect(try database.userVersion() == 0)
    }

    @Test func `a database of a newer program is left alone`() throws {
        let database = try Database(path: ":memory:")
        try database.setUserVersion(9)
        #expect(throws: MigrationError.newerDatabase(version: 9, known: 3)) {
            try database.migrate([Self.first, Self.second])
        }
        #expect(try database.value("SELECT count(*) FROM sqlite_schema") == 0)
    }

    @Test func `a table may be made anew under the keys that refer to it`() throws {
        let database = try Database(path: ":memory:")
        let family = Migration(
            version: 1, name: "family",
            sql: """
                CREATE TABLE p (id INTEGER PRIMARY KEY);
                CREATE TABLE c (p REFERENCES p (id) ON DELETE CASCADE);
                INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);
                """)
        let rebuild = Migration(
            version: 2, name: "rebuild",
            sql: """
                CREATE TABLE p2 (id INTEGER PRIMARY KEY, name TEXT);
                INSERT INTO p2 (id) SELECT id FROM p;
                DROP TABLE p; ALTER TABLE p2 RENAME TO p;
                """)
        let lossy = Migration(version: 3, name: "lossy", sql: "DELETE FROM p")
        #expect(try database.migrate([family, rebuild]) == 2)
        #expect(try database.value("SELECT count(*) FROM c") == 1)
        #expect(throws: MigrationError.danglingReferences(version: 3, name: "lossy", table: "c")) {
            try database.migrate([family, rebuild, lossy])
        }
        #expect(throws: SQLiteError.self) { try database.execute("INSERT INTO c VALUES (7)") }
    }

    @Test func `a file that is no database cannot be migrated, and the error says why`() throws {
        let folder = TemporaryFolder()
        folder.overwriteDatabase(with: Array(repeating: 0x41, count: 4096))
        let database = try Database(path: folder.database)
        let error = #expect(throws: MigrationError.self) { try database.migrate([Self.first]) }
        guard case .unreadable(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.isCorrupt)
    }

    @Test func `of programs that migrate at the same time each migration is applied by one`() throws {
        let folder = TemporaryFolder()
        let path = folder.database
        let migrations = (1...6).map {
            Migration(version: $0, name: "m\($0)", sql: "CREATE TABLE m\($0) (a)")
        }
        let applied = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 6) { _ in
            do {
                let database = try Database(path: path, patience: .seconds(120))
                try database.useWriteAheadLog()
                let count = try database.migrate(migrations)
                applied.withLock { $0 += count }
            } catch {
                Issue.record(error)
            }
        }
        #expect(applied.withLock { $0 } == 6)
        #expect(try Database(path: path).userVersion() == 6)
    }
}
