import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// What a tick says of tasks that do not go on, and what it finds of earlier work.
@Suite struct TickStoppingTests {
    private let stage: EngineStage

    init() throws { stage = try EngineStage() }

    private func file() -> String {
        stage.memory.file(TaskDraft(title: "Fix it", body: "Please"), author: "octo")
    }

    private func task(_ id: String) throws -> AgentTask { try #require(try stage.store.task(stage.key(id))) }

    @Test func `a task that a rule stops is told why, once`() throws {
        stage.project.settings.workflow.maxAttempts = 1
        let id = file()
        try stage.tick()
        try stage.store.change(stage.key(id), [.attempts(1), .status(.routed)])
        let run = try #require(try stage.liveRun(of: id))
        _ = try stage.store.endRun(run.id, outcome: RunOutcome(status: .inProgress), now: stage.clock.now)
        try stage.tick()
        #expect(try task(id).status == .needsReview)
        try stage.tick()
        let comments = try stage.memory.comments(on: id, limit: 9).map(\.body)
        #expect(comments.count == 1 && comments.first?.contains("exceeded max attempts (1)") == true)
    }

    @Test func `the same error three times is told on the task`() throws {
        let id = file()
        try stage.tick()
        try stage.store.change(stage.key(id), [.lastError("gone"), .sameErrorCount(2)])
        let run = try #require(try stage.liveRun(of: id))
        let outcome = RunOutcome(failure: .lost, status: .needsReview, message: "gone")
        _ = try stage.store.endRun(run.id, outcome: outcome, now: stage.clock.now)
        try stage.tick()
        #expect(try stage.memory.comments(on: id, limit: 9).first?.body.contains("3 times") == true)
    }

    @Test func `a comment that is refused keeps no decision from being made`() throws {
        stage.project.settings.requiredTools = ["cargo"]
        stage.missing = ["cargo"]
        stage.memory.fail(.comment, with: .forbidden(detail: "read only"))
        let id = file()
        try stage.tick()
        #expect(try task(id).status == .blocked)
    }

    @Test func `a task of v0's keeps its branch, its worktree and its count`() throws {
        let id = file()
        stage.sidecars.values[stage.key(id)] = [
            "branch": .text("gh-task-1-old"), "worktree": .text("/w/old"), "attempts": .text("3"),
            "agent_model": .null, "parent_id": .text("9"),
        ]
        try stage.tick()
        let task = try task(id)
        #expect(task.branch == "gh-task-1-old" && task.worktree == "/w/old" && task.attempts == 4)
        #expect(task.parent == stage.key("9"))
    }

    @Test func `a host that cannot be started burns no attempt`() throws {
        let id = file()
        stage.hosts.failures = [EngineError.taskMissing("tmux")]
        try stage.tick()
        try stage.tick()
        #expect(try task(id).attempts == 0)
        #expect(try task(id).parkedUntil == stage.clock.now + .seconds(60))
    }

    @Test func `what is told on a task hides what is secret`() throws {
        stage.secrets = ["hunter2hunter2"]
        stage.project.settings.requiredTools = ["hunter2hunter2"]
        stage.missing = ["hunter2hunter2"]
        let id = file()
        try stage.tick()
        let comments = try stage.memory.comments(on: id, limit: 9).map(\.body)
        #expect(comments.count == 1 && comments.first?.contains("hunter") == false)
    }
}
