import OrchCore
import Testing

@testable import enum OrchCore.Routing

@Suite struct RoutingTests {
    private func routes(_ snapshot: Snapshot) -> [Route] {
        Routing.decide(snapshot).compactMap { if case .route(_, let route) = $0 { route } else { nil } }
    }

    @Test func `the agents take turns, and go on behind whom they left off with`() {
        let three = snapshot([task(1), task(2), task(3)])
        #expect(routes(three).map(\.agent) == [.claude, .codex, .claude])
        let later = three.with { $0.lastRouted[app] = .claude }
        #expect(routes(later).map(\.agent) == [.codex, .claude, .codex])
    }

    @Test func `an agent at its limit is passed over, and with nobody left nothing is routed`() {
        let limited = snapshot([task(1), task(2)]).with { $0.breakers[.claude] = breaker(minutes: 1) }
        #expect(routes(limited).map(\.agent) == [.codex, .codex])
        #expect(routes(limited.with { $0.breakers[.codex] = breaker(minutes: 1) }).isEmpty)
        #expect(routes(limited.with { $0.breakers[.claude] = breaker(minutes: 0) }).first?.agent == .claude)
    }

    @Test func `a label insists, and takes no turn`() {
        let labelled = snapshot([task(1) { $0.labels = ["agent:codex"] }, task(2)])
        #expect(routes(labelled).map(\.agent) == [.codex, .claude])
        #expect(routes(labelled).map(\.isPinned) == [true, false])
    }

    @Test(arguments: [TaskStatus.new, .routed])
    func `at the limit of the agent that was insisted on another stands in, if one is free`(
        status: TaskStatus
    ) {
        let pinned = task(1, status) {
            $0.agent = .codex
            $0.agentIsPinned = true
        }
        let limited = snapshot([pinned]).with { $0.breakers[.codex] = breaker(minutes: 1) }
        #expect(routes(limited).map(\.agent) == [.claude])
        #expect(routes(limited).first?.isPinned == true)
        let alone = limited.with { $0.agents[app] = [.codex] }
        #expect(routes(alone).map(\.agent) == (status == .new ? [.codex] : []))
    }

    @Test func `a label at its agent's limit is handled as a run that meets the limit`() {
        let labelled = snapshot([task(1) { $0.labels = ["agent:claude", "model:opus"] }]) {
            $0.models = ["medium": [.codex: "gpt"]]
        }
        let route = routes(labelled.with { $0.breakers[.claude] = breaker(minutes: 1) }).first
        #expect(route?.agent == .codex && route?.model == "gpt")
    }

    @Test func `a routed task is routed again only where its agent went away and nobody insisted on it`() {
        let routed = task(1, .routed) { $0.agent = .claude }
        #expect(routes(snapshot([routed])).isEmpty)
        let gone = snapshot([routed]).with { $0.agents[app] = [.codex] }
        #expect(routes(gone).map(\.agent) == [.codex])
        let pinned = snapshot([
            task(1, .routed) {
                $0.agent = .claude; $0.agentIsPinned = true
            }
        ])
        #expect(routes(pinned.with { $0.agents[app] = [.codex] }).isEmpty)
    }

    @Test func `the model comes from the map, by the task's complexity`() {
        let models = ["simple": [AgentName.claude: "haiku"], "medium": [.claude: "sonnet"]]
        let tasks = [task(1) { $0.labels = ["complexity:simple"] }, task(2)]
        var snapshot = snapshot(tasks) { $0.models = models }
        snapshot.agents[app] = [.claude]
        #expect(routes(snapshot).map(\.model) == ["haiku", "sonnet"])
    }

    @Test func `a model label counts with the agent that it was meant for`() {
        let chosen = task(1) { $0.labels = ["model:opus", "agent:claude"] }
        let any = task(2) { $0.labels = ["model:opus"] }
        #expect(routes(snapshot([chosen, any])).map(\.model) == ["opus", nil])
    }

    @Test(
        arguments: [
            (nil, "claude"), ("claude", "codex"), ("codex", "claude"), ("gone", "claude"),
        ] as [(String?, String)])
    func `the next in turn is the one behind, and behind the last the first`(last: String?, expected: String)
    {
        let next = Routing.next(after: last.flatMap { AgentName($0) }, among: [.claude, .codex])
        #expect(next?.rawValue == expected)
    }

    @Test func `nobody is next where there is nobody`() {
        #expect(Routing.next(after: .claude, among: []) == nil)
    }
}
