import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// Ticks and syncs beside a listener.
@Suite struct ListeningTests {
    private let stage: EngineStage
    private let listener = Owner(bootID: "boot", pid: 50, startTime: 1)

    init() throws {
        stage = try EngineStage()
        stage.webhooks.hooks = [
            Webhook(id: 7, url: "https://a.example/webhook/github", isActive: true, events: ["*"])
        ]
    }

    private func beat() throws {
        try stage.store.noteHeartbeat(of: listener, hearsGitHub: true, now: stage.clock.now)
    }

    /// GitHub tells of something.
    private func tell(_ event: String, _ delivery: String, isLost: Bool = false) throws {
        stage.webhooks.send(event, delivery: delivery, at: stage.clock.now)
        if isLost { return }
        try stage.store.receive([
            Delivery(
                source: .github, id: delivery, event: event, place: "octo/demo", payload: "{}",
                receivedAt: stage.clock.now)
        ])
    }

    /// A listener whose webhook a sync has found to be sound, and a tick that has asked since.
    private func settled() throws {
        try beat()
        try tell("ping", "p")
        try stage.sync("deliveries")
        try stage.tick()
    }

    private func asks(_ act: () throws -> Void) rethrows -> Int {
        let before = stage.memory.calls.count
        try act()
        return stage.memory.calls.count - before
    }

    private var waiting: Int { get throws { try stage.store.countWaitingDeliveries(from: .github) } }

    @Test func `a quiet tick asks nobody`() throws {
        try settled()
        var reports: [TickReport] = []
        #expect(try asks { for _ in 1...5 { reports.append(try stage.tick()) } } == 0)
        #expect(reports.flatMap(\.entries).isEmpty)
    }

    @Test func `a tick asks once for what has arrived, and says so`() throws {
        try settled()
        let id = stage.memory.file(TaskDraft(title: "Fix", body: ""), author: "octo")
        try tell("issues", "a")
        #expect(try waiting == 1)
        #expect(try stage.tick().started == [stage.key(id)])
        #expect(try waiting == 0)
        #expect(try asks { try stage.tick() } == 0)
    }

    @Test func `what arrived stays until the tracker has answered`() throws {
        try settled()
        let id = stage.memory.file(TaskDraft(title: "Fix", body: ""), author: "octo")
        try tell("issues", "a")
        stage.memory.fail(.changes, with: .offline(detail: "no network"))
        #expect(try stage.tick().hasFailures)
        #expect(try waiting == 1)
        #expect(try stage.tick().started == [stage.key(id)])
    }

    @Test func `what arrives while a tick is at work is done by the same tick`() throws {
        try settled()
        try tell("issues", "a")
        var calls = 0
        var late = ""
        stage.whileAsked = {
            calls += 1
            if calls == 1 { try tell("issues", "b") }
            if calls == 2 {
                late = stage.memory.file(TaskDraft(title: "Late", body: ""), author: "octo")
            }
        }
        #expect(try stage.tick().started == [stage.key(late)])
        #expect(try asks { try stage.tick() } == 0)
    }

    @Test func `news in an endless row end one tick`() throws {
        try settled()
        try tell("issues", "a")
        var count = 0
        stage.whileAsked = {
            count += 1
            try tell("issues", "a\(count)")
        }
        #expect(try asks { try stage.tick() } == 3)
    }

    @Test func `a listener that stops is noticed, and polling resumes`() throws {
        try settled()
        stage.clock.advance(.seconds(35))
        #expect(try asks { try stage.tick() } == 1)
        #expect(try asks { try stage.tick() } == 1)
    }

    @Test func `one that is killed is noticed at once`() throws {
        try settled()
        stage.hosts.kill(listener)
        #expect(try asks { try stage.tick() } == 1)
    }

    @Test func `one that comes back is relied on after the next look at what was sent`() throws {
        try settled()
        stage.clock.advance(.seconds(100))
        try beat()
        #expect(try asks { try stage.tick() } == 1)
        try stage.sync("deliveries")
        #expect(try asks { try stage.tick() } == 1, "what it said before is not noted")
        #expect(try asks { try stage.tick() } == 0)
    }

    @Test func `a gap makes ticks ask until what was missed has arrived`() throws {
        try settled()
        stage.clock.advance(.seconds(20))
        try beat()
        try tell("issues", "lost", isLost: true)
        stage.clock.advance(.seconds(20))
        try beat()
        #expect(try asks { try stage.tick() } == 0)
        let report = try stage.sync("deliveries")
        #expect(report.entries.map(\.text).count == 2)
        #expect(stage.webhooks.redelivered == [2])
        #expect(try asks { try stage.tick() } == 1)
        #expect(try asks { try stage.tick() } == 1)
        try tell("issues", "lost")
        try stage.sync("deliveries")
        try stage.tick()
        #expect(try asks { try stage.tick() } == 0)
    }

    @Test func `what was on its way at one look is missed by the next`() throws {
        try settled()
        stage.clock.advance(.seconds(20))
        try beat()
        try tell("issues", "lost", isLost: true)
        stage.clock.advance(.seconds(5))
        #expect(try stage.sync("deliveries").entries.isEmpty)
        stage.clock.advance(.seconds(20))
        try beat()
        try stage.sync("deliveries")
        #expect(stage.webhooks.redelivered == [2])
    }

    @Test func `the tracker is asked once in a while, however quiet it is`() throws {
        try settled()
        var asked = 0
        for minute in 1...60 {
            stage.clock.advance(.seconds(30))
            try beat()
            stage.clock.advance(.seconds(30))
            try beat()
            if minute.isMultiple(of: 2) { try stage.sync("deliveries") }
            asked += try asks { try stage.tick() }
        }
        #expect((3...5).contains(asked), "\(asked)")
    }

    @Test func `without a listener nobody looks at webhooks`() throws {
        try stage.sync()
        #expect(stage.webhooks.calls == 0)
        try stage.store.noteHeartbeat(of: listener, hearsGitHub: false, now: stage.clock.now)
        try stage.sync()
        #expect(stage.webhooks.calls == 0)
    }

    @Test func `a sound webhook is looked at every five minutes`() throws {
        try settled()
        let calls = stage.webhooks.calls
        try stage.sync()
        #expect(stage.webhooks.calls == calls)
        stage.clock.advance(.seconds(300))
        try beat()
        try stage.sync()
        #expect(stage.webhooks.calls > calls)
    }

    @Test func `an account that may not look is said once, and ticks go on asking`() throws {
        try beat()
        stage.webhooks.refusal = .notFound(what: "hooks")
        let report = try stage.sync("deliveries")
        #expect(report.entries.count == 1)
        #expect(!report.hasFailures)
        #expect(try stage.sync().entries.filter { $0.phase == "deliveries" }.isEmpty)
        #expect(try asks { for _ in 1...2 { try stage.tick() } } == 2)
    }

    @Test func `a dry run writes nothing down`() throws {
        try beat()
        try tell("ping", "p")
        _ = try stage.sync("deliveries", isDryRun: true)
        #expect(try stage.store.cursor(HookWatch.cursor(of: stage.project.id)) == nil)
    }

    // Syncs

    private func phases(_ report: SyncReport) -> Set<String> { Set(report.entries.map(\.phase)) }

    /// A comment that calls orch, of which GitHub tells.
    private func mention(_ delivery: String) throws {
        let id = stage.memory.file(
            TaskDraft(title: "Talk", body: "", labels: ["no-agent"]), author: "octo")
        _ = stage.memory.say("@orch do it", by: "octo", on: id)
        try tell("issue_comment", delivery)
    }

    @Test func `a sync for news looks at what has arrived and at nothing else`() throws {
        try settled()
        #expect(try asks { try stage.sync(.news) } == 0)
        try mention("c")
        let report = try stage.sync(.news)
        #expect(phases(report) == ["mentions"])
        #expect(!report.hasFailures)
        #expect(try waiting == 0)
        #expect(try asks { try stage.sync(.news) } == 0)
    }

    @Test func `what a sync could not look at stays`() throws {
        try settled()
        try mention("c")
        stage.memory.fail(.newComments, with: .broken(detail: "half an answer"), times: 2)
        #expect(try stage.sync(.news).hasFailures)
        #expect(try waiting == 1)
        #expect(try phases(stage.sync(.news)) == ["mentions"])
        #expect(try waiting == 0)
    }

    @Test func `one phase alone sees to half of a comment`() throws {
        try settled()
        try mention("c")
        try stage.sync("mentions")
        #expect(try waiting == 1)
        try stage.sync(.phases(["mentions", "commands"]))
        #expect(try waiting == 0)
    }

    @Test func `what arrives while a sync is at work is done by the same sync`() throws {
        try settled()
        try mention("c")
        var isFirst = true
        stage.whileAnswering = {
            guard isFirst else { return }
            isFirst = false
            try mention("d")
        }
        let report = try stage.sync(.news)
        #expect(report.entries.count { $0.phase == "mentions" } == 2)
        #expect(try waiting == 0)
    }

    private func hold(_ lease: String) throws {
        let other = Owner(bootID: "boot", pid: 9, startTime: 1)
        let until = stage.clock.now + .seconds(300)
        #expect(
            try stage.store.takeLease(lease, owner: other, now: stage.clock.now, until: until) { _ in true })
    }

    @Test func `who calls is answered beside a sync that is at work, and nothing else is done there`() throws
    {
        try settled()
        try hold("sync")
        #expect(try stage.sync(.news).isAlreadyRunning)
        try tell("push", "q")
        try mention("c")
        #expect(try phases(stage.sync(.news)) == ["mentions"])
        #expect(try waiting == 1)
        #expect(try stage.sync(.news).isAlreadyRunning)
    }

    @Test func `what another sync is answering is left to it, and not taken for dealt with`() throws {
        try settled()
        try mention("c")
        try hold("talk")
        let report = try stage.sync()
        #expect(!report.isAlreadyRunning)
        #expect(!phases(report).contains("mentions"))
        #expect(try waiting == 1)
        try stage.store.releaseLease("talk", owner: Owner(bootID: "boot", pid: 9, startTime: 1))
        #expect(try phases(stage.sync()).contains("mentions"))
        #expect(try waiting == 0)
    }

    @Test func `without a listener a sync marks nothing and looks at everything`() throws {
        try mention("c")
        #expect(try stage.sync(.news).entries.isEmpty)
        #expect(try phases(stage.sync()).contains("mentions"))
    }
}
