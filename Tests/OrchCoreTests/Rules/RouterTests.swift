import OrchCore
import Testing

@testable import enum OrchCore.Collecting
@testable import enum OrchCore.Routing
@testable import enum OrchCore.TurnWeight

/// Asking an agent who does a task, and what follows from its answer.
@Suite struct RouterTests {
    private func asking(_ tasks: [AgentTask], runs: [Run] = []) -> Snapshot {
        snapshot(tasks, runs: runs) {
            $0.router.agent = .claude
            $0.router.model = "haiku"
        }
    }

    private func route(_ outcome: RunOutcome, attempt: Int = 1, _ task: AgentTask = task(1)) -> Consequence? {
        let asked = run(7, of: 1, outcome: outcome) { _ in }
        var draft = RunDraft(task: issue(1), kind: .route, agent: .claude, root: "/attempts", now: noon)
        draft.attempt = attempt
        var run = Run(id: Run.ID(rawValue: 7), draft: draft, directory: "/attempts/7")
        run.state = .ended
        run.host = asked.host
        run.outcome = outcome
        let snapshot = asking([task], runs: [run]).with {
            $0.projects[app]?.settings.router.fallbackExecutor = .codex
            $0.projects[app]?.settings.router.defaultSkills = ["gh"]
            $0.projects[app]?.settings.models = ["simple": [.claude: "small"]]
        }
        guard case .collect(_, let consequence)? = Collecting.decide(snapshot).first else { return nil }
        return consequence
    }

    private func answer(_ text: String) -> RunOutcome { RunOutcome(status: .routed, summary: text) }

    @Test func `a router that is named is asked, once, and takes a place`() {
        let two = asking([task(1), task(2)])
        #expect(
            Routing.decide(two) == [
                .ask(issue(1), router: .claude, model: "haiku"),
                .ask(issue(2), router: .claude, model: "haiku"),
            ])
        #expect(Routing.decide(two.after([.ask(issue(1), router: .claude, model: nil)])).count == 1)
        let full = two.with { $0.projects[app]?.settings.workflow.parallel = 1 }
        #expect(Routing.decide(full).count == 1)
        let byTurns = two.with { $0.projects[app]?.settings.router.mode = .roundRobin }
        #expect(Routing.decide(byTurns).allSatisfy { if case .route = $0 { true } else { false } })
    }

    @Test func `why a task waits for its router is told`() {
        let one = asking([task(1)])
        #expect(Explaining.explain(task(1), in: one).reasons == ["claude is to be asked who does it"])
        let full = one.with { $0.projects[app]?.settings.workflow.parallel = 0 }
        #expect(Explaining.explain(task(1), in: full).reasons.first?.contains("places are taken") == true)
    }

    @Test func `nobody is asked where a person has chosen, or the agent is known`() {
        let labelled = task(1) { $0.labels = ["agent:codex"] }
        let known = task(2) { $0.agent = .codex }
        let agents = Routing.decide(asking([labelled, known])).map(\.changes)
        #expect(agents.count == 2)
        #expect(agents.allSatisfy { $0.contains(.agent(.codex, pinned: $0 == agents[0])) })
    }

    @Test func `a router at its limit is not asked, and the fallback does the task`() {
        let limited = asking([task(1)]).with {
            $0.breakers[.claude] = breaker(minutes: 5)
            $0.projects[app]?.settings.router.fallbackExecutor = .codex
        }
        guard case .route(_, let route)? = Routing.decide(limited).first else {
            Issue.record("no route")
            return
        }
        #expect(route.agent == .codex)
        #expect(route.reason.contains("fallback to codex"))
    }

    @Test func `its answer gives agent, model, complexity and profile`() throws {
        let text =
            #"{"executor":"claude","complexity":"simple","profile":{"role":"writer","skills":["docs"]}}"#
        let changes = try #require(route(answer(text))).changes
        #expect(changes.contains(.status(.routed)))
        #expect(changes.contains(.agent(.claude, pinned: false)))
        #expect(changes.contains(.model("small")))
        #expect(changes.contains(.complexity(.simple)))
        let profile = task(1).applying(changes).profile
        #expect(profile?.role == "writer" && profile?.selectedSkills == ["gh"] && profile?.warning == "")
    }

    @Test(
        arguments: [
            ("claude", ["backend"], ["sql"], "backend-labeled"), ("codex", ["docs"], ["x"], "docs-labeled"),
            ("codex", [], [], "missing skills"), ("codex", ["feedback"], ["x"], ""),
        ])
    func `an odd choice is doubted, and stands`(
        executor: String, labels: [String], skills: [String], warning: String
    ) throws {
        let list = skills.map { "\"\($0)\"" }.joined()
        let text = "{\"executor\":\"\(executor)\",\"profile\":{\"skills\":[\(list)]}}"
        let changes = try #require(route(answer(text), task(1) { $0.labels = labels })).changes
        let routed = task(1).applying(changes)
        #expect(routed.agent?.rawValue == executor)
        #expect(routed.profile?.warning.contains(warning) == true)
        #expect(routed.profile?.warning.isEmpty == warning.isEmpty)
    }

    @Test func `an executor that is not there is replaced by one that is`() throws {
        let consequence = try #require(route(answer(#"{"executor":"opencode","reason":"best"}"#)))
        #expect(consequence.changes.contains(.agent(.claude, pinned: false)))
        #expect(consequence.note.contains("router picked opencode but it is not there"))
    }

    @Test func `an answer that cannot be read is asked for once more, then the fallback does it`() throws {
        #expect(try #require(route(failed(.invalidAnswer))).changes.isEmpty)
        let last = try #require(route(failed(.invalidAnswer, "no JSON"), attempt: 2))
        #expect(last.changes.contains(.agent(.codex, pinned: false)))
        #expect(last.changes.contains(.complexity(.medium)))
        #expect(last.note.contains("router failed (no JSON); fallback to codex"))
    }

    @Test func `a router that meets its limit is left alone, and the fallback does it`() throws {
        let consequence = try #require(route(failed(.usageLimit(resetsAt: noon + .seconds(600)))))
        #expect(consequence.breaker?.until == noon + .seconds(600))
        #expect(consequence.changes.contains(.agent(.codex, pinned: false)))
    }

    @Test func `what a person did to the task meanwhile stays`() throws {
        let consequence = try #require(
            route(answer(#"{"executor":"codex"}"#), task(1, .blocked)))
        #expect(!consequence.changes.contains(.status(.routed)))
    }

    @Test func `turns by weight give an agent the less the more often it met its limit`() {
        var records: [AgentName: AgentRecord] = [.claude: AgentRecord(limits: 1), .codex: AgentRecord()]
        var turns: [AgentName: Int] = [:]
        var last: AgentName?
        for _ in 1...30 {
            guard let next = TurnWeight.next(after: last, among: [.claude, .codex], records: records) else {
                return
            }
            turns[next, default: 0] += 1
            records[next]?.runs += 1
            last = next
        }
        #expect(turns == [.claude: 10, .codex: 20])
        #expect(TurnWeight.next(after: nil, among: [], records: [:]) == nil)
        #expect(TurnWeight.next(after: .claude, among: [.claude, .codex], records: [:]) == .codex)
    }
}
