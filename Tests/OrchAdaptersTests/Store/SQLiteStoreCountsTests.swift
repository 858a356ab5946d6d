import OrchCore
import Testing

@testable import OrchAdapters

@Suite struct SQLiteStoreCountsTests {
    @Test func `counts tasks of one project by status, closed ones as done`() throws {
        let store = try memoryStore()
        #expect(try store.counts(of: app) == [:])
        try store.add(issue(1), issue(2))
        try store.add(issue(3), status: .needsReview)
        try store.add(issue(4), status: .done)
        try store.add(issue(1, in: web), status: .blocked)
        try store.change(issue(2), [.closed(true)])
        #expect(try store.counts(of: app) == [.new: 1, .needsReview: 1, .done: 2])
        #expect(try store.counts(of: web) == [.blocked: 1])
    }

    @Test func `says what each agent has consumed since a moment, the dearest first`() throws {
        let store = try memoryStore()
        for (number, agent, cost) in [(1, AgentName.codex, nil), (2, .claude, 50_000), (3, .claude, nil)] {
            try store.add(issue(number))
            let draft = RunDraft(
                task: issue(number), kind: .work, agent: agent, root: "/attempts",
                now: noon + .seconds(number))
            let run = try #require(try store.beginRun(draft, changing: []))
            try store.noteUsage(Usage(inputTokens: 10, outputTokens: 1, costMicroDollars: cost), of: run.id)
        }
        let lines = try store.expenses(of: app, since: noon + .seconds(2))
        let usage = Usage(inputTokens: 20, outputTokens: 2, costMicroDollars: 50_000)
        #expect(
            lines == [
                AgentExpense(
                    agent: .claude, runs: 2, expense: Expense(usage: usage, time: .zero, unpricedRuns: 1))
            ])
        #expect(try store.expenses(of: app, since: noon).map(\.agent) == [.claude, .codex])
        #expect(try store.expenses(of: web, since: noon).isEmpty)
    }

    @Test func `sums what a project's agents have consumed, and says how many told no cost`() throws {
        let store = try memoryStore()
        #expect(try store.expense(of: app) == Expense())
        for (number, cost) in [(1, 250_000), (2, nil), (3, 50_000)] {
            try store.add(issue(number))
            let run = try #require(try store.begin(issue(number)))
            try store.noteUsage(Usage(inputTokens: 100, outputTokens: 7, costMicroDollars: cost), of: run.id)
            let outcome = RunOutcome(status: .done)
            _ = try store.endRun(run.id, outcome: outcome, now: noon + .seconds(60))
        }
        try store.add(issue(1, in: web))
        _ = try store.begin(issue(1, in: web))
        let usage = Usage(inputTokens: 300, outputTokens: 21, costMicroDollars: 300_000)
        #expect(try store.expense(of: app) == Expense(usage: usage, time: .seconds(180), unpricedRuns: 1))
        #expect(try store.expense(of: web) == Expense(usage: Usage(), time: .zero, unpricedRuns: 1))
    }
}
