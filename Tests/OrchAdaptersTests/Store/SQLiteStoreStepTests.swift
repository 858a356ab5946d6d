import OrchCore
import SQLite
import Testing

@testable import OrchAdapters

/// What a run has done, what is said to it, and the fence around both.
@Suite struct SQLiteStoreStepTests {
    let store: SQLiteStore
    let run: Run.ID

    init() throws {
        store = try memoryStore()
        run = try store.hostedRun()
    }

    private var fenced: StoreError { .fenced(run: run.rawValue) }

    @Test func `a step of a run that somebody else hosts is fenced, and not recorded`() throws {
        #expect(throws: fenced) { try store.begin(.push, of: run, owner: theirs, now: noon) }
        #expect(try store.setHost(theirs, of: run, expecting: ours))
        #expect(throws: fenced) { try store.begin(.push, of: run, owner: ours, now: noon) }
        #expect(try store.step(.push, of: run) == .notBegun)
        try store.begin(.push, of: run, owner: theirs, now: noon)
    }

    @Test func `a step of a run that nobody hosts, is over, or never was is fenced`() throws {
        try store.add(issue(2))
        let unhosted = try #require(try store.begin(issue(2)))
        #expect(throws: StoreError.fenced(run: unhosted.id.rawValue)) {
            try store.begin(.claim, of: unhosted.id, owner: ours, now: noon)
        }
        _ = try store.endRun(run, outcome: RunOutcome(status: .done), now: noon)
        #expect(throws: fenced) { try store.begin(.push, of: run, owner: ours, now: noon) }
        #expect(throws: StoreError.fenced(run: 99)) {
            try store.begin(.push, of: Run.ID(rawValue: 99), owner: ours, now: noon)
        }
    }

    @Test(arguments: RunStep.allCases) func `a step is begun, then done`(step: RunStep) throws {
        #expect(try store.step(step, of: run) == .notBegun)
        try store.begin(step, of: run, owner: ours, now: noon)
        #expect(try store.step(step, of: run) == .begun)
        try store.begin(step, of: run, owner: ours, now: noon + .seconds(1))
        #expect(try store.step(step, of: run) == .begun)
        try store.complete(step, of: run, result: "", now: noon)
        #expect(try store.step(step, of: run) == .done(""))
    }

    @Test func `a step that is done stays as it was done`() throws {
        try store.begin(.commit, of: run, owner: ours, now: noon)
        try store.complete(.commit, of: run, result: "abc", now: noon)
        try store.begin(.commit, of: run, owner: ours, now: noon)
        try store.complete(.commit, of: run, result: "def", now: noon)
        #expect(try store.step(.commit, of: run) == .done("abc"))
        #expect(try store.step(.push, of: run) == .notBegun)
    }

    @Test func `a step that was never begun cannot be done`() {
        #expect(throws: StoreError.self) { try store.complete(.push, of: run, result: "", now: noon) }
    }

    @Test func `words reach their run once, in the order in which they were said`() throws {
        try store.add(issue(2))
        let other = try #require(try store.begin(issue(2)))
        for (index, words) in ["one", "two", "", "three\nlines"].enumerated() {
            // The clock may be set back: the order is that of saying.
            #expect(try store.say(words, by: "me", to: run, now: noon + .seconds(-index)))
        }
        #expect(try store.say("other", by: "me", to: other.id, now: noon))
        let pending = try store.pendingWords(for: run, limit: 3)
        #expect(pending.map(\.words) == ["one", "two", ""])
        try store.markDelivered(pending[0].id, now: noon)
        try store.markDelivered(pending[0].id, now: noon)
        #expect(try store.pendingWords(for: run, limit: 9).map(\.words) == ["two", "", "three\nlines"])
    }

    @Test func `nothing is said to a run that is over, nor is it stopped`() throws {
        _ = try store.endRun(run, outcome: RunOutcome(status: .done), now: noon)
        #expect(try !store.say("x", by: "me", to: run, now: noon))
        #expect(try !store.requestStop(of: run, by: "me"))
        #expect(try !store.isStopRequested(run))
        #expect(try !store.say("x", by: "me", to: Run.ID(rawValue: 99), now: noon))
    }

    @Test func `nothing is said to an agent that is to end, or has ended`() throws {
        try store.add(issue(2))
        let published = try #require(try store.begin(issue(2))).id
        #expect(try store.move(published, from: .starting, to: .running))
        #expect(try store.say("in time", by: "me", to: published, now: noon))
        #expect(try store.move(published, from: .running, to: .publishing))
        #expect(try !store.say("late", by: "me", to: published, now: noon))
        #expect(try store.requestStop(of: run, by: "me"))
        #expect(try !store.say("late", by: "me", to: run, now: noon))
        #expect(try store.pendingWords(for: run, limit: 9).isEmpty)
    }

    @Test func `a stop is asked for, by whomever, and seen`() throws {
        #expect(try !store.isStopRequested(run))
        #expect(try store.requestStop(of: run, by: "me"))
        #expect(try store.requestStop(of: run, by: "you"))
        #expect(try store.isStopRequested(run))
        #expect(try store.run(run)?.isStopRequested == true)
        let asked = try store.database.value("SELECT stop_requested_by FROM runs", as: String.self)
        #expect(asked == "me")
    }
}
