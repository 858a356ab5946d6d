import OrchCore
import Testing

@Suite struct DispatchingTests {
    private func routed(_ number: Int, _ change: (inout AgentTask) -> Void = { _ in }) -> AgentTask {
        task(number, .routed) {
            $0.agent = .claude
            change(&$0)
        }
    }

    @Test func `leaves running agents their slots`() {
        let tasks = [task(1, .inProgress), routed(2), routed(3)]
        let snapshot = snapshot(tasks, runs: [run(1, of: 1)]) { $0.workflow.parallel = 2 }
        #expect(Dispatching.decide(snapshot) == [.dispatch(issue(2))])
    }

    @Test func `limits are each project's own`() {
        let web = Project.ID(rawValue: "/srv/web")
        var other = routed(1)
        other = AgentTask(key: issue(1, in: web), title: "t", status: .routed).applying([
            .agent(.claude, pinned: false), .trusted(true),
        ])
        var snapshot = snapshot([routed(1), routed(2), other]) { $0.workflow.parallel = 1 }
        snapshot.projects[web] = Project(
            id: web, name: "web", settings: snapshot.projects[app]?.settings ?? Settings())
        #expect(Dispatching.decide(snapshot) == [.dispatch(issue(1)), .dispatch(issue(1, in: web))])
    }

    @Test func `zero places start nothing`() {
        #expect(Dispatching.decide(snapshot([routed(1)]) { $0.workflow.parallel = 0 }).isEmpty)
    }

    @Test func `a task that used up its attempts waits for a person`() {
        let worn = snapshot([routed(1) { $0.attempts = 10 }, routed(2) { $0.attempts = 9 }])
        let decisions = Dispatching.decide(worn)
        #expect(decisions.last == .dispatch(issue(2)))
        #expect(worn.after(decisions).task(issue(1))?.status == .needsReview)
    }

    @Test func `a missing tool blocks, with its name`() {
        let decisions = Dispatching.decide(
            snapshot([routed(1)]).with { $0.missingTools[app] = ["bun", "docker"] })
        guard case .hold(_, .blocked, let reason)? = decisions.first else {
            return #expect(Bool(false), "it was not held")
        }
        #expect(reason.contains("bun, docker"))
    }

    @Test func `an agent at its limit starts nothing, and takes nobody's place`() {
        let tasks = [routed(1), routed(2) { $0.agent = .codex }]
        let limited = snapshot(tasks) { $0.workflow.parallel = 1 }
            .with { $0.breakers[.claude] = breaker(minutes: 1) }
        #expect(Dispatching.decide(limited) == [.dispatch(issue(2))])
    }

    @Test func `a task without an agent is not started`() {
        #expect(Dispatching.decide(snapshot([task(1, .routed)])).isEmpty)
    }

    @Test func `not everything that has to be told is told by one tick`() {
        let tried = (1...30).map {
            task($0, .routed) {
                $0.agent = .claude; $0.attempts = 99
            }
        }
        #expect(Dispatching.decide(snapshot(tried)).count == 10)
    }
}
