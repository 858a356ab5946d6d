import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// Words, wishes and limits while an agent works, and who may be its host.
@Suite struct RunHostSteeringTests {
    private let stage: EngineStage

    init() throws { stage = try EngineStage() }

    private static let final = #"final {"status":"blocked","reason":"why"}"#

    private func host(_ acts: [FakeKeeper.Act]) throws -> RunOutcome? {
        stage.script(acts)
        return try stage.host(try stage.dispatched())
    }

    private func say(_ words: String) -> FakeKeeper.Act {
        .meanwhile { [unowned stage] in
            guard let run = try stage.liveRun(of: "1") else { return }
            #expect(try stage.store.say(words, by: "octo", to: run.id, now: stage.clock.now))
        }
    }

    private func pending() throws -> Int {
        let run = try #require(try stage.store.runs(of: stage.key("1"), limit: 1).first)
        return try stage.store.pendingWords(for: run.id, limit: 9).count
    }

    // Words

    @Test func `words reach a running agent once, in their order, and so do typed ones`() throws {
        _ = try host([
            .line("session s"), say("one"), say("two"), .typed("three"), .awaitInput(4), .line(Self.final),
            .exit(0),
        ])
        let leg = try #require(stage.keeper.legs.first?.leg)
        #expect(leg.input.dropFirst() == ["words: one\n", "words: two\n", "words: three\n"])
        #expect(stage.keeper.legs.count == 1)
        #expect(try pending() == 0)
    }

    @Test func `an agent that takes no words is resumed with them, in its own session`() throws {
        stage.takesWords = false
        stage.script([.line("session s-7"), say("stop that"), .hang])
        let outcome = try host([])
        #expect(outcome?.failure == .exited(143) || stage.keeper.legs.count == 2)
        #expect(stage.keeper.legs.count == 2)
        #expect(stage.keeper.legs.last?.leg.launch.arguments == ["--resume", "s-7"])
        #expect(stage.keeper.legs.last?.leg.input.first == "prompt: stop that\n")
    }

    @Test func `words that come while an agent is being ended go with the ones before them`() throws {
        stage.takesWords = false
        stage.script([
            .line("session s-7"), say("one"), .line("text ending"), .typed("two"), .line("text bye"),
            .exit(143),
        ])
        stage.script([.line(Self.final), .exit(0)])
        let outcome = try stage.host(try stage.dispatched())
        #expect(outcome?.status == .blocked)
        #expect(stage.keeper.legs.last?.leg.input.first == "prompt: one\n\ntwo\n")
    }

    @Test func `words that come when the agent has just ended well are not lost`() throws {
        let say: FakeKeeper.Act = .lastly { [stage] in
            guard let run = try stage.liveRun(of: "1") else { return }
            #expect(try stage.store.say("and tests", by: "octo", to: run.id, now: stage.clock.now))
        }
        stage.script([.line("session s-7"), .line("final ok"), say])
        stage.script([.line(Self.final), .exit(0)])
        #expect(try stage.host(try stage.dispatched())?.status == .blocked)
        #expect(stage.keeper.legs.count == 2)
        #expect(stage.keeper.legs.last?.leg.input.first == "prompt: and tests\n")
        #expect(try pending() == 0)
    }

    @Test func `nobody can talk for ever with one run`() throws {
        stage.takesWords = false
        for _ in 0..<60 { stage.script([.line("session s"), .typed("again"), .hang]) }
        #expect(try stage.host(try stage.dispatched())?.failure == .reported)
        #expect(stage.keeper.legs.count == 50)
    }

    @Test func `words that an agent has not read yet are not delivered`() throws {
        let look: FakeKeeper.Act = .meanwhile {
            let count = try pending()
            #expect(count == 2)
        }
        stage.script([
            .line("session s"), .deaf(true), say("one"), say("two"), .line("text hm"), look, .dismissed,
        ])
        #expect(try stage.host(try stage.dispatched()) == nil)
        #expect(try pending() == 2)
        #expect(stage.keeper.legs.first?.leg.input.dropFirst() == ["words: one\n"])
    }

    @Test func `an agent without a session starts over with its task and all that was said`() throws {
        stage.takesWords = false
        stage.script([.line("text hm"), say("one"), .hang])
        stage.script([.line("text hm"), say("two"), .hang])
        stage.script([.line(Self.final), .exit(0)])
        let outcome = try stage.host(try stage.dispatched())
        #expect(outcome?.status == .blocked)
        let task = "agent: Fix it Please"
        let prompts = stage.keeper.legs.map { $0.leg.input.first ?? "" }
        #expect(
            prompts == [
                "prompt: \(task)\n", "prompt: \(task)\n\nA person says:\n\none\n",
                "prompt: \(task)\n\nA person says:\n\none\n\nA person says:\n\ntwo\n",
            ])
    }

    @Test func `words reach a resumed agent as they were said`() throws {
        stage.takesWords = false
        stage.secrets = ["hunter2-hunter2"]
        stage.script([.line("session s"), say("use hunter2-hunter2"), .hang])
        stage.script([.line(Self.final), .exit(0)])
        let run = try stage.dispatched()
        #expect(try stage.host(run)?.status == .blocked)
        #expect(stage.keeper.legs.last?.leg.input.first == "prompt: use hunter2-hunter2\n")
        #expect(stage.disk.files["\(run.directory)/events.ndjson"]?.contains("hunter2") == false)
    }

    // Wishes and limits

    @Test func `a wish to stop ends the agent, and the task is held`() throws {
        let stop: FakeKeeper.Act = .meanwhile { [stage] in
            guard let run = try stage.liveRun(of: "1") else { return }
            #expect(try stage.store.requestStop(of: run.id, by: "octo"))
        }
        #expect(try host([.line("text hm"), stop, .hang])?.failure == .stopped)
        try stage.tick()
        let task = try stage.store.task(stage.key("1"))
        #expect(task?.isHeld == true && task?.status == .needsReview)
    }

    @Test func `a wish to stop counts for an agent that is being resumed, too`() throws {
        stage.takesWords = false
        let stop: FakeKeeper.Act = .meanwhile { [stage] in
            guard let run = try stage.liveRun(of: "1") else { return }
            #expect(try stage.store.requestStop(of: run.id, by: "octo"))
        }
        stage.script([.line("session s"), say("one"), stop, .exit(143)])
        #expect(try host([])?.failure == .stopped)
        #expect(stage.keeper.legs.count == 1)
    }

    @Test func `an agent that was ended before its host read the wish to stop is stopped, not lost`() throws {
        let stop: FakeKeeper.Act = .meanwhile { [stage] in
            guard let run = try stage.liveRun(of: "1") else { return }
            #expect(try stage.store.requestStop(of: run.id, by: "octo"))
            stage.keeper.legs.first?.leg.endAlready(137)
        }
        #expect(try host([.line("text hm"), stop])?.failure == .stopped)
    }

    @Test func `an agent that says nothing is ended`() throws {
        stage.project.settings.workflow.silence = .seconds(30)
        let began = stage.clock.now
        #expect(try host([.line("text hm"), .hang])?.failure == .silence)
        #expect((30...40).contains(stage.clock.now.since(began).wholeSeconds))
    }

    @Test func `an agent that talks too long is ended, by its task's own limit`() throws {
        stage.project.settings.workflow.timeoutByComplexity[.medium] = .seconds(20)
        let chatter = (0..<100).flatMap { number -> [FakeKeeper.Act] in
            [.line("text \(number)"), .meanwhile { [stage] in stage.clock.advance(.seconds(1)) }]
        }
        #expect(try host(chatter)?.failure == .timeOut)
        #expect(stage.keeper.legs.first?.leg.isAskedToEnd == true)
    }

    @Test func `tokens and cost are limited while the agent runs`() throws {
        stage.project.settings.workflow.maxTokens = 1_000
        #expect(try host([.line("usage 900 50"), .line("usage 900 100"), .hang])?.failure == .tokenLimit)
        let run = try stage.store.runs(of: stage.key("1"), limit: 1).first
        #expect(run?.usage.totalTokens == 1_000)
    }

    @Test func `cost is limited where it is known`() throws {
        stage.project.settings.workflow.maxCostMicroDollars = 2_000_000
        let outcome = try host([.line("usage 9 9"), .line("usage 9 9 2500000"), .hang])
        #expect(outcome?.failure == .costLimit && outcome?.message.contains("$2.50") == true)
    }

    @Test func `a limit on cost says so where it cannot end an agent that names no price`() throws {
        stage.project.settings.workflow.maxCostMicroDollars = 2_000_000
        stage.tellsCost = false
        #expect(try host([.line("usage 9 9"), .line(Self.final), .exit(0)])?.status == .blocked)
        #expect(stage.console.contains("does not say what it costs"))
        #expect(try stage.store.runs(of: stage.key("1"), limit: 1).first?.usage.costMicroDollars == nil)
    }

    @Test func `work that is finished is published, whatever it cost`() throws {
        stage.project.settings.workflow.maxTokens = 1_000
        let acts: [FakeKeeper.Act] = [.line(Self.final), .line("done"), .line("usage 900 200"), .exit(0)]
        #expect(try host(acts)?.status == .blocked)
        // Without a protocol, the agent's end says that it is done.
        #expect(try host([.line(Self.final), .line("usage 900 200"), .exit(0)])?.status == .blocked)
    }

    @Test(arguments: [false, true])
    func `all legs of a run count together`(countsWholeSession: Bool) throws {
        stage.takesWords = false
        stage.countsWholeSession = countsWholeSession
        stage.script([.line("session s"), .line("usage 100 10 5"), say("one"), .hang])
        stage.script([.line("session s"), .line("usage 200 20 5"), .line(Self.final), .exit(0)])
        let run = try stage.dispatched()
        _ = try stage.host(run)
        let usage = try stage.store.run(run.id)?.usage
        #expect(usage?.totalTokens == (countsWholeSession ? 220 : 330))
        #expect(usage?.costMicroDollars == (countsWholeSession ? 5 : 10))
    }

    @Test func `a clock that is set does not end an agent, nor give it more time`() throws {
        stage.project.settings.workflow.timeout = .seconds(100)
        let forward: FakeKeeper.Act = .meanwhile { [stage] in stage.clock.jump(.seconds(7200)) }
        let back: FakeKeeper.Act = .meanwhile { [stage] in stage.clock.jump(.seconds(-7200)) }
        #expect(try host([.line("text hm"), forward, .line(Self.final), .exit(0)])?.status == .blocked)
        let began = stage.clock.uptime
        stage.project.settings.workflow.silence = .zero
        #expect(try host([.line("text hm"), back, .hang])?.failure == .timeOut)
        #expect((100...110).contains((stage.clock.uptime - began).components.seconds))
    }

    @Test func `no limit ends nothing`() throws {
        stage.project.settings.workflow.timeout = .zero
        stage.project.settings.workflow.silence = .zero
        let wait: FakeKeeper.Act = .meanwhile { [stage] in stage.clock.advance(.seconds(1_000_000)) }
        #expect(try host([.line("text hm"), wait, .line(Self.final), .exit(0)])?.status == .blocked)
    }

    @Test func `an agent that waits for a person is told apart from one that is silent`() throws {
        stage.project.settings.workflow.silence = .seconds(30)
        #expect(try host([.line("fail interactive_prompt"), .hang])?.failure == .interactivePrompt)
    }

    // Hosts

    @Test func `a run has one host`() throws {
        let run = try stage.dispatched()
        let other = Owner(bootID: "boot", pid: 50, startTime: 1)
        #expect(try stage.store.setHost(other, of: run.id, expecting: nil))
        let taken = try #require(try stage.store.run(run.id))
        #expect(try stage.host(taken) == nil)
        #expect(stage.keeper.legs.isEmpty && stage.claims.held.isEmpty)
        // Whoever looked before the other came loses too.
        #expect(try stage.host(run) == nil)
        #expect(stage.keeper.legs.isEmpty)
    }

    @Test func `a host that was taken for dead touches nothing any more`() throws {
        let steal: FakeKeeper.Act = .meanwhile { [stage] in
            guard let run = try stage.liveRun(of: "1") else { return }
            let other = Owner(bootID: "boot", pid: 50, startTime: 1)
            #expect(try stage.store.setHost(other, of: run.id, expecting: run.host))
        }
        let acts = stage.work(#"{"status":"done"}"#)
        #expect(try host([steal] + acts) == nil)
        #expect(stage.repository.commits.isEmpty && stage.memory.pullRequests.isEmpty)
        #expect(try stage.memory.comments(on: "1", limit: 9).isEmpty)
        #expect(try stage.liveRun(of: "1") != nil)
    }

    @Test func `a run that was ended by somebody else is left alone`() throws {
        let end: FakeKeeper.Act = .meanwhile { [stage] in
            guard let run = try stage.liveRun(of: "1") else { return }
            let outcome = RunOutcome(failure: .lost, status: .needsReview, message: "given up")
            #expect(try stage.store.endRun(run.id, outcome: outcome, now: stage.clock.now))
        }
        #expect(try host([end] + stage.work(#"{"status":"done"}"#)) == nil)
        #expect(stage.repository.commits.isEmpty)
        #expect(try stage.store.runs(of: stage.key("1"), limit: 1).first?.outcome?.message == "given up")
    }

    @Test func `a run that is over has no host`() throws {
        let run = try stage.dispatched()
        _ = try stage.store.endRun(
            run.id, outcome: RunOutcome(status: .done), now: stage.clock.now)
        #expect(throws: EngineError.runOver(run.id.rawValue)) { _ = try stage.host(run) }
    }

    @Test func `a task that v0 has taken meanwhile is left to it`() throws {
        let run = try stage.dispatched()
        stage.claims.held[run.task] = 999
        #expect(try stage.host(run) == nil)
        #expect(stage.keeper.legs.isEmpty)
        #expect(try stage.liveRun(of: "1") == nil)
        #expect(stage.claims.held[run.task] == 999)
    }

    @Test func `a host that is asked to go leaves its agent running`() throws {
        #expect(try host([.line("text hm"), .dismissed] + stage.work(#"{"status":"done"}"#)) == nil)
        #expect(stage.keeper.legs.first?.leg.isAskedToEnd == false)
        #expect(try stage.host(try #require(try stage.liveRun(of: "1")))?.status == .inReview)
        #expect(stage.keeper.legs.count == 1)
    }

    @Test func `an agent that is known to be over is never started again`() throws {
        let run = try stage.dispatched()
        let owner = Owner(bootID: "boot", pid: 60, startTime: 1)
        #expect(try stage.store.setHost(owner, of: run.id, expecting: nil))
        for name in ["system.md", "message.md"] { stage.disk.files["\(run.directory)/\(name)"] = "words" }
        for step in [RunStep.claim, .prompt, .agent] {
            try stage.store.begin(step, of: run.id, owner: owner, now: stage.clock.now)
            try stage.store.complete(step, of: run.id, result: "", now: stage.clock.now)
        }
        stage.hosts.kill(owner)
        #expect(try stage.host(try #require(try stage.store.run(run.id)))?.failure == .lost)
        #expect(stage.keeper.legs.isEmpty)
    }

    @Test func `a run that v0 has taken from a dead host leaves no agent at work`() throws {
        let run = try stage.dispatched()
        #expect(try host(of: run, [.line("text hm"), .dismissed, .hang]) == nil)
        stage.claims.held[run.task] = 999
        #expect(try stage.host(try #require(try stage.liveRun(of: "1"))) == nil)
        #expect(stage.hosts.ended == [run.id])
    }

    private func host(of run: Run, _ acts: [FakeKeeper.Act]) throws -> RunOutcome? {
        stage.script(acts)
        return try stage.host(run)
    }
}
