import OrchCore
import Testing

@Suite struct WaitingTests {
    private static let cases: [(@Sendable (inout AgentTask) -> Void, Waiting?)] = [
        ({ _ in }, nil),
        ({ $0.isClosed = true }, .closed),
        ({ $0.isTrusted = nil }, .untrusted(author: "octo")),
        ({ $0.isTrusted = false }, .untrusted(author: "octo")),
        ({ $0.status = .inReview }, .status(.inReview)),
        ({ $0.status = .done }, .status(.done)),
        ({ $0.labels = ["no-agent"] }, .noAgentLabel),
        ({ $0.labels = ["blocked"] }, .blockedLabel),
        ({ $0.isHeld = true }, .held),
        ({ $0.parkedUntil = noon + .seconds(1) }, .parked(until: noon + .seconds(1))),
        ({ $0.parkedUntil = noon }, nil),
        // By a clock that was wrong.
        ({ $0.parkedUntil = noon + Breaker.longestPause + .seconds(1) }, nil),
    ]

    @Test(arguments: cases.indices) func `the first reason that applies is told`(index: Int) {
        let (change, expected) = Self.cases[index]
        let task = task(1, .new, change)
        #expect(Waiting.reason(task, in: snapshot([task])) == expected)
    }

    @Test func `what others do to a task is a reason too`() {
        let task = task(1)
        #expect(Waiting.reason(task, in: snapshot([task], runs: [run(1, of: 1)])) == .running)
        let ended = run(1, of: 1, outcome: RunOutcome(status: .done))
        #expect(Waiting.reason(task, in: snapshot([task], runs: [ended])) == .running)
        let claimed = snapshot([task]).with { $0.foreignClaims = [issue(1)] }
        #expect(Waiting.reason(task, in: claimed) == .claimedByV0)
        let offline = snapshot([task]).with { $0.unreachable = [app] }
        #expect(Waiting.reason(task, in: offline) == .trackerUnreachable)
    }

    @Test func `a pause of its project or of everything is a reason, after all that would stay without it`() {
        let task = task(1)
        for project in [nil, app] {
            let pause = WorkPause(project: project, since: noon, actor: "cli:ada")
            #expect(Waiting.reason(task, in: snapshot([task]).with { $0.pauses = [pause] }) == .paused(pause))
            let busy = snapshot([task], runs: [run(1, of: 1)]).with { $0.pauses = [pause] }
            #expect(Waiting.reason(task, in: busy) == .running)
        }
        let other = WorkPause(project: Project.ID(rawValue: "/srv/other"), since: noon, actor: "cli:ada")
        #expect(Waiting.reason(task, in: snapshot([task]).with { $0.pauses = [other] }) == nil)
    }

    @Test func `what is paused is neither routed nor started`() {
        let tasks = [task(1), task(2, .routed) { $0.agent = .claude }]
        let paused = snapshot(tasks).with {
            $0.pauses = [WorkPause(project: nil, since: noon, actor: "cli:ada")]
        }
        #expect(Routing.decide(paused).isEmpty && Dispatching.decide(paused).isEmpty)
        #expect(!Routing.decide(snapshot(tasks)).isEmpty && !Dispatching.decide(snapshot(tasks)).isEmpty)
    }

    @Test func `an internal task needs no tracker`() {
        var own = AgentTask(
            key: TaskKey(project: app, backend: .internal, id: "i1"), title: "t", status: .new)
        own.isTrusted = true
        #expect(Waiting.reason(own, in: snapshot([own]).with { $0.unreachable = [app] }) == nil)
    }
}
