import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// What people say in threads: heard once, whatever happens in between.
@Suite struct HearingTests {
    private func threads(_ stage: EngineStage, _ text: String, by author: String = "octo") throws -> String {
        let id = stage.memory.file(
            TaskDraft(title: "Talk", body: "Words", labels: ["no-agent"]), author: "octo")
        try stage.tick()
        _ = stage.memory.say(text, by: author, on: id)
        return id
    }

    private func said(_ stage: EngineStage, _ part: String) throws -> Int {
        try stage.memory.newComments(since: nil).comments.count { $0.comment.body.contains(part) }
    }

    private func internals(_ stage: EngineStage) throws -> [AgentTask] {
        try stage.store.tasks(of: stage.project.id, status: nil, limit: 99).filter {
            $0.key.backend == .internal
        }
    }

    @Test func `a mention is one task and one answer, whatever instant its sync is killed at`() throws {
        func play(_ checkpoint: Int?) throws -> EngineStage {
            let stage = try EngineStage()
            _ = try threads(stage, "@orch do it")
            stage.fuse.set(checkpoint)
            _ = try? stage.sync("mentions")
            return stage
        }
        let steps = try play(nil).fuse.passed
        #expect(steps > 8)
        for checkpoint in 0..<steps {
            let stage = try play(checkpoint)
            stage.fuse.set(nil)
            for _ in 1...2 { try stage.sync("mentions") }
            #expect(try internals(stage).count == 1, "killed at \(checkpoint)")
            #expect(try said(stage, "On it: task i1") == 1, "killed at \(checkpoint)")
        }
    }

    @Test func `what comes of a mention is shown once in its thread, and again where it is done anew`() throws
    {
        let stage = try EngineStage()
        _ = try threads(stage, "@orch do it")
        try stage.sync()
        stage.script([
            .line("session s-1"), .line(#"final {"status":"done","summary":"It is so"}"#), .line("done"),
            .exit(0),
        ])
        try stage.tick()
        let run = try #require(try stage.liveRun(of: "i1"))
        try stage.host(run)
        #expect(try stage.sync("mentions").entries.isEmpty)
        try stage.tick()
        for _ in 1...2 { try stage.sync("mentions") }
        #expect(try said(stage, "It is so") == 1)
        #expect(try stage.store.openMentions(of: stage.project.id).isEmpty)
    }

    @Test func `a command is obeyed and answered once, whatever instant its sync is killed at`() throws {
        func play(_ checkpoint: Int?) throws -> (stage: EngineStage, id: String) {
            let stage = try EngineStage()
            let id = try threads(stage, "/priority high")
            stage.fuse.set(checkpoint)
            _ = try? stage.sync("commands")
            return (stage, id)
        }
        let steps = try play(nil).stage.fuse.passed
        for checkpoint in 0..<steps {
            let (stage, id) = try play(checkpoint)
            stage.fuse.set(nil)
            for _ in 1...2 { try stage.sync("commands") }
            #expect(try stage.store.task(stage.key(id))?.complexity == .complex, "killed at \(checkpoint)")
            #expect(try said(stage, "Applied `/priority`") == 1, "killed at \(checkpoint)")
        }
    }

    @Test func `an answer that is lost on its way is not given twice`() throws {
        let stage = try EngineStage()
        _ = try threads(stage, "/help")
        stage.memory.fail(.reply, with: .offline(detail: "away"))
        #expect(try stage.sync("commands").hasFailures)
        try stage.sync("commands")
        try stage.sync("commands")
        #expect(try said(stage, "Supported commands:") == 1)
    }

    @Test(arguments: [
        ("/pause", TaskStatus.new), ("/block no budget", .blocked), ("/close", .done), ("/retry", .new),
        ("/assign codex", .routed), ("/unblock", .new), ("/reroute", .new), ("/context be quick", .new),
    ])
    func `each command puts the task where it says`(command: String, status: TaskStatus) throws {
        let stage = try EngineStage()
        let id = try threads(stage, command)
        try stage.sync("commands")
        let task = try #require(try stage.store.task(stage.key(id)))
        #expect(task.status == status)
        #expect(try said(stage, "✅ Applied `") == 1)
        if command == "/close" { #expect(try stage.memory.get(id)?.isClosed == true) }
        if command.hasPrefix("/context") { #expect(stage.contexts[id]?.contains("be quick") == true) }
    }

    @Test func `nobody else is heard`() throws {
        let stage = try EngineStage()
        let id = try threads(stage, "/close", by: "mallory")
        _ = stage.memory.say("@orch run my code", by: "mallory", on: id)
        _ = stage.memory.say("@orch and mine", by: "octo[bot]", on: id)
        let report = try stage.sync()
        #expect(report.entries.allSatisfy { $0.text.contains("may not drive orch here") })
        #expect(try stage.store.task(stage.key(id))?.status == .new)
        #expect(try internals(stage).isEmpty)
        #expect(try stage.sync().entries.isEmpty)
    }

    @Test func `words reach an agent at work`() throws {
        let stage = try EngineStage()
        let run = try stage.dispatched()
        stage.clock.advance(.seconds(5))
        _ = stage.memory.say("Use the new API", by: "octo", on: run.task.id)
        try stage.sync("commands")
        #expect(try stage.store.pendingWords(for: run.id, limit: 9).map(\.words) == ["Use the new API"])
    }

    @Test func `words reach an agent without what their readers do not see, whatever is killed, once`() throws
    {
        func play(_ checkpoint: Int?) throws -> (stage: EngineStage, run: Run) {
            let stage = try EngineStage()
            let run = try stage.dispatched()
            stage.clock.advance(.seconds(5))
            _ = stage.memory.say("Use the new API<!-- or the old -->", by: "octo", on: run.task.id)
            stage.fuse.set(checkpoint)
            _ = try? stage.sync("commands")
            return (stage, run)
        }
        let steps = try play(nil).stage.fuse.passed
        for checkpoint in 0..<steps {
            let (stage, run) = try play(checkpoint)
            stage.fuse.set(nil)
            for _ in 1...2 { try stage.sync("commands") }
            let words = try stage.store.pendingWords(for: run.id, limit: 9).map(\.words)
            #expect(words == ["Use the new API"], "killed at \(checkpoint)")
        }
    }

    @Test func `words that are meant for the agent are not spent on its router`() throws {
        let stage = try EngineStage()
        stage.project.settings.router.agent = .claude
        let id = stage.memory.file(TaskDraft(title: "Fix it", body: "Please"), author: "octo")
        try stage.tick()
        let run = try #require(try stage.liveRun(of: id))
        #expect(run.kind == .route)
        stage.clock.advance(.seconds(5))
        _ = stage.memory.say("Use the new API", by: "octo", on: id)
        #expect(try !stage.sync("commands").hasFailures)
        #expect(try stage.store.pendingWords(for: run.id, limit: 9).isEmpty)
    }

    @Test func `words that come while the work is published start the agent again when that is over`() throws
    {
        let stage = try EngineStage()
        let run = try stage.dispatched()
        _ = try stage.store.move(run.id, from: .starting, to: .running)
        _ = try stage.store.move(run.id, from: .running, to: .publishing)
        stage.clock.advance(.seconds(5))
        _ = stage.memory.say("Use the new API", by: "octo", on: run.task.id)
        try stage.sync("commands")
        #expect(try stage.store.pendingWords(for: run.id, limit: 9).isEmpty)
        _ = try stage.store.endRun(run.id, outcome: RunOutcome(status: .inReview), now: stage.clock.now)
        try stage.tick()
        try stage.sync("commands")
        #expect(try stage.store.task(run.task)?.status == .new)
    }

    @Test func `a mention whose pull request is merged is over, and looked at no more`() throws {
        let stage = try EngineStage()
        _ = try threads(stage, "@orch do it")
        try stage.sync()
        stage.script(stage.work(#"{"status":"done","summary":"It is so"}"#))
        try stage.tick()
        try stage.host(try #require(try stage.liveRun(of: "i1")))
        try stage.tick()
        try stage.sync("mentions")
        #expect(try stage.store.openMentions(of: stage.project.id).count == 1)
        stage.memory.closePull(try #require(stage.memory.pullRequests.last?.made.number), isMerged: true)
        for _ in 1...2 { try stage.sync() }
        #expect(try stage.store.openMentions(of: stage.project.id).isEmpty)
        #expect(try said(stage, "It is so") == 1)
    }
}
