import OrchAdapters
import OrchCore
import OrchTesting
import Testing

@testable import OrchEngine

@Suite struct PromoteTests {
    private let stage: SteeringStage

    init() throws { stage = try SteeringStage() }

    private func promote(_ task: AgentTask) throws -> Promoted {
        try stage.steering.promote(task, key: "publish-\(task.key.id)", pause: {})
    }

    @Test func `an internal task becomes an issue, with agent, labels, branch and children`() throws {
        let task = try stage.internalTask("Plan", labels: ["bug", "agent:claude"])
        try stage.store.change(
            task.key, [.agent(.claude, pinned: true), .branch("task-i1-plan"), .trusted(true)])
        let child = try stage.internalTask("Part")
        try stage.store.change(child.key, [.parent(task.key)])
        let promoted = try promote(try stage.found(task.key))
        let issue = try #require(try stage.github.get(promoted.key.id))
        #expect(issue.title == "Plan")
        #expect(issue.body == "body")
        #expect(Set(issue.labels).isSuperset(of: ["bug", "agent:claude"]))
        let row = try stage.found(promoted.key)
        #expect(row.agent == .claude)
        #expect(row.branch == "task-i1-plan")
        #expect(row.isTrusted == true)
        #expect(try stage.found(child.key).parent == promoted.key)
        #expect(promoted.children == 1)
    }

    @Test func `the internal task is closed with a link, and done once more changes nothing`() throws {
        let task = try stage.internalTask()
        let first = try promote(task)
        let closed = try stage.found(task.key)
        #expect(!closed.isOpen)
        let comments = try stage.store.comments(on: task.key, limit: 5)
        #expect(comments.map(\.body) == ["Published as #\(first.key.id): \(first.url)"])
        let second = try promote(closed)
        #expect(second.key == first.key)
        #expect(try stage.store.comments(on: task.key, limit: 5).count == 1)
    }

    @Test func `an issue that has been at work keeps its own state`() throws {
        let task = try stage.internalTask()
        let promoted = try promote(task)
        try stage.store.change(promoted.key, [.status(.inReview), .attempts(3)])
        _ = try promote(try stage.found(task.key))
        let row = try stage.found(promoted.key)
        #expect(row.status == .inReview)
        #expect(row.attempts == 3)
    }

    @Test func `nothing is published while a tick is at work`() throws {
        let task = try stage.internalTask()
        let other = Owner(bootID: "b1", pid: 300, startTime: 3)
        stage.processes.alive = [other]
        let taken = try stage.store.takeLease(
            "tick", owner: other, now: stage.now, until: stage.now + .seconds(60), isGone: { _ in false })
        #expect(taken)
        var pauses = 0
        #expect(throws: SteeringError.busy) {
            try stage.steering.promote(task, key: "k") { pauses += 1 }
        }
        #expect(pauses > 1)
        #expect(stage.github.calls.isEmpty)
    }

    @Test func `no issue is published again, nor what runs`() throws {
        let issue = try stage.issue()
        #expect(throws: SteeringError.isIssueAlready(issue.key.id, url: "")) { try promote(issue) }
        let task = try stage.internalTask()
        try stage.run(of: task)
        #expect(throws: EngineError.alreadyRunning(task.key.id)) { try promote(task) }
    }

    @Test func `a failure leaves the internal task as it is`() throws {
        let task = try stage.internalTask()
        stage.github.fail(.create, with: .offline(detail: "no route"))
        #expect(throws: TrackerError.offline(detail: "no route")) { try promote(task) }
        #expect(try stage.found(task.key) == task)
        // The lease was given back: the next try goes through.
        #expect(try promote(task).children == 0)
    }

    @Test func `what becomes public tells no secret and calls nobody`() throws {
        let key = try stage.store.createInternalTask(
            TaskDraft(title: "Ask @bob", body: "with hunter2hunter2"), in: stage.project.id, now: stage.now)
        let promoted = try promote(try stage.found(key))
        let issue = try #require(try stage.github.get(promoted.key.id))
        #expect(issue.title == "Ask @\u{200B}bob" && issue.body == "with [REDACTED]")
    }
}
