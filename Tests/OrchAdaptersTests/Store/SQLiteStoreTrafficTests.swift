import OrchCore
import SQLite
import Testing

@testable import OrchAdapters

/// Locks, limits and growth: what many processes do to one file.
@Suite struct SQLiteStoreTrafficTests {
    /// Each opening reads the log through: 0.2 ms for this much.
    static let logLimitBytes: Int64 = 512 * 1024

    let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    @Test func `a writer that waits in vain says that the database is busy`() throws {
        let holder = try folder.open()
        let store = try folder.open(patience: .milliseconds(20))
        try holder.database.write { () throws in
            #expect(throws: StoreError.busy) { try store.setCursor("c", to: "1") }
        }
        try store.setCursor("c", to: "1")
    }

    @Test func `reading waits for no writer, and a held lease is found held without waiting`() throws {
        let holder = try folder.open()
        try holder.add(issue(1))
        let store = try folder.open(patience: .zero)
        #expect(
            try holder.takeLease("tick", owner: theirs, now: noon, until: noon + .seconds(60)) { _ in false })
        try holder.database.write { () throws in
            #expect(try store.openTasks(of: app).count == 1)
            #expect(try store.openRuns().isEmpty)
            #expect(
                try !store.takeLease("tick", owner: ours, now: noon, until: noon + .seconds(60)) { _ in false
                })
        }
    }

    @Test func `saying again what is known takes no lock`() throws {
        let holder = try folder.open()
        try holder.setCursor("c", to: "1")
        var quota = Quota()
        quota.remaining = 7
        try holder.setQuota(quota, of: "rest")
        let draft = with(TaskDraft(title: "t")) { $0.key = "k" }
        let made = try holder.createInternalTask(draft, in: app, now: noon)
        let store = try folder.open(patience: .zero)
        try holder.database.write { () throws in
            try store.setCursor("c", to: "1")
            try store.setQuota(quota, of: "rest")
            try store.save([], cursor: ("c", "1"))
            #expect(try store.createInternalTask(draft, in: app, now: noon) == made)
        }
    }

    @Test func `a full disk is told, loses nothing, and is got over`() throws {
        let store = try folder.open()
        try store.add(issue(1))
        let pages = try store.database.value("PRAGMA page_count", as: Int.self) ?? 0
        _ = try store.database.value("PRAGMA max_page_count = \(pages)", as: Int.self)
        let long = String(repeating: "x", count: 100_000)
        #expect(throws: StoreError.full) {
            try store.save([(AgentTask(key: issue(2), title: "t", status: .new), long)], cursor: ("c", "1"))
        }
        #expect(try store.cursor("c") == nil)
        #expect(try store.openTasks(of: app).map(\.key) == [issue(1)])
        _ = try store.database.value("PRAGMA max_page_count = 1000000", as: Int.self)
        try store.save([(AgentTask(key: issue(2), title: "t", status: .new), long)], cursor: ("c", "1"))
        #expect(try store.body(of: issue(2)) == long)
    }

    @Test func `ten thousand quiet ticks leave the file and its log no larger`() throws {
        var store = try folder.open()
        try store.add(issue(1))
        try store.setCursor("c", to: "1")
        try quietTick(store, 0)
        try store.database.checkpoint(truncates: true)
        let size = fileSize(folder.database)
        var longestLog: Int64 = 0
        for index in 1...10_000 {
            if index.isMultiple(of: 50) { store = try folder.open() }
            try quietTick(store, index)
            longestLog = max(longestLog, fileSize(folder.database + "-wal"))
        }
        #expect(fileSize(folder.database) == size)
        #expect(longestLog <= Self.logLimitBytes)
    }

    private func quietTick(_ store: SQLiteStore, _ index: Int) throws {
        let now = noon + .seconds(10 * index)
        guard
            try store.takeLease(
                "tick", owner: ours, now: now, until: now + .seconds(60), isGone: { _ in false })
        else { throw StoreError.busy }
        _ = try store.openTasks(of: app)
        _ = try store.openRuns()
        _ = try store.breakers()
        try store.setCursor("c", to: "1")
        try store.releaseLease("tick", owner: ours)
    }

    @Test func `processes that write once each do not make the log grow for ever`() throws {
        do { try folder.open().add(issue(1)) }
        for index in 0..<400 { try folder.open().setCursor("c", to: "\(index)") }
        #expect(fileSize(folder.database + "-wal") <= Self.logLimitBytes)
        #expect(try folder.open().cursor("c") == "399")
    }

    @Test func `a reader elsewhere holds up no commit, and the log is emptied once it is gone`() throws {
        let reader = try folder.open()
        let store = try folder.open(patience: .seconds(600))
        try store.add(issue(1))
        let long = String(repeating: "x", count: Int(Self.logLimitBytes))
        try reader.database.read { () throws in
            #expect(try reader.database.value("SELECT count(*) FROM tasks", as: Int.self) == 1)
            try store.save([(AgentTask(key: issue(2), title: "t", status: .new), long)], cursor: nil)
            #expect(fileSize(folder.database + "-wal") > Self.logLimitBytes)
        }
        try store.setCursor("c", to: "1")
        #expect(fileSize(folder.database + "-wal") == 0)
        #expect(try reader.body(of: issue(2)) == long)
    }
}

/// The value with the change made.
func with<Value>(_ value: Value, _ change: (inout Value) -> Void) -> Value {
    var changed = value
    change(&changed)
    return changed
}
