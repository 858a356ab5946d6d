import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// Reviews of pull requests: begun by a sync, hosted on their own, and survived whatever is killed.
@Suite struct ReviewTests {
    private func stage(_ configure: (inout Settings) -> Void = { _ in }) throws -> EngineStage {
        let stage = try EngineStage()
        stage.project.settings.workflow.enableReviewAgent = true
        configure(&stage.project.settings)
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
        pull.title = "Fix it"
        stage.pulls.pulls = [pull]
        return stage
    }

    private func words(_ decision: String, _ notes: String = "Mend line 3") -> [FakeKeeper.Act] {
        [
            .line("session s-1"), .line(#"final {"decision":"\#(decision)","notes":"\#(notes)"}"#),
            .line("done"),
            .awaitEndOfInput, .exit(0),
        ]
    }

    private func review(_ stage: EngineStage) throws -> Run? {
        try stage.sync("reviews")
        let key = TaskKey(project: stage.project.id, backend: .pull, id: "12")
        return try stage.store.runs(of: key, limit: 1).first
    }

    private func task(_ stage: EngineStage) throws -> AgentTask {
        try #require(try stage.store.task(stage.key("1")))
    }

    @Test func `an approval is posted, and changes nothing else`() throws {
        let stage = try stage()
        stage.script(words("approve", "Fine"))
        let run = try #require(try review(stage))
        #expect(run.agent == .codex && stage.hosts.started == [run.id])
        #expect(try stage.host(run)?.summary == "approve")
        #expect(stage.pulls.posted.map(\.review.decision) == [.approve])
        #expect(stage.pulls.posted.first?.review.commit == "c1")
        #expect(try task(stage).status == .inReview)
        #expect(stage.sidecars.values[stage.key("1")]?["review_decision"] == .text("approve"))
        try stage.tick()
        #expect(try review(stage)?.id == run.id, "the same commit is not reviewed again")
    }

    @Test func `wishes go back to the author, who is told them, at most so many rounds`() throws {
        let stage = try stage { $0.workflow.review.reviewRounds = 1 }
        stage.script(words("request_changes"))
        try stage.host(try #require(try review(stage)))
        #expect(try task(stage).status == .routed)
        #expect(try task(stage).agent == .claude)
        let told = try stage.store.pendingFeedback(
            for: stage.key("1"), before: Run.ID(rawValue: 99), limit: 9)
        #expect(told.map(\.text) == ["Mend line 3"])
        try stage.store.change(stage.key("1"), [.status(.inReview)])
        try stage.tick()
        stage.pulls.pulls[0].commit = "c2"
        stage.script(words("request_changes", "Still line 3"))
        try stage.host(try #require(try review(stage)))
        #expect(try task(stage).status == .needsReview)
        #expect(try task(stage).lastError?.contains("after 1 round") == true)
    }

    @Test func `a rejected one is closed, and a person is asked`() throws {
        let stage = try stage()
        stage.script(words("reject", "Made up"))
        try stage.host(try #require(try review(stage)))
        #expect(stage.pulls.pulls[0].state == .closed)
        #expect(try task(stage).status == .needsReview)
        #expect(try task(stage).lastError?.contains("Made up") == true)
    }

    @Test(arguments: ["I approve!", #"{"decision":"approved"}"#, ""])
    func `what is no decision is never an approval, and is tried again`(text: String) throws {
        let stage = try stage { $0.workflow.review.mergesApproved = true }
        stage.pulls.checks[12] = PullChecks(commit: "c1", checks: [PullCheck(name: "a", state: .passed)])
        for number in 1...ReviewsRule.tryLimit {
            stage.script([.line("final \(text)"), .line("done"), .awaitEndOfInput, .exit(0)])
            let run = try #require(try review(stage))
            #expect(run.attempt == number)
            #expect(try stage.host(run)?.failure == .invalidAnswer)
            try stage.tick()
            stage.clock.advance(RetryDelay.maximum)
        }
        try stage.sync("reviews")
        #expect(try review(stage)?.attempt == ReviewsRule.tryLimit)
        #expect(stage.pulls.posted.isEmpty && stage.pulls.merged.isEmpty)
    }

    @Test func `a commit that came meanwhile ends the review of the old one, and gets its own`() throws {
        let stage = try stage()
        let run = try #require(try review(stage))
        stage.pulls.pulls[0].commit = "c2"
        #expect(try stage.host(run)?.failure == .stopped)
        try stage.tick()
        stage.script(words("approve", "Fine"))
        try stage.host(try #require(try review(stage)))
        #expect(stage.pulls.posted.map(\.review.commit) == ["c2"])
    }

    @Test func `a limit holds the reviewer back for all, and another takes over`() throws {
        let stage = try stage()
        stage.agents = [.claude, .codex, .opencode]
        stage.project.settings.workflow.reviewAgent = .codex
        stage.script([.line("session s-1"), .line("fail usage_limit"), .exit(1)])
        try stage.host(try #require(try review(stage)))
        try stage.tick()
        stage.clock.advance(.seconds(120))
        #expect(try review(stage)?.agent == .opencode)
    }

    @Test(arguments: ["approve", "request_changes", "reject"])
    func `killed at any instant, a review comes to the same end, once`(decision: String) throws {
        var checkpoint = 0
        var wasKilled = true
        while wasKilled {
            let stage = try stage()
            stage.script(words(decision))
            let run = try #require(try review(stage))
            stage.fuse.set(checkpoint)
            // Whatever a dying process throws nobody sees.
            _ = try? stage.host(run)
            wasKilled = stage.fuse.isDead
            stage.fuse.set(nil)
            for _ in 0..<3 {
                stage.clock.advance(.seconds(60))
                try stage.tick()
                for open in try stage.store.openRuns() where open.state.isLive && open.kind == .review {
                    try stage.host(open)
                }
            }
            let seen = "killed at \(checkpoint)"
            #expect(stage.pulls.posted.count == 1, "\(seen)")
            #expect(stage.keeper.legs.count == 1, "\(seen)")
            #expect(
                try stage.store.feedback(of: stage.key("1")).count == (decision == "approve" ? 0 : 1),
                "\(seen)")
            let status: TaskStatus =
                switch decision {
                case "approve": .inReview
                case "reject": .needsReview
                default: .inProgress
                }
            #expect(try task(stage).status == status, "\(seen)")
            #expect(
                try stage.store.reviewRounds(of: 12, in: stage.project.id).map(\.state) == [.published],
                "\(seen)")
            checkpoint += 1
        }
        #expect(checkpoint > 20)
    }

    // MARK: - Merges and words

    @Test func `a refused merge is said once where somebody asked for it, and not tried again`() throws {
        let stage = try stage()
        stage.agents = [.claude]
        stage.pulls.mergeRefusal = "Conflict"
        stage.pulls.remarks[12] = [
            PullRemark(id: 5, kind: .comment, author: "octo", body: "merge", createdAt: stage.clock.now)
        ]
        stage.pulls.pulls[0].updatedAt = stage.clock.now
        stage.clock.advance(.seconds(60))
        try stage.sync("reviews")
        try stage.sync("reviews")
        #expect(stage.pulls.posted.map(\.review.text) == ["It is not merged: Conflict"])
        stage.pulls.mergeRefusal = nil
        stage.pulls.remarks[12]?.append(
            PullRemark(id: 6, kind: .comment, author: "octo", body: "merge", createdAt: stage.clock.now))
        stage.pulls.pulls[0].updatedAt = stage.clock.now
        stage.clock.advance(.seconds(60))
        try stage.sync("reviews")
        #expect(stage.pulls.merged.map(\.commit) == ["c1"])
    }

    @Test func `words wait for an agent that is at work, and are not lost`() throws {
        let stage = try stage()
        stage.agents = [.claude]
        let run = try #require(
            try stage.store.beginRun(
                RunDraft(task: stage.key("1"), kind: .work, agent: .claude, root: "/a", now: stage.clock.now),
                changing: [.status(.inProgress)]))
        stage.clock.advance(.seconds(10))
        stage.pulls.pulls[0].updatedAt = stage.clock.now
        stage.pulls.remarks[12] = [
            PullRemark(
                id: 5, kind: .review(.requestChanges), author: "octo", body: "Shorter",
                createdAt: stage.clock.now)
        ]
        stage.clock.advance(.seconds(60))
        try stage.sync("reviews")
        #expect(try stage.store.feedback(of: stage.key("1")).isEmpty)
        _ = try stage.store.endRun(run.id, outcome: RunOutcome(status: .inReview), now: stage.clock.now)
        _ = try stage.store.collectRun(run.id, changing: [.status(.inReview)])
        try stage.sync("reviews")
        #expect(try task(stage).status == .routed)
        #expect(try stage.store.feedback(of: stage.key("1")).map(\.key.key) == ["review-5"])
    }

    @Test func `quiet syncs ask for the list and nothing else`() throws {
        let stage = try stage()
        stage.script(words("approve", "Fine"))
        try stage.host(try #require(try review(stage)))
        try stage.tick()
        stage.clock.advance(.seconds(60))
        try stage.sync("reviews")
        let before = stage.pulls.calls
        for _ in 0..<100 { #expect(try stage.sync("reviews").entries.isEmpty) }
        #expect(stage.pulls.calls == before + 100)
    }

    @Test func `a whole sync with a task in review lists what is open once, and asks once for the checks`()
        throws
    {
        let stage = try stage()
        stage.agents = [.claude]
        try stage.sync()
        stage.clock.advance(.seconds(60))
        let before = (stage.pulls.calls, stage.memory.calls.count)
        #expect(try stage.sync().entries.isEmpty)
        #expect(stage.pulls.calls == before.0 + 2)
        #expect(stage.memory.calls.count == before.1 + 2, "what was closed, and what was said")
    }
}
