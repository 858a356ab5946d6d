import OrchCore
import SQLite
import Testing

@testable import OrchAdapters

@Suite struct SQLiteStoreNoticeTests {
    private let store: SQLiteStore

    init() throws { store = try memoryStore() }

    private func notice(_ key: String, _ kind: Notice.Kind = .needsReview, at seconds: Int = 0) -> Notice {
        Notice(kind, key: key, about: issue(7), text: "text of \(key)", at: noon + .seconds(seconds))
    }

    @Test func `the same news is written down once, and told once`() throws {
        #expect(try store.add(notice("a"), to: ["desktop", "phone"]))
        #expect(try !store.add(notice("a", at: 60), to: ["desktop", "other"]))
        #expect(try store.waitingNotices(for: "desktop", limit: 9).map(\.notice) == [notice("a")])
        #expect(try store.waitingNotices(for: "other", limit: 9).isEmpty)
    }

    @Test func `a notice comes back as it was`() throws {
        var plain = Notice(.agentBroken, key: "b", text: "claude: log in", at: noon)
        plain.url = "https://example.com"
        var full = notice("c", .pullOpened)
        full.run = Run.ID(rawValue: 17)
        try store.add(plain, to: [])
        try store.add(full, to: [])
        #expect(try store.notices(of: nil, from: .info, limit: 9).map(\.notice) == [full, plain])
        #expect(try store.notices(of: app, from: .info, limit: 9).map(\.notice) == [full])
        #expect(try store.notices(of: nil, from: .attention, limit: 9).map(\.notice) == [plain])
        #expect(try store.notices(of: nil, from: .info, limit: 1).map(\.notice) == [full])
    }

    @Test func `each sink tells for itself, and what was told waits no more`() throws {
        for key in ["a", "b"] { try store.add(notice(key), to: ["desktop", "phone"]) }
        let ids = try store.waitingNotices(for: "phone", limit: 9).map(\.id)
        try store.beginTelling([ids[0]], by: "phone", again: noon + .seconds(60))
        let begun = try store.waitingNotices(for: "phone", limit: 9)
        #expect(begun.map(\.dueAt) == [noon + .seconds(60), noon])
        #expect(begun.map(\.tries) == [1, 0])
        try store.endTelling([ids[0]], by: "phone", failure: nil, now: noon)
        try store.endTelling([ids[1]], by: "phone", failure: "no route", now: noon)
        #expect(try store.waitingNotices(for: "phone", limit: 9).isEmpty)
        #expect(try store.waitingNotices(for: "desktop", limit: 9).map(\.tries) == [0, 0])
        let states = try store.database.query(
            "SELECT state || note FROM tellings WHERE sink = 'phone' ORDER BY notice"
        ) { row throws(SQLiteError) in try row[0] as String }
        #expect(states == ["told", "droppedno route"])
        try store.beginTelling(ids, by: "phone", again: noon)
        #expect(try store.waitingNotices(for: "phone", limit: 9).isEmpty)
    }

    @Test func `what is forgotten takes its tellings with it`() throws {
        try store.add(notice("a"), to: ["desktop"])
        try store.add(notice("b", at: 60), to: ["desktop"])
        try store.add(Notice(.agentLimit, key: "c", text: "", at: noon), to: ["desktop"])
        try store.forgetNotices(of: app, before: noon + .seconds(60))
        #expect(try store.waitingNotices(for: "desktop", limit: 9).map(\.notice.key) == ["b", "c"])
        try store.forgetNotices(of: nil, before: noon + .seconds(60))
        #expect(try store.database.value("SELECT count(*) FROM tellings", as: Int.self) == 1)
    }

    @Test func `a notice is undone with what it tells of`() throws {
        struct Failure: Error {}
        #expect(throws: Failure.self) {
            try store.atomically {
                try store.add(notice("a"), to: ["desktop"])
                throw Failure()
            }
        }
        #expect(try store.notices(of: nil, from: .info, limit: 9).isEmpty)
    }

    @Test func `the schema knows every kind and level`() throws {
        for kind in Notice.Kind.allCases { #expect(try store.add(notice(kind.rawValue, kind), to: [])) }
        #expect(throws: SQLiteError.self) { try store.database.execute("UPDATE notices SET kind = 'x'") }
        #expect(throws: SQLiteError.self) { try store.database.execute("UPDATE notices SET level = 'x'") }
        #expect(throws: SQLiteError.self) {
            try store.database.execute("INSERT INTO tellings VALUES ('s', 1, 'told', 0, 0, '', NULL)")
        }
    }
}
