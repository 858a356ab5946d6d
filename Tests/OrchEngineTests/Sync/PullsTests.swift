import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// Open pull requests as a sync sees them, beside one another.
@Suite struct PullsTests {
    private let stage: EngineStage

    init() throws {
        stage = try EngineStage()
        stage.project.settings.workflow.enableReviewAgent = true
    }

    private func pull(_ number: Int, by author: String = "octo", head: String = "other") -> TrackedPullRequest
    {
        var pull = TrackedPullRequest(number: number, head: head, state: .open)
        pull.commit = "c1"
        pull.author = author
        pull.updatedAt = stage.clock.now
        return pull
    }

    private func remark(_ body: String, _ kind: PullRemark.Kind = .comment) -> PullRemark {
        PullRemark(id: body.utf8.count, kind: kind, author: "octo", body: body, createdAt: stage.clock.now)
    }

    /// A task in review whose work is on the branch `fix`.
    private func task() throws -> TaskKey {
        let draft = TaskDraft(title: "Fix", body: "Please", labels: [TaskStatus.inReview.label])
        let id = stage.memory.file(draft, author: "octo")
        try stage.tick()
        try stage.store.change(
            stage.key(id), [.agent(.claude, pinned: false), .trusted(true), .branch("fix")])
        return stage.key(id)
    }

    /// A sync a while later.
    @discardableResult
    private func later(_ phase: String) throws -> SyncReport {
        stage.clock.advance(.seconds(600))
        return try stage.sync(phase)
    }

    private func reviews(of number: Int) throws -> [Run] {
        let key = TaskKey(project: stage.project.id, backend: .pull, id: "\(number)")
        return try stage.store.runs(of: key, limit: 9)
    }

    @Test func `a person's pull request whose review came to nothing is tried again`() throws {
        stage.memory.writers = ["ada"]
        stage.pulls.pulls = [pull(12, by: "ada")]
        for number in 1...ReviewsRule.tryLimit {
            stage.script([.exit(1)])
            try later("reviews")
            let run = try #require(try reviews(of: 12).first)
            #expect(run.attempt == number)
            try stage.host(run)
            try stage.tick()
        }
        try later("reviews")
        #expect(try stage.store.reviewRounds(of: 12, in: stage.project.id).map(\.state) == [.failed])
    }

    @Test func `a step that fails hinders no other pull request`() throws {
        stage.project.settings.workflow.enableReviewAgent = false
        let key = try task()
        stage.pulls.pulls = [pull(12), pull(13, head: "fix")]
        try later("reviews")
        stage.pulls.pulls[0].commit = "c2"
        stage.pulls.pulls[1].updatedAt = stage.clock.now + .seconds(300)
        stage.pulls.remarks[13] = [remark("Shorter, please")]
        stage.sidecars.failure = SidecarError(path: "", detail: "read-only")
        #expect(try later("reviews").hasFailures)
        stage.sidecars.failure = nil
        stage.clock.advance(.seconds(60))
        let records = try stage.store.pullRecords(of: stage.project.id)
        #expect(records.first { $0.number == 12 }?.commitSince != nil)
        #expect(try stage.store.feedback(of: key).count == 1)
    }

    @Test func `what nobody has read yet is not merged by itself`() throws {
        stage.project.settings.workflow.review.mergesApproved = true
        stage.pulls.pulls = (1...31).map { pull($0) }
        let key = try task()
        stage.pulls.pulls[30].head = "fix"
        stage.pulls.remarks[31] = [remark("No", .review(.requestChanges))]
        stage.pulls.checks[31] = PullChecks(commit: "c1", checks: [PullCheck(name: "a", state: .passed)])
        var draft = RunDraft(
            task: TaskKey(project: stage.project.id, backend: .pull, id: "31"), kind: .review, agent: .codex,
            root: "/attempts", now: stage.clock.now)
        draft.attempt = 1
        let run = try #require(try stage.store.beginRun(draft, changing: []))
        _ = try stage.store.endRun(run.id, outcome: RunOutcome(status: .done), now: stage.clock.now)
        _ = try stage.store.collectRun(run.id, changing: [])
        var round = ReviewRound(of: "c1", by: run, tries: 1)
        round.state = .published
        round.decision = .approve
        try stage.store.save(round)
        for _ in 1...3 { try later("reviews") }
        #expect(stage.pulls.merged.isEmpty)
        #expect(try stage.store.feedback(of: key).count == 1)
    }

    @Test func `a word that was said of an earlier commit merges none that came before orch`() throws {
        stage.pulls.pulls = [pull(12), pull(13)]
        for number in [12, 13] {
            var checks = PullChecks(commit: "c1", checks: [])
            checks.committedAt = stage.clock.now + .seconds(number == 12 ? 60 : -60)
            stage.pulls.checks[number] = checks
            stage.pulls.remarks[number] = [remark("LGTM")]
        }
        for _ in 1...2 { try later("reviews") }
        #expect(stage.pulls.merged.map(\.number) == [13])
    }

    @Test func `a person's words give the agent all its attempts again`() throws {
        let key = try task()
        try stage.store.change(key, [.attempts(10)])
        stage.pulls.pulls = [pull(13, head: "fix")]
        stage.pulls.remarks[13] = [remark("Shorter, please")]
        try later("reviews")
        #expect(try stage.store.task(key)?.attempts == 0)
        #expect(try stage.store.task(key)?.status == .routed)
    }

    @Test func `what a check says of itself is cut only where nothing is secret`() throws {
        stage.secrets = ["hunter2hunter2"]
        let key = try task()
        stage.pulls.pulls = [pull(13, head: "fix")]
        var check = PullCheck(name: "tests", state: .failed)
        check.summary = String(repeating: "x", count: 490) + "hunter2hunter2"
        stage.pulls.checks[13] = PullChecks(commit: "c1", checks: [check])
        try later("checks")
        let told = try stage.store.pendingFeedback(for: key, before: Run.ID(rawValue: 99), limit: 9)
        #expect(told.count == 1)
        #expect(told.first?.text.contains("hunter") == false)
    }
}
