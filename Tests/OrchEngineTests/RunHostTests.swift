import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// One run from its start to its published result, and every way in which it can end.
@Suite struct RunHostTests {
    let stage: EngineStage

    init() throws { stage = try EngineStage() }

    /// Runs the one issue to its end with an agent that says this.
    @discardableResult
    func run(_ acts: [FakeKeeper.Act], labels: [String] = []) throws -> RunOutcome? {
        stage.script(acts)
        return try stage.host(
            try stage.dispatched(TaskDraft(title: "Fix it", body: "Please", labels: labels)))
    }

    func task() throws -> AgentTask { try #require(try stage.store.task(stage.key("1"))) }

    func comments() throws -> [String] { try stage.memory.comments(on: "1", limit: 100).map(\.body) }

    func labels() throws -> [String] { try stage.memory.get("1")?.labels ?? [] }

    static let done = #"{"status":"done","summary":"Fixed"}"#

    @Test func `work goes from issue to pull request`() throws {
        let outcome = try #require(try run(stage.work(Self.done)))
        #expect(outcome.failure == nil && outcome.status == .inReview && outcome.summary == "Fixed")
        #expect(outcome.pullRequest == "https://github.com/octo/demo/pull/1000")
        #expect(try comments().count == 1)
        #expect(try labels().contains("status:in_review"))
        #expect(stage.repository.commits["gh-task-1-fix-it"]?.first?.hasPrefix("feat: Fix it\n") == true)
        #expect(stage.repository.pushed["gh-task-1-fix-it"] == 1)
        #expect(stage.memory.pullRequests.first?.draft.body.contains("Closes #1") == true)
        #expect(
            stage.hooks.map(\.name) == [
                "on_task_routed", "on_worktree_created", "on_task_started", "on_agent_session_start",
                "on_agent_session_end", "on_branch_pushed", "on_pr_created", "on_task_completed",
            ])
        #expect(stage.hooks.allSatisfy { $0.facts["ORCH_GH_ISSUE"] == "1" })
        #expect(stage.sidecars.values[stage.key("1")]?["status"] == .text("in_review"))
        #expect(stage.claims.held.isEmpty)
        try stage.tick()
        #expect(try task().status == .inReview)
        #expect(try task().pullRequest == outcome.pullRequest)
    }

    @Test func `the agent finds its task in files and its facts in the environment`() throws {
        try run(stage.work(Self.done))
        let leg = try #require(stage.keeper.legs.first?.leg)
        #expect(leg.input.first == "prompt: agent: Fix it Please\n")
        #expect(leg.environment["ORCH_TASK_ID"] == "1")
        #expect(leg.environment["GIT_AUTHOR_NAME"] == "claude[bot]")
        #expect(leg.environment["ORCH_ANSWER_FILE"]?.hasSuffix("/.orchestrator/output-1.json") == true)
    }

    @Test func `the answer in the agent's file wins over its last words`() throws {
        let path = "/projects/demo/.orchestrator/worktrees/gh-task-1-fix-it/.orchestrator/output-1.json"
        let write: FakeKeeper.Act = .meanwhile { [stage] in
            stage.disk.files[path] = #"{"status":"blocked","reason":"by file"}"#
        }
        #expect(try run([write, .line("final \(Self.done)"), .exit(0)])?.message == "by file")
    }

    @Test func `an answer too large to be read is told by its size`() throws {
        let path = "/projects/demo/.orchestrator/worktrees/gh-task-1-fix-it/.orchestrator/output-1.json"
        let write: FakeKeeper.Act = .meanwhile { [unowned stage] in
            stage.disk.files[path] = String(repeating: " ", count: AnswerReading.limitBytes + 5)
        }
        stage.script([write] + stage.work("{}"))
        let outcome = try stage.host(try stage.dispatched())
        #expect(outcome?.failure == .invalidAnswer)
        #expect(outcome?.message.contains("has 1048581 bytes") == true)
    }

    @Test func `an answer that an earlier attempt left is not this one's`() throws {
        let path = "/projects/demo/.orchestrator/worktrees/gh-task-1-fix-it/.orchestrator/output-1.json"
        stage.disk.files[path] = Self.done
        #expect(try run([.line("final nothing to say"), .exit(0)])?.failure == .invalidAnswer)
    }

    @Test(arguments: [
        ("fail usage_limit", "usage_limit", false), ("fail authentication", "authentication", false),
        ("fail context_overflow", "context_overflow", false), ("fail reported", "reported", true),
        ("fail interactive_prompt", "interactive_prompt", true), ("fail tool_missing", "tool_missing", true),
        ("fail model_unavailable", "model_unavailable", true), ("final no json", "invalid_answer", true),
        ("final {\"status\":\"great\"}", "invalid_answer", true), ("text hm", "exited", true),
    ])
    func `a failure ends the run by its kind, and only what a person has to know is told`(
        line: String, word: String, isTold: Bool
    ) throws {
        let outcome = try run([.line(line), .exit(1)])
        #expect(outcome?.failure?.word == word)
        #expect(try comments().count == (isTold ? 1 : 0))
        #expect(try labels().contains("status:needs_review") == isTold)
        #expect(stage.repository.commits.isEmpty && stage.memory.pullRequests.isEmpty)
    }

    @Test func `an agent whose end nobody saw is lost`() throws {
        #expect(try run([.line("text hm"), .exit(nil)])?.failure == .lost)
    }

    @Test func `an agent that is not there makes room for the next one`() throws {
        stage.keeper.failure = .programMissing("claude")
        #expect(try run([])?.failure == .programMissing("claude"))
        #expect(try comments().isEmpty)
        try stage.tick()
        #expect(try task().agent == .codex)
    }

    @Test func `an agent that orch does not know makes room too`() throws {
        let run = try stage.dispatched()
        stage.agents = [.codex]
        #expect(try stage.host(run)?.failure == .programMissing("claude"))
    }

    @Test func `an agent that cannot be followed is ended`() throws {
        let outcome = try run([.line("text hm"), .breakDown(.failed(detail: "disk")), .hang])
        #expect(outcome?.status == .needsReview && outcome?.message.contains("disk") == true)
        #expect(stage.keeper.legs.first?.leg.isAskedToEnd == true)
    }

    // Answers

    @Test(arguments: ["blocked", "needs_review"])
    func `what an agent leaves off stays in its worktree`(word: String) throws {
        let outcome = try run(stage.work(#"{"status":"\#(word)","reason":"why"}"#))
        #expect(outcome?.status.rawValue == word && outcome?.message == "why")
        #expect(stage.repository.commits.isEmpty)
        #expect(try comments().first?.contains("**Reason:** why") == true)
    }

    @Test func `work that is not finished is published and goes on`() throws {
        #expect(try run(stage.work(#"{"status":"in_progress","summary":"half"}"#))?.status == .inProgress)
        #expect(stage.repository.pushCount == 1)
        #expect(try labels().contains("status:routed"))
        try stage.tick()
        #expect(try task().attempts == 2)
        #expect(try task().status == .inProgress)
    }

    @Test func `done without a commit is not done, unless the task is one of words`() throws {
        #expect(try run([.line("final \(Self.done)"), .exit(0)])?.status == .needsReview)
        #expect(stage.memory.pullRequests.isEmpty)
    }

    @Test func `a task of words is done without a commit`() throws {
        #expect(try run([.line("final \(Self.done)"), .exit(0)], labels: ["no-code"])?.status == .done)
        #expect(try stage.memory.get("1")?.isClosed == true)
    }

    @Test func `what is done stays open where the project says so`() throws {
        stage.project.settings.workflow.autoClose = false
        #expect(try run([.line("final \(Self.done)"), .exit(0)], labels: ["no-code"])?.status == .done)
        #expect(try stage.memory.get("1")?.isClosed == false)
    }

    @Test func `a branch that v0 made for the issue is gone on with, whatever the title is now`() throws {
        stage.repository.adopt("gh-task-1-another-title")
        try run(stage.work(Self.done))
        #expect(stage.repository.pushed.keys.contains("gh-task-1-another-title"))
    }

    @Test func `without a remote nothing is pushed`() throws {
        stage.repository.hasRemote = false
        stage.hasForge = false
        #expect(try run(stage.work(Self.done))?.status == .done)
        #expect(stage.repository.pushCount == 0)
    }

    @Test func `an internal task goes the same way`() throws {
        let key = try stage.store.createInternalTask(
            TaskDraft(title: "Own", body: "text"), in: stage.project.id, now: stage.clock.now)
        try stage.tick()
        stage.script(stage.work(Self.done))
        let outcome = try stage.host(try #require(try stage.liveRun(of: key.id)))
        #expect(outcome?.status == .inReview)
        #expect(try stage.store.comments(on: key, limit: 9).count == 1)
        #expect(stage.memory.pullRequests.first?.draft.body.contains("Closes") == false)
        #expect(try stage.store.task(key)?.labelledStatus == .inReview)
    }

    // Plans

    private static let plan = """
        {"status":"done","summary":"Two parts","delegations":[{"title":"One @bob","body":"b","labels":["bug",\
        "status:done","agent:x y"],"suggested_agent":"codex"},{"title":"Two","suggested_agent":"gpt-9"}]}
        """

    @Test func `a plan makes its children once, and waits for them`() throws {
        let outcome = try run([.line("final \(Self.plan)"), .exit(0)], labels: ["plan"])
        #expect(outcome?.status == .blocked && outcome?.message == "")
        let children = try stage.store.children(of: stage.key("1"))
        #expect(children.map(\.title) == ["One @\u{200B}bob", "Two"])
        #expect(children.allSatisfy { $0.isTrusted == true })
        #expect(Set(children[0].labels) == ["bug", "agent:codex"])
        // Nobody of that name is here.
        #expect(children[1].labels == [])
        #expect(try comments().first?.contains("| **Waits for** | #2, #3 |") == true)
        #expect(try comments().first?.contains("Needs Help") == false)
        #expect(stage.hooks.last?.name == "on_task_completed")
        try stage.tick()
        #expect(try task().status == .blocked)
        for child in children { stage.memory.edit(child.key.id) { $0.isClosed = true } }
        try stage.tick()
        #expect(try task().status == .inProgress)
        stage.script([.line("final \(Self.done)"), .exit(0)])
        #expect(try stage.host(try #require(try stage.liveRun(of: "1")))?.status == .done)
    }

    @Test func `a plan without parts is none`() throws {
        let outcome = try run([.line("final \(Self.done)"), .exit(0)], labels: ["plan"])
        #expect(outcome?.status == .needsReview && outcome?.message == "the plan has no parts")
    }

    @Test func `the parts of a plan do not plan, and nothing keeps them from being done`() throws {
        let plan = """
            {"status":"done","delegations":[{"title":"One","labels":["plan","no-agent","blocked","bug"]}]}
            """
        try run([.line("final \(plan)"), .exit(0)], labels: ["plan"])
        #expect(try stage.store.children(of: stage.key("1")).first?.labels == ["bug"])
    }

    @Test func `what is not a plan makes no children`() throws {
        try run([.line("final \(Self.plan)"), .exit(0)])
        #expect(try stage.store.children(of: stage.key("1")).isEmpty)
    }

    @Test func `children that the tracker refuses are for a person, and the agent's work is not done again`()
        throws
    {
        stage.memory.fail(.create, with: .forbidden(detail: "read only"), times: 9)
        let outcome = try run([.line("final \(Self.plan)"), .exit(0)], labels: ["plan"])
        #expect(outcome?.status == .needsReview && outcome?.message.contains("not all children") == true)
        try stage.tick()
        #expect(try task().status == .needsReview)
    }

    @Test func `a child that is at work already is not set back by a host that takes over`() throws {
        let child = #"{"status":"done","delegations":[{"title":"One"},{"title":"Two"}]}"#
        stage.script([.line("final \(child)"), .exit(0)])
        let run = try stage.dispatched(TaskDraft(title: "Plan", labels: ["plan"]))
        // The first child is made; then the host is killed.
        var count = 0
        repeat {
            stage.fuse.set(count)
            count += 1
            _ = try? stage.host(try #require(try stage.store.run(run.id)))
        } while try stage.store.children(of: run.task).isEmpty
        stage.fuse.set(nil)
        try stage.tick()
        #expect(try stage.store.task(stage.key("2"))?.status == .inProgress)
        #expect(try stage.host(try #require(try stage.store.run(run.id)))?.status == .blocked)
        #expect(try stage.store.children(of: run.task).count == 2)
        let first = try stage.store.task(stage.key("2"))
        #expect(first?.status == .inProgress && first?.agent != nil && first?.attempts == 1)
    }

    @Test func `an issue that was deleted gets no agent`() throws {
        let run = try stage.dispatched()
        stage.memory.delete("1")
        #expect(try stage.host(run)?.failure == .stopped)
        #expect(stage.keeper.legs.isEmpty)
        #expect(try task().isClosed)
    }

    @Test func `what a person says of a task while it runs is not overwritten by its result`() throws {
        let run = try stage.dispatched()
        stage.script(stage.work(Self.done))
        stage.script([])
        try stage.store.change(stage.key("1"), [.status(.blocked)])
        _ = try stage.host(run)
        #expect(try !labels().contains("status:in_review"))
        try stage.tick()
        #expect(try task().status == .blocked)
        #expect(try labels().contains("status:blocked"))
    }
}
