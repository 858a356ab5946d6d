import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// What becomes of a result when the other side refuses it, or is not there.
@Suite struct RunHostPublishTests {
    private let stage: EngineStage

    init() throws { stage = try EngineStage() }

    private func run() throws -> RunOutcome? {
        stage.script(stage.work(#"{"status":"done","summary":"Fixed"}"#))
        return try stage.host(try stage.dispatched())
    }

    private func comments() throws -> [String] { try stage.memory.comments(on: "1", limit: 100).map(\.body) }

    private func audit() throws -> [String] {
        try stage.store.auditEntries(of: stage.key("1"), limit: 99).map { "\($0.act) \($0.detail)" }
    }

    @Test func `a push that is refused keeps the work and says why`() throws {
        stage.repository.fail(.push, with: .pushRejected(detail: "protected branch"))
        let outcome = try run()
        #expect(outcome?.status == .needsReview && outcome?.message.contains("protected branch") == true)
        #expect(stage.repository.commits.count == 1 && stage.memory.pullRequests.isEmpty)
        #expect(try comments().count == 1)
    }

    @Test func `a pull request that is refused is for a person`() throws {
        stage.memory.fail(.openPullRequest, with: .rejected(detail: "no"))
        let outcome = try run()
        #expect(outcome?.status == .needsReview && outcome?.message.contains("no pull request") == true)
        #expect(stage.repository.pushCount == 1)
    }

    @Test func `a network that comes back is waited for, longer each time`() throws {
        stage.memory.fail(.openPullRequest, with: .offline(detail: "no route"), times: 3)
        #expect(try run()?.status == .inReview)
        #expect(stage.pauses == [.seconds(5), .seconds(10), .seconds(20)])
        #expect(stage.memory.pullRequests.count == 1)
    }

    @Test func `a rate limit is waited for until it ends`() throws {
        let until = stage.clock.now + .seconds(600)
        stage.memory.fail(.comment, with: .rateLimited(until: until, detail: "slow"))
        #expect(try run()?.status == .inReview)
        #expect(stage.pauses.count == 1)
        #expect(stage.clock.now >= until)
    }

    @Test func `a network that stays away ends in review, and what is missing is on record`() throws {
        stage.memory.fail(.comment, with: .offline(detail: "no route"), times: 1000)
        #expect(try run()?.status == .inReview)
        #expect(try comments().isEmpty)
        #expect(try audit().contains { $0.hasPrefix("unpublished") })
        #expect(stage.pauses.count < 30)
    }

    @Test func `a comment whose answer was lost is not written twice`() throws {
        stage.lostAnswers = 2
        #expect(try run()?.status == .inReview)
        #expect(try comments().count == 1)
    }

    @Test func `a comment that is forbidden takes nothing from the label and the result`() throws {
        stage.memory.fail(.comment, with: .forbidden(detail: "read only"))
        #expect(try run()?.status == .inReview)
        #expect(try stage.memory.get("1")?.labels.contains("status:in_review") == true)
        #expect(try audit().contains { $0.hasPrefix("unpublished") })
    }

    @Test func `a label that could not be written is written by the next tick`() throws {
        let run = try stage.dispatched()
        stage.script(stage.work(#"{"status":"done"}"#))
        stage.memory.fail(.changeLabels, with: .forbidden(detail: "no"), times: 2)
        #expect(try stage.host(run)?.status == .inReview)
        try stage.tick()
        #expect(try stage.memory.get("1")?.labels.contains("status:in_review") == true)
    }

    @Test func `a host that is asked to go while it waits leaves the run to the next`() throws {
        stage.memory.fail(.openPullRequest, with: .offline(detail: "no route"))
        stage.isDismissedAtPause = true
        #expect(try run() == nil)
        stage.isDismissedAtPause = false
        let live = try #require(try stage.liveRun(of: "1"))
        #expect(live.state == .publishing)
        #expect(try stage.host(live)?.status == .inReview)
        #expect(stage.keeper.legs.count == 1 && stage.repository.commits.count == 1)
        #expect(try comments().count == 1)
    }

    @Test func `a base that cannot be fetched is waited for, and the agent's time begins after that`() throws
    {
        stage.project.settings.workflow.timeout = .seconds(60)
        stage.repository.fail(.prepare, with: .fetchFailed(detail: "no route"), times: 6)
        #expect(try run()?.status == .inReview)
        #expect(stage.pauses.count == 6)
    }

    @Test func `a worktree that cannot be had is for a person, and no agent starts`() throws {
        stage.repository.fail(.prepare, with: .worktreeFailed(path: "/w", detail: "in the way"))
        let outcome = try run()
        #expect(outcome?.status == .needsReview && outcome?.failure == .repository)
        #expect(stage.keeper.legs.isEmpty)
        #expect(try comments().first?.contains("in the way") == true)
    }

    @Test func `a base that stays out of reach burns no attempt, and the task waits, longer each time`()
        throws
    {
        stage.repository.fail(.prepare, with: .fetchFailed(detail: "no route"), times: 1000)
        #expect(try run()?.failure == .notStarted)
        #expect(try comments().isEmpty)
        try stage.tick()
        let task = try #require(try stage.store.task(stage.key("1")))
        #expect(task.status == .routed && task.attempts == 0 && task.parkedUntil != nil)
        #expect(task.lastError?.contains("no route") == true)
    }

    @Test func `whoever watches sees that a network is waited for`() throws {
        stage.repository.fail(.prepare, with: .fetchFailed(detail: "no route"))
        stage.memory.fail(.openPullRequest, with: .offline(detail: "away"))
        _ = try run()
        let run = try #require(try stage.store.runs(of: stage.key("1"), limit: 1).first)
        let log = stage.disk.files["\(run.directory)/events.ndjson"] ?? ""
        let notices = log.split(separator: "\n").compactMap { RecordedEvent(line: String($0)) }
            .compactMap { if case .notice(let text) = $0.event { text } else { nil } }
        #expect(notices.contains { $0.contains("no route; trying again in 5s") })
        #expect(notices.contains { $0.contains("away; trying again in 5s") })
    }

    @Test func `a person who stops a run that waits for a network ends it as stopped`() throws {
        let run = try stage.dispatched()
        stage.repository.fail(.prepare, with: .fetchFailed(detail: "no route"), times: 1000)
        _ = try stage.store.requestStop(of: run.id, by: "octo")
        #expect(try stage.host(run)?.failure == .stopped)
        #expect(stage.pauses.count == 1)
        try stage.tick()
        #expect(try stage.store.task(stage.key("1"))?.isHeld == true)
    }

    @Test func `git settings that changed are shown no login: not by the run, and not by the next`() throws {
        stage.repository.settings = ["remote.origin.url": "1"]
        let run = try stage.dispatched()
        stage.script(
            [.meanwhile { [stage] in stage.repository.settings["core.sshcommand"] = "2" }]
                + stage.work(#"{"status":"done"}"#))
        let outcome = try #require(try stage.host(run))
        #expect(outcome.status == .needsReview && outcome.message.contains("core.sshcommand"))
        #expect(stage.repository.pushCount == 0)
        let next = try stage.dispatched(TaskDraft(title: "Another"))
        #expect(try stage.host(next)?.failure == .notStarted)
        #expect(stage.keeper.legs.count == 1)
        try AcceptedSettings(of: stage.project.id, store: stage.store).accept(stage.repository.settings)
        try stage.tick()
        stage.clock.advance(.seconds(120))
        try stage.tick()
        stage.script(stage.work(#"{"status":"done"}"#))
        #expect(try stage.host(try #require(try stage.liveRun(of: next.task.id)))?.status == .inReview)
    }

    @Test func `a prompt that cannot be rendered ends the run at once`() throws {
        stage.promptFailure = .broken(path: "/p/agent.md", detail: "unknown variable")
        #expect(try run()?.message.contains("cannot be rendered") == true)
        #expect(stage.keeper.legs.isEmpty)
    }

    @Test func `a disk that is full ends the host and not the run`() throws {
        stage.fileFailure = AttemptFileError(path: "/a", detail: "no space left")
        #expect(throws: AttemptFileError.self) { _ = try run() }
        stage.fileFailure = nil
        #expect(try stage.host(try #require(try stage.liveRun(of: "1")))?.status == .inReview)
        #expect(try comments().count == 1)
    }

    @Test func `sidecars that cannot be written stop nothing`() throws {
        let run = try stage.dispatched()
        stage.script(stage.work(#"{"status":"done"}"#))
        stage.sidecars.failure = SidecarError(path: "/x", detail: "read only")
        #expect(try stage.host(run)?.status == .inReview)
        #expect(stage.console.contains("read only"))
    }

    @Test func `a limit of more than an hour is waited for, and the result is told`() throws {
        let until = stage.clock.now + .seconds(3700)
        stage.memory.fail(.comment, with: .rateLimited(until: until, detail: "slow"))
        #expect(try run()?.status == .inReview)
        #expect(try comments().count == 1)
    }

    @Test func `comments that cannot be read just now are waited for`() throws {
        _ = stage.memory.file(TaskDraft(title: "Fix it", body: "Please<!-- quietly -->"), author: "octo")
        _ = stage.memory.say("Use postgres<!-- or not -->", by: "octo", on: "1")
        try stage.tick()
        stage.memory.fail(.comments, with: .offline(detail: "no route"), times: 2)
        stage.script(stage.work(#"{"status":"done","summary":"Fixed"}"#))
        _ = try stage.host(try #require(try stage.liveRun(of: "1")))
        #expect(stage.pauses.count == 2)
        let prompt = stage.keeper.legs.first?.leg.input.first ?? ""
        #expect(prompt.contains("Use postgres") && prompt.contains("Please"))
        #expect(!prompt.contains("quietly") && !prompt.contains("or not"))
    }

    @Test func `where there is no thread to be read the agent begins without`() throws {
        stage.memory.fail(.comments, with: .forbidden(detail: "no"))
        #expect(try run()?.status == .inReview)
    }

    @Test func `a tracker that stays away before the agent starts burns no attempt`() throws {
        stage.memory.fail(.comments, with: .offline(detail: "no route"), times: 999)
        let outcome = try run()
        #expect(outcome?.failure == .notStarted)
        #expect(stage.keeper.legs.isEmpty)
        try stage.tick()
        let task = try #require(try stage.store.task(stage.key("1")))
        #expect(task.status == .routed && task.attempts == 0 && task.parkedUntil != nil)
    }

    @Test func `a forge that is away for a moment takes nothing from an answer`() throws {
        stage.project.settings.workflow.verifyDone = false
        stage.memory.fail(.openPullRequest, with: .offline(detail: "no route"), times: 2)
        stage.script(stage.work(#"{"status":"blocked","reason":"no key"}"#))
        let outcome = try stage.host(try stage.dispatched())
        #expect(outcome?.status == .blocked && outcome?.message == "no key")
    }

    @Test func `the titles of strangers' tasks reach no prompt`() throws {
        let run = try stage.dispatched()
        for (id, isTrusted) in [("8", true), ("9", false)] {
            var child = AgentTask(key: stage.key(id), title: "Title \(id)<!-- x -->", status: .new)
            child.isTrusted = isTrusted
            child.author = "ada"
            child.parent = run.task
            try stage.store.save([(child, "")], cursor: nil)
        }
        stage.script(stage.work(#"{"status":"done","summary":"Fixed"}"#))
        try stage.host(run)
        let children = try #require(stage.prompted.first?["CHILDREN"])
        #expect(children.contains("8: Title 8 [new]") && !children.contains("Title 9"))
    }
}
