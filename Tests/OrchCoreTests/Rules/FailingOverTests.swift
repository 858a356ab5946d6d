import OrchCore
import Testing

@Suite struct FailingOverTests {
    private static let accountFailures: [AgentFailure] = [
        .usageLimit(resetsAt: nil), .authentication, .programMissing("claude"),
    ]

    @Test(arguments: accountFailures)
    func `another agent takes over, pinned, and the attempt is given back`(failure: AgentFailure) {
        let snapshot = snapshot(
            [task(1, .inProgress) { $0.attempts = 1 }], runs: [run(1, of: 1, outcome: failed(failure))])
        let after = snapshot.after(Collecting.decide(snapshot))
        let task = after.task(issue(1))
        #expect(task?.agent == .codex && task?.agentIsPinned == true && task?.attempts == 0)
        #expect(task?.status == .routed && task?.failoverChain == [.claude])
        #expect(after.isTripped(.claude))
        #expect(Routing.decide(after).isEmpty)
    }

    @Test func `it is given the model of its own in the map`() {
        let failed = run(1, of: 1, outcome: failed(.authentication))
        let snapshot = snapshot([task(1, .inProgress) { $0.model = "opus" }], runs: [failed]) {
            $0.models = ["medium": [.claude: "opus", .codex: "gpt"]]
        }
        #expect(snapshot.after(Collecting.decide(snapshot)).task(issue(1))?.model == "gpt")
    }

    @Test func `it never goes back to an agent of the chain, but waits`() {
        let failed = run(2, of: 1, by: .codex, outcome: failed(.usageLimit(resetsAt: noon + .seconds(7200))))
        var snapshot = snapshot([task(1, .inProgress) { $0.failoverChain = [.claude] }], runs: [failed])
        // The limit of the first has just ended, and still it is not its turn.
        snapshot.breakers = [:]
        let task = snapshot.after(Collecting.decide(snapshot)).task(issue(1))
        #expect(task?.agent != .claude && task?.parkedUntil == noon + .seconds(7200))
        #expect(task?.failoverChain == [])
    }

    @Test func `it waits for the agent whose limit ends first`() {
        let failed = run(
            2, of: 1, by: .codex, outcome: failed(.usageLimit(resetsAt: noon + .seconds(90_000))))
        var snapshot = snapshot(
            [
                task(1, .inProgress) {
                    $0.failoverChain = [.claude]; $0.agent = .codex
                }
            ], runs: [failed])
        snapshot.breakers[.claude] = breaker(minutes: 30)
        let task = snapshot.after(Collecting.decide(snapshot)).task(issue(1))
        #expect(task?.agent == .claude && task?.parkedUntil == noon + .seconds(1800))
    }

    @Test func `two runs that meet their limits at once do not send each other's tasks back and forth`() {
        let snapshot = snapshot(
            [task(1, .inProgress), task(2, .inProgress)],
            runs: [
                run(1, of: 1, by: .claude, outcome: failed(.usageLimit(resetsAt: nil))),
                run(2, of: 2, by: .codex, outcome: failed(.usageLimit(resetsAt: nil))),
            ])
        let after = snapshot.after(Collecting.decide(snapshot))
        #expect(after.tasks.allSatisfy { $0.parkedUntil != nil })
        #expect(Dispatching.decide(after).isEmpty)
    }

    @Test func `the free models take turns, each once, and opencode itself is not left alone for them`() {
        var picture = snapshot([task(1, .inProgress)]) { $0.freeModels = ["free/a", "free/b"] }
        picture.agents[app] = [.claude, .opencode]
        picture.breakers[.claude] = breaker(minutes: 60)
        var models: [String?] = []
        for attempt in 1...4 {
            picture.apply(.dispatch(issue(1)))
            picture.add([run(attempt, of: 1, by: .opencode, outcome: failed(.usageLimit(resetsAt: nil)))])
            picture = picture.after(Collecting.decide(picture))
            guard let task = picture.task(issue(1)), task.parkedUntil == nil else { break }
            #expect(task.agent == .opencode && !picture.isTripped(.opencode))
            models.append(task.model)
        }
        #expect(models == ["free/a", "free/b"])
        #expect(picture.isTripped(.opencode))
    }

    @Test func `a limit that is said to be over already is not tried again at once`() {
        let failed = run(1, of: 1, outcome: failed(.usageLimit(resetsAt: noon - .seconds(5))))
        var snapshot = snapshot([task(1, .inProgress)], runs: [failed])
        snapshot.agents[app] = [.claude]
        let after = snapshot.after(Collecting.decide(snapshot))
        #expect(after.isTripped(.claude))
        #expect(after.task(issue(1))?.parkedUntil == noon + .seconds(60))
    }

    @Test func `the free models are had wherever in the order opencode stands`() {
        let limit = failed(.usageLimit(resetsAt: nil))
        func picture(_ agent: AgentName, after chain: [AgentName]) -> Snapshot {
            let task = task(1, .inProgress) {
                $0.agent = agent
                $0.failoverChain = chain
            }
            let run = run(1, of: 1, by: agent, outcome: limit)
            var picture = snapshot([task], runs: [run]) { $0.freeModels = ["free/a"] }
            picture.agents[app] = [.opencode, .claude]
            return picture
        }
        let first = picture(.opencode, after: [])
        let other = first.after(Collecting.decide(first))
        #expect(other.task(issue(1))?.agent == .claude && other.isTripped(.opencode))
        let second = picture(.claude, after: [.opencode]).with { $0.breakers = other.breakers }
        let free = second.after(Collecting.decide(second))
        #expect(free.task(issue(1))?.model == "free/a")
        #expect(Routing.decide(free).isEmpty)
        #expect(Dispatching.decide(free) == [.dispatch(issue(1))])
    }

    @Test func `the free models are had where opencode has met its limit for another task`() {
        var picture = snapshot([task(1, .inProgress)]) { $0.freeModels = ["free/a"] }
        picture.agents[app] = [.claude, .opencode]
        picture.breakers[.opencode] = breaker(minutes: 60)
        picture.add([run(1, of: 1, outcome: failed(.usageLimit(resetsAt: nil)))])
        picture = picture.after(Collecting.decide(picture))
        #expect(picture.task(issue(1))?.model == "free/a")
        #expect(Dispatching.decide(picture) == [.dispatch(issue(1))])
    }

    @Test func `a limit that is said to last for years is looked at again long before`() {
        let failed = run(1, of: 1, outcome: failed(.usageLimit(resetsAt: noon + .seconds(400 * 86_400))))
        var snapshot = snapshot([task(1, .inProgress)], runs: [failed])
        snapshot.agents[app] = [.claude]
        let task = snapshot.after(Collecting.decide(snapshot)).task(issue(1))
        #expect(task?.parkedUntil == noon + Breaker.longestPause)
    }
}
