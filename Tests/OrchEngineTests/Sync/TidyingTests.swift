import OrchCore
import OrchEngine
import OrchTesting
import Testing

@Suite struct TidyingTests {
    /// A finished task with a worktree and a pushed branch.
    private func finished(_ stage: EngineStage) throws -> AgentTask {
        stage.script(stage.work(#"{"status":"done","summary":"Done"}"#))
        let run = try stage.dispatched()
        try stage.host(run)
        try stage.tick()
        stage.memory.closePull(try #require(stage.memory.pullRequests.last?.made.number), isMerged: true)
        try stage.sync("merged")
        return try #require(try stage.store.task(run.task))
    }

    @Test func `a proven worktree goes with its branch, whatever instant the sync is killed at`() throws {
        func play(_ checkpoint: Int?) throws -> (stage: EngineStage, task: AgentTask) {
            let stage = try EngineStage()
            let task = try finished(stage)
            stage.fuse.set(checkpoint)
            _ = try? stage.sync("tidy")
            return (stage, task)
        }
        let steps = try play(nil).stage.fuse.passed
        for checkpoint in 0..<steps {
            let (stage, task) = try play(checkpoint)
            stage.fuse.set(nil)
            for _ in 1...2 { try stage.sync("tidy") }
            #expect(stage.repository.worktrees.isEmpty, "killed at \(checkpoint)")
            #expect(try stage.store.task(task.key)?.worktree == nil, "killed at \(checkpoint)")
            #expect(try stage.sidecars.read(task.key)["worktree_cleaned"] == "1", "killed at \(checkpoint)")
        }
    }

    @Test func `what is not proven stays, and rests for an hour`() throws {
        let stage = try EngineStage()
        let task = try finished(stage)
        stage.repository.dirty.insert(try #require(task.worktree))
        #expect(try stage.sync().entries.map(\.text).contains { $0.contains("not committed") })
        stage.repository.dirty.removeAll()
        #expect(try stage.sync().entries.isEmpty)
        #expect(!stage.repository.worktrees.isEmpty)
        stage.clock.advance(.seconds(3601))
        try stage.sync()
        #expect(stage.repository.worktrees.isEmpty)
    }

    @Test func `what was kept by a clock that was ahead is looked at again all the same`() throws {
        let stage = try EngineStage()
        let task = try finished(stage)
        stage.repository.dirty.insert(try #require(task.worktree))
        try stage.sync()
        stage.repository.dirty.removeAll()
        stage.clock.jump(.seconds(-86_400))
        try stage.sync()
        #expect(stage.repository.worktrees.isEmpty)
    }

    @Test func `settings of git that nobody has accepted keep everything`() throws {
        let stage = try EngineStage()
        _ = try finished(stage)
        stage.repository.settings = ["core.sshcommand": "evil"]
        #expect(
            try stage.sync("tidy").entries.map(\.text).contains { $0.contains("git settings have changed") })
        #expect(!stage.repository.worktrees.isEmpty)
    }

    @Test func `open tasks are not looked at`() throws {
        let stage = try EngineStage()
        stage.script(stage.work(#"{"status":"done","summary":"Done"}"#))
        let run = try stage.dispatched()
        try stage.host(run)
        try stage.tick()
        #expect(try stage.sync("tidy").entries.isEmpty)
        #expect(stage.repository.worktrees.count == 1)
    }

    @Test func `what cannot be removed keeps nothing else from going, and rests with it`() throws {
        let stage = try EngineStage()
        let room = FakeStoreroom(["stuck", "old"])
        room.removing = { if $0 == "stuck" { throw SidecarError(path: $0, detail: "not permitted") } }
        stage.storeroom = room
        #expect(try stage.sync().hasFailures)
        #expect(room.removed == ["old"])
        #expect(try stage.sync().entries.isEmpty)
    }
}
