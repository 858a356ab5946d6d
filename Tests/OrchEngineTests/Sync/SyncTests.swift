import OrchCore
import OrchEngine
import OrchTesting
import Testing

@Suite struct SyncTests {
    private let stage: EngineStage

    init() throws { stage = try EngineStage() }

    private func task(_ id: String, on stage: EngineStage) throws -> AgentTask {
        try #require(try stage.store.task(stage.key(id)))
    }

    /// A task in review, and the number of its pull request.
    private func inReview(_ stage: EngineStage) throws -> (id: String, pull: Int) {
        stage.script(stage.work(#"{"status":"done","summary":"Done"}"#))
        let run = try stage.dispatched()
        try stage.host(run)
        try stage.tick()
        #expect(try task(run.task.id, on: stage).status == .inReview)
        return (run.task.id, try #require(stage.memory.pullRequests.last?.made.number))
    }

    @Test func `a sync that finds another at work does nothing`() throws {
        let other = Owner(bootID: "boot", pid: 9, startTime: 1)
        let until = stage.clock.now + .seconds(300)
        #expect(
            try stage.store.takeLease("sync", owner: other, now: stage.clock.now, until: until) { _ in true })
        #expect(try stage.sync().isAlreadyRunning)
        #expect(try !stage.tick().isAlreadyRunning)
    }

    @Test func `a phase that fails stops no other`() throws {
        _ = try inReview(stage)
        stage.memory.fail(.closedPullRequests, with: .broken(detail: "half an answer"))
        stage.memory.fail(.newComments, with: .broken(detail: "half an answer"), times: 2)
        let report = try stage.sync()
        #expect(Set(report.entries.map(\.phase)).isSuperset(of: ["merged", "mentions", "commands"]))
        #expect(report.hasFailures)
    }

    @Test func `a forge that is away is asked once, not by every phase`() throws {
        _ = try inReview(stage)
        stage.memory.fail(.closedPullRequests, with: .offline(detail: "no network"), times: 9)
        let before = stage.memory.calls.count
        #expect(try stage.sync().entries.count == 1)
        #expect(stage.memory.calls.count == before + 1)
    }

    @Test func `a merged pull request is found again whatever instant its sync is killed at`() throws {
        func play(_ checkpoint: Int?) throws -> (stage: EngineStage, id: String) {
            let stage = try EngineStage()
            let (id, pull) = try inReview(stage)
            stage.memory.closePull(pull, isMerged: true)
            stage.fuse.set(checkpoint)
            _ = try? stage.sync("merged")
            return (stage, id)
        }
        let calm = try play(nil)
        #expect(try task(calm.id, on: calm.stage).status == .done)
        #expect(try calm.stage.memory.get(calm.id)?.isClosed == true)
        for checkpoint in 0..<calm.stage.fuse.passed {
            let (stage, id) = try play(checkpoint)
            stage.fuse.set(nil)
            for _ in 1...2 { try stage.sync("merged") }
            #expect(try task(id, on: stage).status == .done, "killed at \(checkpoint)")
            #expect(try stage.memory.get(id)?.isClosed == true, "killed at \(checkpoint)")
        }
    }

    @Test func `an unmerged end is said once, whatever instant its sync is killed at`() throws {
        func play(_ checkpoint: Int?) throws -> (stage: EngineStage, id: String) {
            let stage = try EngineStage()
            let (id, pull) = try inReview(stage)
            stage.memory.closePull(pull, isMerged: false)
            stage.fuse.set(checkpoint)
            _ = try? stage.sync("merged")
            return (stage, id)
        }
        let steps = try play(nil).stage.fuse.passed
        for checkpoint in 0..<steps {
            let (stage, id) = try play(checkpoint)
            stage.fuse.set(nil)
            for _ in 1...2 { try stage.sync("merged") }
            #expect(try task(id, on: stage).status == .needsReview, "killed at \(checkpoint)")
            let told = try stage.memory.newComments(since: nil).comments.count {
                $0.comment.body.contains("closed without being merged")
            }
            #expect(told == 1, "killed at \(checkpoint)")
        }
    }

    @Test func `a task that a person has moved meanwhile is left as it is`() throws {
        let (id, pull) = try inReview(stage)
        stage.memory.closePull(pull, isMerged: true)
        try stage.store.change(stage.key(id), [.status(.blocked)])
        #expect(try stage.sync("merged").entries.isEmpty)
        #expect(try task(id, on: stage).status == .blocked)
    }

    @Test func `a merge is found too where a person was asked meanwhile, an unmerged end is no news there`()
        throws
    {
        for isMerged in [true, false] {
            let stage = try EngineStage()
            let (id, pull) = try inReview(stage)
            try stage.store.change(stage.key(id), [.status(.needsReview), .lastError("look")])
            stage.memory.closePull(pull, isMerged: isMerged)
            try stage.sync("merged")
            #expect(try task(id, on: stage).status == (isMerged ? .done : .needsReview))
            #expect(try task(id, on: stage).lastError == (isMerged ? nil : "look"))
        }
    }

    @Test func `a sync that was overtaken in the middle of a phase stops`() throws {
        let other = Owner(bootID: "boot", pid: 9, startTime: 1)
        let room = FakeStoreroom(["a", "b"])
        room.removing = { [stage] _ in
            stage.clock.advance(.seconds(400))
            let (now, until) = (stage.clock.now, stage.clock.now + .seconds(300))
            _ = try stage.store.takeLease("sync", owner: other, now: now, until: until) { _ in false }
        }
        stage.storeroom = room
        #expect(throws: EngineError.overtaken) { try stage.sync() }
    }

    @Test func `a repository of skills that is away keeps no other from being pulled, and is let rest`()
        throws
    {
        let library = FakeLibrary()
        library.away = ["gone"]
        stage.skillLibrary = library
        stage.skillSources = ["gone", "kept"].map { SkillSource(name: $0, url: "https://x/\($0)", pin: nil) }
        #expect(try stage.sync(.everything).hasFailures)
        #expect(library.pulled == ["gone", "kept"])
        try stage.sync(.everything)
        #expect(library.pulled == ["gone", "kept"], "both rest for an hour")
        library.broken = ["gone"]
        stage.clock.advance(.seconds(3601))
        try stage.sync(.everything)
        #expect(library.pulled == ["gone", "kept", "gone", "kept"])
    }
}
