import OrchCore
import SQLite
import Testing

@testable import OrchAdapters

/// Cursors, breakers, the audit, and what is remembered of requests.
@Suite struct SQLiteStoreMemoryTests {
    let store: SQLiteStore

    init() throws { store = try memoryStore() }

    @Test func `cursors are set, read and replaced by name`() throws {
        #expect(try store.cursor("a") == nil)
        try store.setCursor("a", to: "1")
        try store.setCursor("b", to: "")
        try store.setCursor("a", to: "2")
        #expect(try store.cursor("a") == "2")
        #expect(try store.cursor("b") == "")
    }

    @Test func `a breaker is set, replaced and lifted`() throws {
        #expect(try store.breakers().isEmpty)
        try store.setBreaker(Breaker(until: noon, reason: "login"), of: .claude)
        let later = Breaker(until: noon + .seconds(9), reason: "limit")
        try store.setBreaker(later, of: .claude)
        try store.setBreaker(Breaker(until: noon, reason: ""), of: .codex)
        try store.setBreaker(nil, of: .codex)
        try store.setBreaker(nil, of: .opencode)
        #expect(try store.breakers() == [.claude: later])
    }

    @Test func `the audit of a task is read oldest first, the newest of it`() throws {
        let entries = (1...4).map {
            AuditEntry(
                at: noon + .seconds(-$0), actor: "tick", task: issue(1),
                run: $0 == 1 ? nil : Run.ID(rawValue: $0),
                act: "dispatch", detail: "\($0)")
        }
        for entry in entries { try store.audit(entry) }
        try store.audit(AuditEntry(at: noon, actor: "me", task: nil, run: nil, act: "init", detail: ""))
        try store.audit(
            AuditEntry(at: noon, actor: "me", task: issue(1, in: web), run: nil, act: "add", detail: ""))
        #expect(try store.auditEntries(of: issue(1), limit: 9) == entries)
        #expect(try store.auditEntries(of: issue(1), limit: 2) == Array(entries.suffix(2)))
    }

    @Test(arguments: [
        "UPDATE audit SET detail = 'nothing'", "UPDATE audit SET id = 7", "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit (id, at, actor, act, detail) VALUES (1, 0, 'x', 'y', 'z')",
        "UPDATE OR REPLACE audit SET id = 1",
    ])
    func `nobody changes or removes what the audit says`(statement: String) throws {
        let entry = AuditEntry(at: noon, actor: "me", task: issue(1), run: nil, act: "kill", detail: "why")
        try store.audit(entry)
        #expect(throws: (any Error).self) { try store.database.executeScript(statement) }
        #expect(try store.auditEntries(of: issue(1), limit: 9) == [entry])
    }

    @Test func `an answer is remembered with its next page, replaced and forgotten`() throws {
        let first = CachedAnswer(etag: "\"1\"", body: "[]", next: "u2")
        try store.remember(first, for: "u", now: noon)
        #expect(try store.cachedAnswer("u") == first)
        #expect(try store.cachedAnswer("U") == nil)
        let second = CachedAnswer(etag: "\"2\"", body: "")
        try store.remember(second, for: "u", now: noon)
        #expect(try store.cachedAnswer("u") == second)
    }

    @Test func `the oldest answers go when all of them have become too long`() throws {
        let body = String(repeating: "x", count: SQLiteStore.answerLimitBytes)
        let fitting = SQLiteStore.cacheLimitBytes / SQLiteStore.answerLimitBytes
        for index in 0..<fitting + 2 {
            try store.remember(
                CachedAnswer(etag: "e", body: body), for: "u\(index)", now: noon + .seconds(index))
        }
        let left = try (0..<fitting + 2).filter { try store.cachedAnswer("u\($0)") != nil }
        #expect(left == Array(2..<fitting + 2))
    }

    @Test func `the answer just stored stays, even when the clock was set back`() throws {
        let body = String(repeating: "x", count: SQLiteStore.answerLimitBytes)
        for index in 0..<SQLiteStore.cacheLimitBytes / SQLiteStore.answerLimitBytes + 1 {
            try store.remember(
                CachedAnswer(etag: "e", body: body), for: "u\(index)", now: noon - .seconds(index))
            #expect(try store.cachedAnswer("u\(index)") != nil)
        }
    }

    @Test func `an answer that is too long is not kept, nor is the one it replaces`() throws {
        try store.remember(CachedAnswer(etag: "1", body: "short"), for: "u", now: noon)
        try store.remember(CachedAnswer(etag: "1", body: "other"), for: "v", now: noon)
        let long = String(repeating: "x", count: SQLiteStore.answerLimitBytes + 1)
        try store.remember(CachedAnswer(etag: "2", body: long), for: "u", now: noon)
        #expect(try store.cachedAnswer("u") == nil)
        #expect(try store.cachedAnswer("v") != nil)
    }

    @Test func `a quota comes back as it was set, by resource`() throws {
        #expect(try store.quota("rest") == nil)
        var quota = Quota()
        quota.remaining = 4999
        quota.resetsAt = noon
        quota.backOffUntil = noon + .seconds(60)
        quota.lastDelay = .milliseconds(30_500)
        quota.reason = "secondary limit"
        try store.setQuota(quota, of: "rest")
        try store.setQuota(Quota(), of: "graphql")
        #expect(try store.quota("rest") == quota)
        #expect(try store.quota("graphql") == Quota())
        try store.setQuota(Quota(), of: "rest")
        #expect(try store.quota("rest") == Quota())
    }
}
