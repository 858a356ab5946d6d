import OrchCore
import Testing

@testable import OrchAdapters

@Suite struct SQLiteStorePauseTests {
    private func pause(_ project: Project.ID?, by actor: String = "cli:ada") -> WorkPause {
        WorkPause(project: project, since: noon, actor: actor)
    }

    @Test func `who paused first stands, and everything comes first`() throws {
        let store = try memoryStore()
        #expect(try store.pauses().isEmpty)
        #expect(try store.pause(pause(app)))
        #expect(try store.pause(pause(nil)))
        #expect(try !store.pause(pause(nil, by: "cli:bob")))
        #expect(try store.pauses() == [pause(nil), pause(app)])
    }

    @Test func `a resume ends one pause, or all of them`() throws {
        let store = try memoryStore()
        for project in [nil, app, web] { _ = try store.pause(pause(project)) }
        #expect(try store.resume(app) == [pause(app)])
        #expect(try store.resume(app).isEmpty)
        #expect(try store.resume(nil).count == 2)
        #expect(try store.pauses().isEmpty)
    }

    @Test func `the words of one request are said once, also where their run is over by then`() throws {
        let store = try memoryStore()
        try store.add(issue(1))
        let run = try #require(try store.begin(issue(1)))
        let words = SaidWords("use postgres", by: "telegram:1", request: "telegram-9")
        #expect(try store.say(words, to: run.id, now: noon))
        #expect(try store.say(words, to: run.id, now: noon))
        #expect(try store.say("use postgres", by: "telegram:1", to: run.id, now: noon))
        #expect(try store.pendingWords(for: run.id, limit: 9).count == 2)
        _ = try store.endRun(run.id, outcome: RunOutcome(status: .done), now: noon)
        #expect(try store.say(words, to: run.id, now: noon))
        #expect(
            try !store.say(SaidWords("x", by: "telegram:1", request: "telegram-10"), to: run.id, now: noon))
    }
}
