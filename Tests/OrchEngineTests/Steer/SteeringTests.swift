import OrchAdapters
import OrchCore
import OrchTesting
import Testing

@testable import OrchEngine

@Suite struct SteeringTests {
    private let stage: SteeringStage
    private let host = Owner(bootID: "b1", pid: 200, startTime: 2)

    init() throws { stage = try SteeringStage() }

    // Retry

    @Test func `a retry resets the row, the label, v0's sidecar and says so in the audit`() throws {
        let task = try stage.issue(
            labels: ["status:needs_review", "has-error", "agent:codex"], .status(.needsReview),
            .labelledStatus(.needsReview), .attempts(10), .lastError("x"), .held(true),
            .agent(.codex, pinned: true))
        let steered = try stage.steering.retry(task, keepingAgent: false)
        #expect(steered.isChanged)
        #expect(steered.labelProblem == nil)
        let after = try stage.found(task.key)
        #expect(after.status == .new)
        #expect(after.labelledStatus == .new)
        #expect(after.attempts == 0)
        #expect(after.isHeld == false)
        #expect(after.agent == nil)
        #expect(try stage.github.get(task.key.id)?.labels == ["status:new"])
        #expect(stage.notes.values[task.key]?["attempts"] == .text("0"))
        #expect(stage.notes.values[task.key]?["agent"] == .null)
        #expect(try stage.acts(on: task.key) == ["retry"])
    }

    @Test func `a retry of what is new changes nothing`() throws {
        let task = try stage.issue()
        #expect(try !stage.steering.retry(task, keepingAgent: false).isChanged)
        #expect(stage.github.calls.allSatisfy { [.get, .mayWrite].contains($0) })
        #expect(try stage.acts(on: task.key) == [])
    }

    @Test func `a retry means the text as it stands now, if its author may still drive orch`() throws {
        let task = try stage.issue(.status(.needsReview))
        stage.github.edit(task.key.id) {
            $0.title = "Better"
            $0.body = "Clearer"
        }
        _ = try stage.steering.retry(task, keepingAgent: false)
        #expect(try stage.found(task.key).title == "Better")
        #expect(try stage.store.body(of: task.key) == "Clearer")
        #expect(try stage.found(task.key).isTrusted == true)
    }

    @Test func `an issue that is gone is not retried`() throws {
        let task = try stage.issue(.status(.needsReview))
        stage.github.delete(task.key.id)
        #expect(throws: EngineError.gone(task.key.id)) {
            try stage.steering.retry(task, keepingAgent: false)
        }
        #expect(try stage.found(task.key).isClosed)
    }

    @Test func `a retry counts where the tracker cannot be reached; the tick writes the label`() throws {
        let task = try stage.issue(labels: ["status:blocked"], .status(.blocked), .labelledStatus(.blocked))
        stage.github.fail(.changeLabels, with: .offline(detail: "no route"))
        let steered = try stage.steering.retry(task, keepingAgent: false)
        #expect(steered.labelProblem == .offline(detail: "no route"))
        let after = try stage.found(task.key)
        #expect(after.status == .new)
        #expect(after.labelledStatus == .blocked)
    }

    @Test func `a live run is not retried, nor what v0 has locked, nor a closed issue`() throws {
        let running = try stage.issue()
        try stage.run(of: running)
        #expect(throws: EngineError.alreadyRunning(running.key.id)) {
            try stage.steering.retry(running, keepingAgent: false)
        }
        let locked = try stage.issue(title: "Locked", .status(.blocked))
        stage.locks.holders[locked.key] = .process(77)
        #expect(throws: SteeringError.claimed(locked.key.id, by: .process(77))) {
            try stage.steering.retry(locked, keepingAgent: false)
        }
        let closed = try stage.issue(title: "Closed", .closed(true))
        #expect(throws: SteeringError.closed(closed.key.id, url: "")) {
            try stage.steering.retry(closed, keepingAgent: false)
        }
    }

    @Test func `a retry decides what an ended run left open, and keeps its agent's breaker`() throws {
        let task = try stage.issue()
        let run = try stage.run(of: task, host: host)
        let until = stage.now + .seconds(600)
        let outcome = RunOutcome(
            failure: .usageLimit(resetsAt: until), status: .needsReview, message: "limit")
        #expect(try stage.store.endRun(run.id, outcome: outcome, now: stage.now))
        #expect(try stage.steering.retry(try stage.found(task.key), keepingAgent: false).isChanged)
        #expect(try stage.found(task.key).status == .new)
        #expect(try stage.store.openRuns().isEmpty)
        #expect(try stage.store.breakers()[.claude]?.until == until)
    }

    @Test func `a finished internal task opens again`() throws {
        let task = try stage.internalTask()
        try stage.store.change(task.key, [.status(.done), .closed(true)])
        #expect(try stage.steering.retry(try stage.found(task.key), keepingAgent: false).isChanged)
        #expect(try stage.found(task.key).isOpen)
    }

    @Test func `only what is blocked is unblocked, by status or by label`() throws {
        let fine = try stage.issue()
        #expect(throws: SteeringError.notBlocked(fine.key.id, .new)) { try stage.steering.unblock(fine) }
        let labelled = try stage.issue(title: "L", labels: ["status:new", "blocked"], .labelledStatus(.new))
        #expect(try stage.steering.unblock(labelled).isChanged)
        #expect(try stage.github.get(labelled.key.id)?.labels == ["status:new"])
        #expect(try stage.found(labelled.key).labels == ["status:new"])
    }

    // Route

    @Test func `a choice by hand stands against routing`() throws {
        stage.agents = [.claude, .codex]
        let task = try stage.issue(.parkedUntil(stage.now + .seconds(60)))
        let route = try stage.steering.pin(task, to: .codex, model: "gpt")
        #expect(route == Route(agent: .codex, model: "gpt", isPinned: true, reason: "chosen by hand"))
        let after = try stage.found(task.key)
        #expect(after.status == .routed)
        #expect(after.agent == .codex)
        #expect(after.agentIsPinned == true)
        #expect(after.model == "gpt")
        // What it waited for was another agent's matter, or is a person's now.
        #expect(after.parkedUntil == nil)
    }

    @Test func `a choice for a task that waits for a person does not start it`() throws {
        let task = try stage.issue(.status(.needsReview))
        _ = try stage.steering.pin(task, to: .codex, model: nil)
        let after = try stage.found(task.key)
        #expect(after.status == .needsReview)
        #expect(after.agent == .codex)
    }

    @Test func `the router chooses anew, whatever was chosen or shown before`() throws {
        stage.agents = [.codex]
        let task = try stage.issue(
            labels: ["status:routed", "agent:claude"], .status(.routed), .labelledStatus(.routed),
            .agent(.claude, pinned: true), .model("opus"))
        guard case .chosen(let route) = try stage.steering.route(task) else {
            Issue.record("nobody is asked here")
            return
        }
        #expect(route.agent == .codex)
        #expect(route.isPinned == false)
        #expect(try stage.github.get(task.key.id)?.labels == ["status:routed"])
    }

    @Test func `nobody is routed where no agent is there`() throws {
        stage.agents = []
        let task = try stage.issue()
        #expect(throws: SteeringError.self) { try stage.steering.route(task) }
    }

    // Run

    @Test func `begins a run of a task that was just recorded`() throws {
        let task = try stage.internalTask(labels: ["agent:demo"])
        let run = try stage.steering.begin(task)
        #expect(run.agent == .demo)
        #expect(run.attempt == 1)
        #expect(run.state == .starting)
        #expect(try stage.found(task.key).status == .inProgress)
        #expect(stage.processes.started == [])
        #expect(throws: EngineError.alreadyRunning(task.key.id)) {
            try stage.steering.begin(try stage.found(task.key))
        }
    }

    @Test func `a person need not wait for a moment or a place`() throws {
        let other = try stage.issue(title: "Other")
        try stage.run(of: other)
        let task = try stage.issue(.parkedUntil(stage.now + .seconds(3600)))
        #expect(try stage.steering.begin(task).agent == .claude)
    }

    @Test(arguments: [
        TaskChange.status(.needsReview), .status(.done), .held(true), .trusted(false), .labels(["no-agent"]),
        .attempts(10), .closed(true),
    ]) func `begins nothing that a tick would not`(_ change: TaskChange) throws {
        let task = try stage.issue(change)
        #expect(throws: SteeringError.self) { try stage.steering.begin(task) }
        #expect(try stage.store.openRuns().isEmpty)
        #expect(try stage.found(task.key).status == task.status || task.attempts == 10)
    }

    // Say and stop

    @Test func `words are left for the live run, its host is woken, secrets stay out of the audit`() throws {
        let task = try stage.issue()
        let run = try stage.run(of: task, host: host)
        _ = try stage.steering.say("use hunter2hunter2", to: task)
        #expect(try stage.store.pendingWords(for: run.id, limit: 5).map(\.words) == ["use hunter2hunter2"])
        #expect(stage.processes.poked == [host])
        #expect(try stage.store.auditEntries(of: task.key, limit: 1).map(\.detail) == ["use [REDACTED]"])
    }

    @Test func `who is asked to end is told nothing more, and whoever speaks hears so`() throws {
        let task = try stage.issue()
        stage.processes.alive = [host]
        _ = try stage.run(of: task, host: host)
        _ = try stage.steering.stop(task)
        #expect(throws: SteeringError.nobodyHears(task.key.id)) {
            try stage.steering.say("use postgres", to: task)
        }
        let audited = try stage.store.auditEntries(of: task.key, limit: 5).map(\.detail)
        #expect(!audited.contains("use postgres"))
    }

    @Test func `there is nobody to talk to or to stop where nothing runs`() throws {
        let task = try stage.issue()
        #expect(throws: SteeringError.nothingRuns(task.key.id)) { try stage.steering.say("x", to: task) }
        #expect(throws: SteeringError.nothingRuns(task.key.id)) { try stage.steering.stop(task) }
    }

    @Test func `a living host is asked to end its run`() throws {
        let task = try stage.issue()
        stage.processes.alive = [host]
        let run = try stage.run(of: task, host: host)
        _ = try stage.steering.stop(task)
        #expect(try stage.store.isStopRequested(run.id))
        #expect(stage.processes.poked == [host])
        #expect(stage.processes.started == [])
    }

    @Test func `where the host is gone, a new one ends the run`() throws {
        let task = try stage.issue()
        let run = try stage.run(of: task, host: host)
        _ = try stage.steering.stop(task)
        #expect(try stage.store.isStopRequested(run.id))
        #expect(stage.processes.started == [run.id])
    }

    @Test func `a stopped run leaves its task to a person, once collected`() throws {
        let task = try stage.issue()
        let run = try stage.run(of: task, host: host)
        let outcome = RunOutcome(failure: .stopped, status: .needsReview, message: "stopped by a person")
        #expect(try stage.store.endRun(run.id, outcome: outcome, now: stage.now))
        let after = try #require(try stage.steering.collect(run))
        #expect(after.status == .needsReview)
        #expect(after.isHeld == true)
    }
}
