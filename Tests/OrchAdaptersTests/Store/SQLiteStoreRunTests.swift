import OrchCore
import SQLite
import Testing

@testable import OrchAdapters

@Suite struct SQLiteStoreRunTests {
    let store: SQLiteStore

    init() throws { store = try memoryStore() }

    private static let failures: [AgentFailure?] = [
        nil, .programMissing("x"), .authentication, .usageLimit(resetsAt: nil), .usageLimit(resetsAt: noon),
        .modelUnavailable("m"), .contextOverflow, .interactivePrompt, .timeOut, .silence, .tokenLimit,
        .costLimit, .toolMissing("cargo"), .invalidAnswer, .stopped, .lost, .exited(137), .exited(-1),
        .reported,
    ]

    @Test func `a run begins with its task's changes, in a folder of its own`() throws {
        try store.add(issue(1))
        var draft = RunDraft(task: issue(1), kind: .route, agent: .codex, root: "/attempts", now: noon)
        draft.attempt = 3
        draft.model = "m"
        let run = try #require(try store.beginRun(draft, changing: [.status(.inProgress), .attempts(3)]))
        #expect(run == Run(id: run.id, draft: draft, directory: "/attempts/\(run.id.rawValue)"))
        #expect(try store.run(run.id) == run)
        #expect(try store.openRuns() == [run])
        #expect(try store.task(issue(1))?.status == .inProgress)
        #expect(try store.task(issue(1))?.attempts == 3)
    }

    @Test func `an agent's record tells its work of late, and the limits that it met`() throws {
        try store.add(issue(1), issue(2), issue(3))
        func begin(_ number: Int, _ agent: AgentName, _ kind: Run.Kind = .work, at moment: Timestamp = noon)
            throws
        {
            let draft = RunDraft(task: issue(number), kind: kind, agent: agent, root: "/r", now: moment)
            let run = try #require(try store.beginRun(draft, changing: []))
            let limit = RunOutcome(
                failure: .usageLimit(resetsAt: nil), status: .needsReview, message: "limit")
            if number == 1 { #expect(try store.endRun(run.id, outcome: limit, now: moment)) }
        }
        try begin(1, .claude)
        try begin(1, .claude, .route)
        try begin(1, .codex, at: noon - .seconds(100))
        try begin(2, .claude)
        try begin(3, .codex)
        #expect(
            try store.agentRecords(since: noon) == [
                .claude: AgentRecord(runs: 2, limits: 1), .codex: AgentRecord(runs: 1, limits: 0),
            ])
    }

    @Test func `a task with a live run gets no second one, and is not changed`() throws {
        let id = try store.hostedRun()
        for state in [(Run.State.starting, Run.State.running), (.running, .publishing)] {
            let draft = RunDraft(task: issue(1), kind: .work, agent: .claude, root: "/r", now: noon)
            #expect(try store.beginRun(draft, changing: [.status(.done)]) == nil)
            #expect(try store.move(id, from: state.0, to: state.1))
        }
        #expect(try store.task(issue(1))?.status == .new)
        #expect(try store.endRun(id, outcome: RunOutcome(status: .done), now: noon))
        let next = try #require(try store.begin(issue(1)))
        #expect(next.id > id)
        #expect(try store.runs(of: issue(1), limit: 9).map(\.id) == [next.id, id])
        #expect(try store.runs(of: issue(1), limit: 1).map(\.id) == [next.id])
    }

    @Test func `a run of a task that is not there is refused`() {
        #expect(throws: StoreError.self) { try store.begin(issue(1)) }
    }

    @Test func `a run's number is not given again, even after the last row is gone`() throws {
        let id = try store.hostedRun()
        try store.database.executeScript("DELETE FROM runs")
        #expect(try #require(try store.begin(issue(1))).id > id)
    }

    @Test func `of many handles that begin the same run exactly one wins`() throws {
        for _ in 0..<10 {
            let folder = try StoreFolder()
            try folder.open().add(issue(1))
            let path = folder.database
            let outcomes = inParallel(6) { _ -> String in
                do {
                    let store = try SQLiteStore(path: path, patience: .seconds(60))
                    return try store.begin(issue(1)) == nil ? "lost" : "won"
                } catch { return "\(error)" }
            }
            #expect(outcomes.sorted() == Array(repeating: "lost", count: 5) + ["won"])
            #expect(try folder.open().openRuns().count == 1)
        }
    }

    @Test func `a host takes a run over only from whom it expects`() throws {
        try store.add(issue(1))
        let run = try #require(try store.begin(issue(1)))
        #expect(try !store.setHost(ours, of: run.id, expecting: theirs))
        #expect(try store.setHost(ours, of: run.id, expecting: nil))
        #expect(try !store.setHost(theirs, of: run.id, expecting: nil))
        #expect(try store.setHost(theirs, of: run.id, expecting: ours))
        #expect(try store.run(run.id)?.host == theirs)
        #expect(try store.endRun(run.id, outcome: RunOutcome(status: .done), now: noon))
        #expect(try !store.setHost(ours, of: run.id, expecting: theirs))
    }

    @Test func `a run moves on only from where it is`() throws {
        let id = try store.hostedRun()
        #expect(try !store.move(id, from: .running, to: .publishing))
        #expect(try store.move(id, from: .starting, to: .running))
        #expect(try !store.move(id, from: .starting, to: .running))
        #expect(try store.run(id)?.state == .running)
        #expect(try !store.move(Run.ID(rawValue: 99), from: .starting, to: .running))
    }

    @Test func `facts are added as they become known, and not after the end`() throws {
        let id = try store.hostedRun()
        try store.note(id, session: "s", branch: nil, worktree: nil, model: "m")
        try store.note(id, session: nil, branch: "b", worktree: "/w", model: nil)
        let usage = Usage(inputTokens: 1, outputTokens: 2, costMicroDollars: 3)
        #expect(try store.run(id)?.usage == Usage())
        try store.noteUsage(usage, of: id)
        _ = try store.endRun(id, outcome: RunOutcome(status: .done), now: noon)
        try store.note(id, session: "late", branch: nil, worktree: nil, model: nil)
        let run = try #require(try store.run(id))
        #expect([run.session, run.branch, run.worktree, run.model] == ["s", "b", "/w", "m"])
        #expect(run.usage == usage)
    }

    @Test(arguments: failures) func `an outcome comes back as it was given`(failure: AgentFailure?) throws {
        let id = try store.hostedRun()
        let outcome = RunOutcome(
            failure: failure, status: .needsReview, message: "m\n", summary: "s",
            pullRequest: failure.map { _ in "u" })
        #expect(try store.endRun(id, outcome: outcome, now: noon))
        let run = try #require(try store.run(id))
        #expect(run.outcome == outcome)
        #expect(run.endedAt == noon)
        #expect(run.state == .ended)
    }

    @Test func `a run ends once, and is collected once`() throws {
        let id = try store.hostedRun()
        #expect(try !store.collectRun(id, changing: [.status(.done)]))
        #expect(try store.endRun(id, outcome: RunOutcome(status: .done), now: noon))
        #expect(try !store.endRun(id, outcome: RunOutcome(status: .blocked), now: noon + .seconds(1)))
        #expect(try store.run(id)?.outcome?.status == .done)
        #expect(try store.openRuns().map(\.id) == [id])
        #expect(try store.collectRun(id, changing: [.status(.done), .summary("s")]))
        #expect(try !store.collectRun(id, changing: [.status(.blocked)]))
        #expect(try store.task(issue(1))?.status == .done)
        #expect(try store.openRuns().isEmpty)
        #expect(try store.run(id)?.state == .collected)
    }

    @Test func `take-overs are counted while the run is live`() throws {
        let id = try store.hostedRun()
        #expect(try store.countTakeover(id) == 1)
        #expect(try store.countTakeover(id) == 2)
        #expect(try store.run(id)?.takeovers == 2)
        _ = try store.endRun(id, outcome: RunOutcome(status: .done), now: noon)
        #expect(throws: StoreError.fenced(run: id.rawValue)) { try store.countTakeover(id) }
    }
}
