import OrchCore
import OrchTesting
import Testing

@testable import OrchEngine

@Suite struct ApproveTests {
    private let stage: SteeringStage

    init() throws {
        stage = try SteeringStage()
        var pull = TrackedPullRequest(number: 7, head: "orch/1", state: .open)
        pull.url = Self.url
        pull.commit = "c0ffee"
        stage.pulls.pulls = [pull]
    }

    private static let url = "https://github.example/octo/app/pull/7"

    private func reviewed(_ status: TaskStatus = .inReview) throws -> AgentTask {
        try stage.issue(
            labels: [status.label], .status(status), .labelledStatus(status), .pullRequest(Self.url),
            .lastError("look at it"))
    }

    // MARK: - Merging

    @Test func `a task is merged at the commit it has, and is done with it`() throws {
        let task = try reviewed()
        #expect(try stage.steering.merge(task) == Self.url)
        #expect(stage.pulls.merged.map(\.commit) == ["c0ffee"])
        let after = try stage.found(task.key)
        #expect(after.status == .done && after.isClosed)
        #expect(try stage.github.get(task.key.id)?.labels == ["status:done"])
        #expect(try stage.acts(on: task.key) == ["merge", "merged"])
    }

    @Test func `an internal task is done with its pull request, too`() throws {
        let task = try stage.internalTask()
        try stage.store.change(task.key, [.status(.inReview), .pullRequest(Self.url)])
        _ = try stage.steering.merge(try stage.found(task.key))
        let after = try stage.found(task.key)
        #expect(after.status == .done && after.isClosed)
    }

    @Test func `one that waits for a person is merged too, and the row says so before GitHub does it`() throws
    {
        let task = try reviewed(.needsReview)
        stage.pulls.mergeRefusal = "Head branch was modified"
        #expect(
            throws: SteeringError.mergeRefused(task.key.id, url: Self.url, detail: "Head branch was modified")
        ) {
            try stage.steering.merge(task)
        }
        #expect(try stage.found(task.key).status == .inReview)
        stage.pulls.mergeRefusal = nil
        _ = try stage.steering.merge(try stage.found(task.key))
        #expect(try stage.found(task.key).status == .done)
        #expect(try stage.acts(on: task.key) == ["merge_refused", "merge", "merged"])
    }

    @Test func `nothing is merged that runs, has no pull request, or whose pull request is closed`() throws {
        let busy = try reviewed()
        try stage.run(of: busy)
        #expect(throws: EngineError.alreadyRunning(busy.key.id)) { try stage.steering.merge(busy) }
        let bare = try stage.issue(.status(.inReview))
        #expect(throws: SteeringError.noPullRequest(bare.key.id)) { try stage.steering.merge(bare) }
        stage.pulls.pulls[0].state = .closed
        let closed = try reviewed()
        #expect(throws: SteeringError.pullNotOpen(closed.key.id, url: Self.url)) {
            try stage.steering.merge(closed)
        }
        #expect(stage.pulls.merged.isEmpty)
    }

    // MARK: - Approving

    @Test func `an approval is said once a commit, and the task waits for the merge`() throws {
        let task = try reviewed(.needsReview)
        #expect(try stage.steering.approve(task) == .pullRequest(url: Self.url))
        #expect(try stage.steering.approve(try stage.found(task.key)) == .pullRequest(url: Self.url))
        #expect(stage.pulls.posted.map(\.review.decision) == [.approve])
        #expect(stage.pulls.posted.first?.review.commit == "c0ffee")
        let after = try stage.found(task.key)
        #expect(after.status == .inReview && after.lastError == nil)
    }

    @Test func `a review of this commit that wanted changes is overruled`() throws {
        let task = try reviewed()
        var draft = RunDraft(
            task: TaskKey(project: stage.project.id, backend: .pull, id: "7"), kind: .review, agent: .codex,
            root: "/attempts", now: stage.now)
        draft.attempt = 1
        let run = try #require(try stage.store.beginRun(draft, changing: []))
        var round = ReviewRound(of: "c0ffee", by: run, tries: 1)
        round.state = .published
        round.decision = .requestChanges
        try stage.store.save(round)
        _ = try stage.steering.approve(task)
        let after = try stage.store.reviewRounds(of: 7, in: stage.project.id)
        #expect(after.map(\.decision) == [.approve] && after.map(\.state) == [.published])
    }

    @Test func `what needed no pull request and waits for a person is done`() throws {
        let task = try stage.internalTask()
        try stage.store.change(task.key, [.status(.needsReview), .lastError("says it is done")])
        #expect(try stage.steering.approve(try stage.found(task.key)) == .done)
        let after = try stage.found(task.key)
        #expect(after.status == .done && after.lastError == nil)
    }

    @Test(arguments: [TaskStatus.new, .routed, .done, .blocked])
    func `there is nothing to approve of a task that waits for something else`(_ status: TaskStatus) throws {
        let task = try stage.issue(.status(status))
        #expect(throws: SteeringError.nothingToApprove(task.key.id, status)) {
            try stage.steering.approve(task)
        }
        #expect(stage.pulls.posted.isEmpty)
    }

    // MARK: - Assigning

    @Test func `a task that has ended starts anew with the agent it is given`() throws {
        stage.agents = [.claude, .codex]
        let task = try stage.issue(
            labels: ["status:needs_review", "agent:claude"], .status(.needsReview),
            .labelledStatus(.needsReview),
            .agent(.claude, pinned: true), .attempts(3))
        let (route, startsAnew) = try stage.steering.assign(task, to: .codex)
        #expect(startsAnew && route.agent == .codex)
        let after = try stage.found(task.key)
        #expect(
            after.agent == .codex && after.agentIsPinned && after.status == .routed && after.attempts == 0)
    }

    @Test func `a task at work keeps its agent`() throws {
        let task = try stage.issue()
        try stage.run(of: task)
        #expect(throws: EngineError.alreadyRunning(task.key.id)) {
            try stage.steering.assign(task, to: .codex)
        }
    }

    @Test func `a pause keeps nobody from starting one task by hand`() throws {
        let task = try stage.issue(.agent(.claude, pinned: true), .status(.routed))
        _ = try stage.store.pause(WorkPause(project: nil, since: stage.now, actor: "cli:ada"))
        #expect(try stage.steering.begin(task).task == task.key)
    }
}
