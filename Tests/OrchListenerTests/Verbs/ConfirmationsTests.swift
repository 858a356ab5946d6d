import OrchCore
import OrchListener
import Testing

@Suite struct ConfirmationsTests {
    private let now = Timestamp(seconds: 1_000_000)
    private let ada = Person(service: .telegram, id: "1")
    private let place = Place(service: .telegram, chat: "1")

    private func kill() throws -> Verb { .kill(try #require(TaskReference("42"))) }

    @Test func `a yes counts once, for the one who was asked, where they were asked`() throws {
        var asked = Confirmations()
        asked.ask(try kill(), of: ada, in: place, now: now)
        #expect(asked.take(from: Person(service: .telegram, id: "2"), in: place, now: now) == nil)
        #expect(asked.take(from: ada, in: Place(service: .telegram, chat: "-5"), now: now) == nil)
        #expect(asked.take(from: Person(service: .discord, id: "1"), in: place, now: now) == nil)
        #expect(try asked.take(from: ada, in: place, now: now + .seconds(119)) == kill())
        #expect(asked.take(from: ada, in: place, now: now) == nil)
    }

    @Test func `a yes that comes late counts for nothing`() throws {
        var asked = Confirmations()
        asked.ask(try kill(), of: ada, in: place, now: now)
        #expect(asked.take(from: ada, in: place, now: now + Confirmations.patience) == nil)
        asked.ask(try kill(), of: ada, in: place, now: now)
        #expect(asked.take(from: ada, in: place, now: now - .seconds(3600)) == nil)
    }

    @Test func `the newest question is the one that is answered`() throws {
        var asked = Confirmations()
        let merge = Verb.merge(try #require(TaskReference("7")))
        asked.ask(try kill(), of: ada, in: place, now: now)
        asked.ask(merge, of: ada, in: place, now: now)
        #expect(asked.take(from: ada, in: place, now: now) == merge)
    }
}
