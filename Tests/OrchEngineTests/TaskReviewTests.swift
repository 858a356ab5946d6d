import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// The review that follows a run at once, in the process that ran it.
@Suite struct TaskReviewTests {
    private func stage() throws -> EngineStage {
        let stage = try EngineStage()
        stage.project.settings.workflow.enableReviewAgent = true
        let id = stage.memory.file(
            TaskDraft(title: "Fix", body: "Please", labels: [TaskStatus.inReview.label]), author: "octo")
        try stage.tick()
        var task = try #require(try stage.store.task(stage.key(id)))
        task.agent = .claude
        task.isTrusted = true
        task.branch = "gh-task-1-fix"
        try stage.store.save([(task, "Please")], cursor: nil)
        var pull = TrackedPullRequest(number: 12, head: "gh-task-1-fix", state: .open)
        pull.commit = "c1"
        pull.author = "octo"
        stage.pulls.pulls = [pull]
        return stage
    }

    private func decides(_ decision: String, on stage: EngineStage) {
        stage.script([
            .line("session s-1"), .line(#"final {"decision":"\#(decision)","notes":"Mend line 3"}"#),
            .line("done"), .awaitEndOfInput, .exit(0),
        ])
    }

    private func review(_ stage: EngineStage) throws -> RunOutcome? {
        let task = try #require(try stage.store.task(stage.key("1")))
        return try stage.reviewAtOnce(task, pull: 12, by: .codex)
    }

    private func rounds(_ stage: EngineStage) throws -> [ReviewRound] {
        try stage.store.reviewRounds(of: 12, in: stage.project.id)
    }

    /// Hosts whatever reviews a sync or a tick finds due, and says how many there were.
    private func hosted(_ stage: EngineStage) throws -> Int {
        var count = 0
        for run in try stage.store.openRuns() where run.state.isLive && run.kind == .review {
            try stage.host(run)
            count += 1
        }
        return count
    }

    @Test func `its commit is not reviewed again by a sync, a later one is`() throws {
        let stage = try stage()
        decides("approve", on: stage)
        #expect(try review(stage)?.summary == "approve")
        #expect(stage.pulls.posted.map(\.review.commit) == ["c1"])
        #expect(try rounds(stage).map(\.state) == [.published])
        try stage.tick()
        stage.clock.advance(.seconds(300))
        try stage.sync("reviews")
        #expect(try hosted(stage) == 0)
        stage.pulls.pulls[0].commit = "c2"
        decides("approve", on: stage)
        try stage.sync("reviews")
        #expect(try hosted(stage) == 1)
        #expect(try rounds(stage).map(\.commit).sorted() == ["c1", "c2"])
    }

    @Test func `what a sync has decided of the commit stands, and no agent is asked`() throws {
        let stage = try stage()
        decides("request_changes", on: stage)
        try stage.sync("reviews")
        #expect(try hosted(stage) == 1)
        try stage.tick()
        let outcome = try #require(try review(stage))
        #expect(outcome.summary == "request_changes" && outcome.message == "Mend line 3")
        #expect(stage.keeper.legs.count == 1 && stage.pulls.posted.count == 1)
    }

    @Test func `no decision is no round, so the next sync reviews it`() throws {
        let stage = try stage()
        stage.script([.line("final LGTM!"), .line("done"), .awaitEndOfInput, .exit(0)])
        #expect(try review(stage)?.failure != nil)
        #expect(try rounds(stage).isEmpty && stage.pulls.posted.isEmpty)
        try stage.tick()
        decides("approve", on: stage)
        try stage.sync("reviews")
        #expect(try hosted(stage) == 1)
        #expect(stage.pulls.posted.map(\.review.decision) == [.approve])
    }

    @Test(arguments: ["approve", "request_changes", "reject"])
    func `killed at any instant, its decision is published once, or made by the next sync`(
        decision: String
    ) throws {
        var checkpoint = 0
        var wasKilled = true
        while wasKilled {
            let stage = try stage()
            for _ in 1...2 { decides(decision, on: stage) }
            stage.fuse.set(checkpoint)
            // Whatever a dying process throws nobody sees.
            _ = try? review(stage)
            wasKilled = stage.fuse.isDead
            stage.fuse.set(nil)
            for _ in 0..<4 {
                stage.clock.advance(.seconds(120))
                try stage.tick()
                _ = try hosted(stage)
                try stage.sync("reviews")
            }
            let seen = "killed at \(checkpoint)"
            #expect(stage.pulls.posted.map(\.review.decision?.rawValue) == [decision], "\(seen)")
            #expect(try rounds(stage).map(\.state) == [.published], "\(seen)")
            checkpoint += 1
        }
        #expect(checkpoint > 10)
    }
}
