import OrchCore
import Platform
import SQLite
import Testing

@testable import OrchAdapters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct SQLiteStoreOpeningTests {
    let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    private func write(_ bytes: [UInt8]) throws {
        try Directory.make(folder.path + "/home")
        try AtomicFile.write(bytes, to: folder.database)
    }

    private func read() throws -> [UInt8] { try WholeFile.read(folder.database, limitBytes: 1 << 20) }

    @Test func `a file that is no database is told as corrupt and never written to`() throws {
        let garbage = Array(
            "this was never a database, it is longer than a header of one hundred bytes ".utf8)
        let bytes = Array((0..<40).map { _ in garbage }.joined())
        try write(bytes)
        let error = #expect(throws: StoreError.self) { try folder.open() }
        guard case .corrupt(folder.database, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try read() == bytes)
    }

    @Test func `a database with a damaged page is told as corrupt at the first read of it`() throws {
        var store: SQLiteStore? = try folder.open()
        let key = issue(1)
        try store?.add(key)
        _ = try store?.database.checkpoint(truncates: true)
        store = nil
        var bytes = try read()
        let pageSize = 4096
        for index in pageSize..<bytes.count { bytes[index] = 0xA5 }
        try write(bytes)
        let error = #expect(throws: StoreError.self) { try folder.open().task(key) }
        guard case .corrupt(folder.database, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try read() == bytes)
    }

    @Test func `a database of a newer orch is refused and left alone`() throws {
        do { try folder.open().database.setUserVersion(Int32(StoreMigrations.latest + 1)) }
        let expected = StoreError.newer(found: StoreMigrations.latest + 1, known: StoreMigrations.latest)
        #expect(throws: expected) { try folder.open() }
    }

    @Test func `another program's database is refused and gets no tables`() throws {
        try Directory.make(folder.path + "/home")
        let stranger = try Database(path: folder.database)
        try stranger.executeScript("CREATE TABLE notes (text TEXT)")
        #expect(throws: StoreError.foreign(path: folder.database)) {
            try folder.open()
        }
        #expect(try stranger.value("SELECT count(*) FROM sqlite_schema", as: Int.self) == 1)
        #expect(try stranger.value("PRAGMA journal_mode", as: String.self) == "delete")
    }

    @Test func `a folder in the file's place is told as such`() throws {
        try Directory.make(folder.database)
        let error = #expect(throws: StoreError.self) { try folder.open() }
        guard case .failed = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a file that may not be written is told as read-only`() throws {
        do { _ = try folder.open() }
        for suffix in ["-wal", "-shm"] { unlink(folder.database + suffix) }
        chmod(folder.path, 0o755)
        chmod(folder.path + "/home", 0o555)
        chmod(folder.database, 0o444)
        defer { chmod(folder.path + "/home", 0o755) }
        let error = withoutRootPowers {
            #expect(throws: StoreError.self) { try folder.open().setCursor("c", to: "1") }
        }
        #expect(error == .readOnly(path: folder.database))
    }

    @Test func `a home that cannot be made is told as read-only`() throws {
        chmod(folder.path, 0o555)
        let error = withoutRootPowers { #expect(throws: StoreError.self) { try folder.open() } }
        #expect(error == .readOnly(path: folder.database))
    }

    @Test func `missing folders are made, and nobody else may look into any of it`() throws {
        let path = folder.path + "/a/b/orch.db"
        let store = try SQLiteStore(path: path)
        try store.setCursor("c", to: "1")
        #expect(try FileStatus(of: folder.path + "/a").permissions == 0o700)
        #expect(try FileStatus(of: folder.path + "/a/b").permissions == 0o700)
        for suffix in ["", "-wal", "-shm"] {
            #expect(try FileStatus(of: path + suffix).permissions == 0o600, "\(suffix)")
        }
    }

    @Test func `what was said is there after the file is opened again`() throws {
        do {
            let store = try folder.open()
            try store.add(issue(1))
            try store.setCursor("c", to: "1")
        }
        let store = try folder.open()
        #expect(try store.cursor("c") == "1")
        #expect(try store.openTasks(of: app).map(\.key) == [issue(1)])
        #expect(try store.integrityProblem() == nil)
    }

    @Test func `many that make the database at the same time get one sound database`() throws {
        for _ in 0..<5 {
            let folder = try StoreFolder()
            let path = folder.database
            let problems = inParallel(6) { index -> String? in
                do {
                    let store = try SQLiteStore(path: path, patience: .seconds(60))
                    try store.setCursor("\(index)", to: "x")
                    return nil
                } catch { return "\(error)" }
            }
            #expect(problems == Array(repeating: nil, count: 6))
            let store = try folder.open()
            #expect(try store.integrityProblem() == nil)
            // Each its own, and the instance that is there from the beginning.
            #expect(try store.database.value("SELECT count(*) FROM cursors", as: Int.self) == 7)
            #expect(try store.database.userVersion() == StoreMigrations.latest)
        }
    }
}
