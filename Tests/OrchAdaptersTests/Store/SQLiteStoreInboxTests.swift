import OrchCore
import SQLite
import Testing

@testable import OrchAdapters

@Suite struct SQLiteStoreInboxTests {
    private let store: SQLiteStore
    private let place = "acme/app"

    init() throws { store = try memoryStore() }

    private func delivery(
        _ id: String, _ event: String = "issues", at place: String = "acme/app", payload: String = "{}",
        after: Int = 0
    ) -> Delivery {
        Delivery(
            source: .github, id: id, event: event, place: place, payload: payload,
            receivedAt: noon + .seconds(after))
    }

    @Test func `a delivery that comes again is left as it was`() throws {
        #expect(try store.receive([delivery("a"), delivery("b")]) == ["a", "b"])
        #expect(try store.receive([delivery("b", payload: "other"), delivery("c")]) == ["c"])
        let waiting = try store.waitingDeliveries(from: .github, limit: 9)
        #expect(waiting.map(\.delivery.id) == ["a", "b", "c"])
        #expect(waiting.map(\.delivery.payload) == ["{}", "{}", "{}"])
        #expect(try store.received(["a", "x"], from: .github) == ["a"])
    }

    @Test func `two of one id in one group are one delivery`() throws {
        #expect(try store.receive([delivery("a"), delivery("a", payload: "2")]) == ["a"])
        #expect(try store.countWaitingDeliveries(from: .github) == 1)
    }

    @Test func `sources have ids of their own`() throws {
        let message = Delivery(
            source: .telegram, id: "a", event: "message", place: "7", payload: "hello", receivedAt: noon)
        #expect(try store.receive([delivery("a"), message]).count == 1)
        #expect(try store.waitingDeliveries(from: .telegram, limit: 9).map(\.delivery) == [message])
        #expect(try store.received(["a"], from: .discord) == [])
    }

    @Test func `one that the schema refuses takes its whole group with it`() throws {
        #expect(throws: StoreError.self) { try store.receive([delivery("a"), delivery("")]) }
        #expect(try store.countWaitingDeliveries(from: .github) == 0)
    }

    @Test func `the newest is told by event and place`() throws {
        try store.receive([
            delivery("1"), delivery("2", "push"), delivery("3", at: "acme/web"), delivery("4", "ping"),
        ])
        let newest = try store.newestDelivery(of: ["issues", "push"], from: .github, at: place)
        #expect(newest?.delivery.id == "2")
        #expect(try store.newestDelivery(of: ["release"], from: .github, at: place) == nil)
        #expect(try store.newestDelivery(of: [], from: .github, at: place) == nil)
    }

    @Test func `what was dealt with waits no more, and the first moment stays`() throws {
        try store.receive([delivery("1"), delivery("2", "push"), delivery("3"), delivery("4")])
        let rows = try store.waitingDeliveries(from: .github, limit: 9).map(\.row)
        try store.markHandled(
            through: rows[2], of: ["issues"], from: .github, at: place, now: noon + .seconds(5))
        #expect(
            try store.waitingDeliveries(from: .github, limit: 9).map(\.delivery.id) == ["2", "4"])
        try store.markHandled(rows[1], now: noon + .seconds(6))
        try store.markHandled(rows[2], now: noon + .seconds(7))
        let third = try store.newestDelivery(of: ["push"], from: .github, at: place)
        #expect(third?.handledAt == noon + .seconds(6))
        #expect(
            try store.database.value("SELECT handled_at FROM inbox WHERE delivery = '3'", as: Int.self)
                == noon.seconds + 5)
        #expect(try store.waitingDeliveries(from: .github, limit: 9).map(\.delivery.id) == ["4"])
        #expect(try store.waitingDeliveries(from: .github, limit: 0).isEmpty)
    }

    @Test func `only what was dealt with is forgotten`() throws {
        try store.receive([delivery("1"), delivery("2"), delivery("3", after: 60)])
        let rows = try store.waitingDeliveries(from: .github, limit: 9).map(\.row)
        try store.markHandled(rows[0], now: noon)
        try store.markHandled(rows[2], now: noon)
        try store.forgetDeliveries(before: noon + .seconds(30))
        #expect(try store.received(["1", "2", "3"], from: .github) == ["2", "3"])
    }

    @Test func `a tick finds the newest by one step down an index`() throws {
        var statement = try store.database.prepare(
            """
            EXPLAIN QUERY PLAN SELECT id FROM inbox WHERE source = 'github' AND place = 'p' AND event = 'e'
            ORDER BY id DESC LIMIT 1
            """)
        #expect(try statement.step())
        let step: String = try statement["detail"]
        #expect(step.contains("inbox_of_place (source=? AND place=? AND event=?)"))
        #expect(try !statement.step(), "it sorts")
    }

    private let listener = Owner(bootID: "b", pid: 7, startTime: .max)

    private func beat(_ owner: Owner? = nil, at seconds: Int, hears: Bool = true) throws -> Heartbeat? {
        try store.noteHeartbeat(of: owner ?? listener, hearsGitHub: hears, now: noon + .seconds(seconds))
        return try store.heartbeat()
    }

    @Test func `a heartbeat replaces the one before`() throws {
        #expect(try store.heartbeat() == nil)
        for seconds in [0, 10, 20] {
            let expected = Heartbeat(
                listener: listener, unbrokenSince: noon, at: noon + .seconds(seconds), hearsGitHub: true)
            #expect(try beat(at: seconds) == expected)
        }
        #expect(try store.database.value("SELECT count(*) FROM heartbeats", as: Int.self) == 1)
    }

    @Test func `a break begins anew`() throws {
        _ = try beat(at: 0)
        #expect(try beat(at: 36)?.unbrokenSince == noon + .seconds(36), "the machine slept")
        let other = Owner(bootID: "b", pid: 8, startTime: 1)
        #expect(try beat(other, at: 40)?.unbrokenSince == noon + .seconds(40), "it was restarted")
        #expect(try beat(other, at: 39)?.unbrokenSince == noon + .seconds(39), "the clock was set back")
        _ = try beat(other, at: 45, hears: false)
        #expect(try beat(other, at: 50)?.unbrokenSince == noon + .seconds(50), "webhooks were off")
        #expect(try beat(other, at: 85)?.unbrokenSince == noon + .seconds(50))
    }

    @Test(arguments: [(0, true), (34, true), (35, false), (-1, false)])
    func `a heartbeat is fresh for three periods, and never from the future`(age: Int, isFresh: Bool) {
        let beat = Heartbeat(listener: listener, unbrokenSince: noon, at: noon, hearsGitHub: true)
        #expect(beat.isFresh(noon + .seconds(age)) == isFresh)
    }
}
