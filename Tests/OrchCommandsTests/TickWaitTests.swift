import OrchCore
import OrchEngine
import OrchTesting
import Testing

@testable import OrchCommands

struct TickWaitTests {
    private let stage: EngineStage
    /// Of the tick that has started the run.
    private let started: TickReport

    init() throws {
        stage = try EngineStage()
        _ = try stage.store.createInternalTask(
            TaskDraft(title: "Fix", labels: ["agent:claude"]), in: stage.project.id, now: stage.clock.now)
        started = try Tick(ports: stage.ports(), projects: stage.projects).run()
        try #require(started.started.count == 1)
    }

    private func wait(_ report: inout TickReport, limit: Duration) throws {
        try TickWait(ports: stage.ports(), projects: stage.projects, show: { _ in }, limit: limit).wait(
            &report)
    }

    @Test func `runs that are not over in time are an error`() throws {
        var report = started
        let error = #expect(throws: TimeoutError.self) { try wait(&report, limit: .zero) }
        #expect(error?.problem.hasPrefix("1 run not over after") == true)
    }

    @Test func `a run that has ended is collected while another goes on`() throws {
        let other = try stage.store.createInternalTask(
            TaskDraft(title: "Mend", labels: ["agent:claude"]), in: stage.project.id, now: stage.clock.now)
        var report = try Tick(ports: stage.ports(), projects: stage.projects).run()
        report.append(started)
        let run = try #require(try stage.store.openRuns().first { $0.task != other })
        let outcome = RunOutcome(failure: .timeOut, status: .needsReview, message: "agent timed out")
        #expect(try stage.store.endRun(run.id, outcome: outcome, now: stage.clock.now))
        #expect(throws: TimeoutError.self) { try wait(&report, limit: .milliseconds(500)) }
        #expect(report.entries.contains { $0.phase == "collect" })
        #expect(try stage.store.openRuns().map(\.task) == [other])
    }

    @Test func `what becomes of the runs is in the report`() throws {
        let run = try #require(try stage.store.openRuns().first)
        let outcome = RunOutcome(failure: .timeOut, status: .needsReview, message: "agent timed out")
        #expect(try stage.store.endRun(run.id, outcome: outcome, now: stage.clock.now))
        var report = started
        try wait(&report, limit: .seconds(60))
        #expect(report.entries.contains { $0.phase == "collect" })
        #expect(try stage.store.openRuns().isEmpty)
    }
}
