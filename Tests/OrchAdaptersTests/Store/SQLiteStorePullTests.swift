import OrchCore
import SQLite
import Testing

@testable import OrchAdapters

/// Pull requests, their reviews, and what comes back on them.
@Suite struct SQLiteStorePullTests {
    let store: SQLiteStore

    init() throws { store = try memoryStore() }

    private func pull(_ number: Int, in project: Project.ID = app) -> TaskKey {
        TaskKey(project: project, backend: .pull, id: "\(number)")
    }

    private func review(_ number: Int) throws -> Run {
        let draft = RunDraft(task: pull(number), kind: .review, agent: .codex, root: "/a", now: noon)
        return try #require(try store.beginRun(draft, changing: []))
    }

    @Test func `a review is a run without a task, one at a time`() throws {
        let run = try review(7)
        #expect(try store.run(run.id)?.task == pull(7))
        let draft = RunDraft(task: pull(7), kind: .review, agent: .claude, root: "/a", now: noon)
        #expect(try store.beginRun(draft, changing: []) == nil)
        #expect(try store.endRun(run.id, outcome: RunOutcome(status: .done), now: noon))
        #expect(try store.collectRun(run.id, changing: []))
    }

    @Test func `no run of another kind is a pull request's, and no task lives there`() throws {
        #expect(throws: StoreError.self) {
            try store.beginRun(
                RunDraft(task: pull(7), kind: .work, agent: .codex, root: "/a", now: noon), changing: [])
        }
        try store.add(issue(1))
        #expect(throws: StoreError.self) {
            try store.beginRun(
                RunDraft(task: issue(1), kind: .review, agent: .codex, root: "/a", now: noon), changing: [])
        }
        #expect(throws: StoreError.self) { try store.add(pull(8)) }
    }

    @Test func `a round is one a commit, and remembers what it came to`() throws {
        var round = ReviewRound(of: "c1", by: try review(7), tries: 1)
        try store.save(round)
        round.state = .answered
        round.decision = .requestChanges
        round.notes = "é"
        try store.save(round)
        #expect(try store.reviewRounds(of: 7, in: app) == [round])
        #expect(try store.reviewRound(of: round.run) == round)
        #expect(try store.reviewRounds(of: 7, in: web).isEmpty)
        #expect(try store.reviewRound(of: Run.ID(rawValue: 999)) == nil)
    }

    @Test(arguments: ReviewRound.State.allCases)
    func `a round has a decision just where it is answered`(state: ReviewRound.State) throws {
        var round = ReviewRound(of: "c1", by: try review(7), tries: 1)
        round.state = state
        let isAnswered = state != .running && state != .failed
        round.decision = isAnswered ? nil : .approve
        #expect(throws: StoreError.self) { try store.save(round) }
        for decision in ReviewDecision.allCases {
            round.decision = isAnswered ? decision : nil
            try store.save(round)
        }
    }

    @Test func `a pull request's record is replaced, project by project`() throws {
        var record = PullRecord(number: 7, commit: "c1")
        try store.record(record, in: app)
        record.commit = "c2"
        record.commitSince = noon
        record.readUntil = noon + .seconds(1)
        try store.record(record, in: app)
        #expect(try store.pullRecords(of: app) == [record])
        #expect(try store.pullRecords(of: web).isEmpty)
    }

    @Test func `a branch leads to the newest of its tasks`() throws {
        try store.add(issue(1), issue(2), issue(1, in: web))
        for key in [issue(1), issue(2), issue(1, in: web)] { try store.change(key, [.branch("b")]) }
        #expect(try store.task(onBranch: "b", of: app)?.key == issue(2))
        #expect(try store.task(onBranch: "c", of: app) == nil)
    }

    // MARK: - Feedback

    private func feedback(
        _ key: String, _ source: Feedback.Source = .person, on task: TaskKey = issue(1)
    ) -> Feedback {
        Feedback(task: task, pull: 7, source: source, key: key, text: "text of \(key)", createdAt: noon)
    }

    private func work(_ outcome: RunOutcome?) throws -> Run {
        let run = try #require(try store.begin(issue(1)))
        guard let outcome else { return run }
        #expect(try store.endRun(run.id, outcome: outcome, now: noon))
        #expect(try store.collectRun(run.id, changing: []))
        return run
    }

    @Test func `feedback and what it does to its task are one, and the same is nothing`() throws {
        try store.add(issue(1), status: .inReview)
        #expect(try store.add([feedback("a")], changing: [.status(.routed)]))
        #expect(try store.task(issue(1))?.status == .routed)
        try store.change(issue(1), [.status(.inReview)])
        #expect(try !store.add([feedback("a")], changing: [.status(.routed)]))
        #expect(try store.task(issue(1))?.status == .inReview)
        #expect(try store.add([feedback("a"), feedback("a", .review)], changing: []))
        #expect(
            try store.feedback(of: issue(1)).map(\.key) == [
                FeedbackKey(.person, "a"), FeedbackKey(.review, "a"),
            ])
        #expect(throws: StoreError.self) { try store.add([feedback("a", on: issue(9))], changing: []) }
    }

    @Test func `the next attempt is told, and every one after it until one has done well`() throws {
        try store.add(issue(1))
        _ = try work(RunOutcome(status: .inReview))
        try store.add([feedback("a")], changing: [])
        let failed = try work(RunOutcome(failure: .lost, status: .needsReview))
        #expect(try store.pendingFeedback(for: issue(1), before: failed.id, limit: 9).map(\.key) == ["a"])
        try store.add([feedback("b")], changing: [])
        let good = try work(RunOutcome(status: .inReview))
        #expect(try store.pendingFeedback(for: issue(1), before: good.id, limit: 9).map(\.key) == ["a", "b"])
        #expect(try store.pendingFeedback(for: issue(1), before: good.id, limit: 1).map(\.key) == ["b"])
        let next = try work(nil)
        #expect(try store.pendingFeedback(for: issue(1), before: next.id, limit: 9).isEmpty)
        // What comes while one is at work is not for that one, whose prompt is written.
        try store.add([feedback("c")], changing: [])
        #expect(try store.pendingFeedback(for: issue(1), before: next.id, limit: 9).isEmpty)
    }

    @Test func `the tables know the words of the core, and no other`() throws {
        try store.add(issue(1))
        for source in Feedback.Source.allCases {
            try store.add([feedback("k", source)], changing: [])
        }
        for column in BoardColumn.allCases {
            try store.save(BoardCard(task: issue(1), board: "b", item: "i", column: column))
        }
        #expect(try store.cards(of: app, on: "b").map(\.column) == [.done])
        #expect(try store.cards(of: app, on: "c").isEmpty)
        #expect(throws: SQLiteError.self) { try store.database.execute("UPDATE cards SET shown = 'x'") }
        #expect(throws: SQLiteError.self) { try store.database.execute("UPDATE feedback SET source = 'x'") }
    }
}
