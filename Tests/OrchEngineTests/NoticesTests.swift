import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// What people hear of: everything that matters, once.
@Suite struct NoticesTests {
    private func isDone(_ stage: EngineStage) throws -> Run {
        stage.script(stage.work(#"{"status":"done","summary":"Done"}"#))
        let run = try stage.dispatched()
        try stage.host(run)
        try stage.tick()
        return run
    }

    @Test func `a task is heard of as it begins, has a pull request, is in review and merged`() throws {
        let stage = try EngineStage()
        let run = try isDone(stage)
        let pull = try #require(stage.memory.pullRequests.last?.made)
        stage.memory.closePull(pull.number, isMerged: true)
        try stage.sync("merged")
        #expect(
            try stage.notices() == [
                "run_started demo: task \(run.task.id) “Fix it” claude begins",
                "pr_opened demo: task \(run.task.id) “Fix it” claude opened a pull request",
                "in_review demo: task \(run.task.id) “Fix it” is in review",
                "pr_merged demo: task \(run.task.id) “Fix it” pull request #\(pull.number) is merged",
            ])
        let urls = try stage.store.waitingNotices(for: stage.sink, limit: 9).map(\.notice.url)
        #expect(urls.last == pull.url)
    }

    @Test func `each is heard of once, whatever instant a process is killed at`() throws {
        func play(_ checkpoint: Int?) throws -> EngineStage {
            let stage = try EngineStage()
            stage.script(stage.work(#"{"status":"done","summary":"Done"}"#))
            stage.memory.file(TaskDraft(title: "Fix it", body: "Please"), author: "octo")
            stage.fuse.set(checkpoint)
            _ = try? stage.tick()
            if let run = try? stage.liveRun(of: "1") { _ = try? stage.host(run) }
            _ = try? stage.tick()
            return stage
        }
        let calm = try play(nil)
        let expected = try calm.notices()
        #expect(expected.count == 3)
        for checkpoint in stride(from: 0, to: calm.fuse.passed, by: 3) {
            let stage = try play(checkpoint)
            stage.fuse.set(nil)
            for _ in 1...4 {
                try stage.tick()
                if let run = try stage.liveRun(of: "1") { try stage.host(run) }
            }
            let heard = try stage.notices().filter { !$0.hasPrefix("run_started") }
            #expect(Set(heard).count == heard.count, "killed at \(checkpoint)")
            #expect(heard.contains { $0.hasPrefix("in_review") }, "killed at \(checkpoint)")
            #expect(heard.count { $0.hasPrefix("pr_opened") } == 1, "killed at \(checkpoint)")
        }
    }

    @Test func `that a person is needed says why, and hides what is secret`() throws {
        let stage = try EngineStage()
        stage.secrets = ["hunter2hunter2"]
        stage.script(stage.work(#"{"status":"needs_review","reason":"the key hunter2hunter2 is refused"}"#))
        try stage.host(try stage.dispatched())
        try stage.tick()
        let last = try #require(try stage.notices().last)
        #expect(last.hasPrefix("needs_review demo: task 1 “Fix it” needs a person: the key "))
        #expect(!last.contains("hunter2"))
    }

    @Test func `an agent at its limit is one piece of news, however many runs meet it`() throws {
        let stage = try EngineStage()
        stage.agents = [.claude]
        for title in ["One", "Two"] {
            stage.memory.file(TaskDraft(title: title, body: ""), author: "octo")
        }
        try stage.tick()
        for id in ["1", "2"] {
            stage.script([.line("limit")])
            let run = try #require(try stage.liveRun(of: id))
            let outcome = RunOutcome(
                failure: .usageLimit(resetsAt: nil), status: .needsReview, message: "5-hour limit")
            #expect(try stage.store.endRun(run.id, outcome: outcome, now: stage.clock.now))
        }
        try stage.tick()
        let limits = try stage.notices().filter { $0.hasPrefix("agent_limit") }
        #expect(limits.count == 1)
        #expect(limits.first?.hasPrefix("agent_limit claude is at its limit, it rests until ") == true)
    }

    @Test func `an agent that cannot log in is an alarm`() throws {
        let stage = try EngineStage()
        let run = try stage.dispatched()
        let outcome = RunOutcome(failure: .authentication, status: .needsReview, message: "log in")
        #expect(try stage.store.endRun(run.id, outcome: outcome, now: stage.clock.now))
        try stage.tick()
        let alarms = try stage.store.notices(of: nil, from: .alarm, limit: 9)
        #expect(alarms.map(\.notice.kind) == [.agentBroken])
    }

    @Test func `an agent that says nothing is told of once a silence, before it is ended for it`() throws {
        let stage = try EngineStage()
        stage.project.settings.workflow.silence = .seconds(600)
        let quiet = (1...400).map { _ in FakeKeeper.Act.meanwhile { stage.clock.advance(.seconds(1)) } }
        stage.script(
            [.line("session s-1")] + quiet + [.line("text Here")] + quiet
                + [.line(#"final {"status":"done","summary":"Done"}"#), .line("done"), .exit(0)])
        try stage.host(try stage.dispatched())
        let idle = try stage.notices().filter { $0.hasPrefix("agent_idle") }
        let expected = "agent_idle demo: task 1 “Fix it” claude has said nothing for 5m 0s"
        #expect(idle == [expected, expected])
        #expect(stage.hooks.filter { $0.name == "on_agent_idle" }.count == 2)
        #expect(stage.hooks.first { $0.name == "on_agent_idle" }?.facts["ORCH_IDLE_SECONDS"] == "300")
    }

    @Test func `a missing delivery is told of`() throws {
        let stage = try EngineStage()
        let listener = Owner(bootID: "boot", pid: 50, startTime: 1)
        try stage.store.noteHeartbeat(of: listener, hearsGitHub: true, now: stage.clock.now)
        stage.webhooks.hooks = [
            Webhook(id: 7, url: "https://a.example/webhook/github", isActive: true, events: ["*"])
        ]
        stage.webhooks.send("issues", delivery: "lost", at: stage.clock.now)
        stage.clock.advance(.seconds(20))
        try stage.sync("deliveries")
        #expect(
            try stage.notices() == [
                "deliveries demo: webhooks: 1 delivery has not arrived; ticks ask GitHub themselves"
            ])
    }

    @Test func `notices and deliveries are forgotten in time`() throws {
        let stage = try EngineStage()
        _ = try isDone(stage)
        #expect(try !stage.notices().isEmpty)
        stage.clock.advance(.seconds(40 * 86_400))
        try stage.store.forgetNotices(of: stage.project.id, before: stage.clock.now)
        #expect(try stage.notices().isEmpty)
    }

    @Test func `a secret that a title is cut in is hidden whole`() throws {
        let stage = try EngineStage()
        stage.secrets = ["hunter2hunter2"]
        let title = String(repeating: "x", count: 70) + "hunter2hunter2"
        _ = try stage.dispatched(TaskDraft(title: title, body: "Please"))
        #expect(try stage.notices().count == 1)
        #expect(try stage.notices().first?.contains("hunter") == false)
    }
}
