import OrchCore
import Testing

@testable import OrchAdapters

@Suite struct SQLiteStoreFireTests {
    private let store: SQLiteStore
    private let job = TaskKey(project: Project.ID(rawValue: "/srv/app"), backend: .job, id: "sync")
    private let noon = Timestamp(seconds: 1_800_000_000)

    init() throws { store = try SQLiteStore(path: SQLiteStore.inMemory) }

    private func fire(_ minutes: Int) throws -> Fire {
        try store.recordFire(
            of: job, due: noon + .seconds(60 * minutes), now: noon + .seconds(60 * minutes + 7))
    }

    @Test func `a moment has one fire, whoever writes it down and however often`() throws {
        let first = try fire(0)
        #expect(first.effect == .pending)
        let task = TaskKey(project: job.project, backend: .internal, id: "i1")
        try store.complete(first, of: job, effect: .task(task))
        let again = try store.recordFire(of: job, due: noon, now: noon + .seconds(500))
        #expect(again == Fire(due: noon, firedAt: noon + .seconds(7), effect: .task(task)))
        #expect(try store.fires(of: job, limit: 9).count == 1)
    }

    @Test func `an effect stays what it was`() throws {
        let first = try fire(0)
        try store.complete(first, of: job, effect: .run(Run.ID(rawValue: 3)))
        try store.complete(first, of: job, effect: .run(Run.ID(rawValue: 4)))
        #expect(try store.fires(of: job, limit: 1).first?.effect == .run(Run.ID(rawValue: 3)))
    }

    @Test func `fires come newest first, and only those of the job in its project`() throws {
        for minutes in [0, 2, 1] { _ = try fire(minutes) }
        #expect(try store.fires(of: job, limit: 2).map(\.due) == [noon + .seconds(120), noon + .seconds(60)])
        for other in [
            TaskKey(project: job.project, backend: .job, id: "other"),
            TaskKey(project: Project.ID(rawValue: "/srv/web"), backend: .job, id: "sync"),
        ] {
            #expect(try store.fires(of: other, limit: 9) == [])
        }
    }

    @Test func `a job's command has one live run, without any task`() throws {
        let draft = RunDraft(task: job, kind: .job, agent: .bash, root: "/attempts", now: noon)
        let run = try #require(try store.beginRun(draft, changing: []))
        #expect(try store.beginRun(draft, changing: []) == nil)
        #expect(try store.endRun(run.id, outcome: RunOutcome(status: .done), now: noon))
        #expect(try store.collectRun(run.id, changing: []))
        #expect(try store.beginRun(draft, changing: []) != nil)
        #expect(try store.runs(of: job, limit: 9).map(\.kind) == [.job, .job])
    }
}
