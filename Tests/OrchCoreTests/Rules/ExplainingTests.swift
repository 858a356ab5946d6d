import OrchCore
import Testing

@Suite struct ExplainingTests {
    private let now = Timestamp(seconds: 1_767_323_045)  // 2026-01-02T03:04:05Z

    /// A task that a tick would start, in a project with one free place.
    private static func startable() -> AgentTask {
        var task = AgentTask(
            key: TaskKey(project: .init(rawValue: "/srv/app"), backend: .github, id: "7"), title: "Fix",
            status: .routed)
        task.isTrusted = true
        task.author = "octo"
        task.agent = .claude
        task.url = "https://github.com/octo/app/issues/7"
        return task
    }

    private func snapshot(_ task: AgentTask, _ change: (inout Snapshot) -> Void = { _ in }) -> Snapshot {
        var settings = Settings()
        settings.workflow.parallel = 1
        var snapshot = Snapshot(now: now)
        snapshot.projects[task.key.project] = Project(id: task.key.project, name: "app", settings: settings)
        snapshot.agents[task.key.project] = [.claude]
        change(&snapshot)
        snapshot.add([task])
        return snapshot
    }

    private func run(of task: AgentTask, _ id: Int = 17) -> Run {
        let draft = RunDraft(
            task: task.key, kind: .work, agent: .claude, root: "/attempts", now: now - .seconds(200))
        var run = Run(id: .init(rawValue: id), draft: draft, directory: "/attempts/\(id)")
        run.state = .running
        return run
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let reason: String
        let next: String
        var change: @Sendable (inout AgentTask) -> Void = { _ in }
        var testDescription: String { reason }
    }

    static let cases: [Case] = [
        Case(reason: "it is closed", next: "reopen the issue https://github.com/octo/app/issues/7") {
            $0.isClosed = true
        },
        Case(
            reason: "its author “octo” may not drive orch here",
            next:
                "add the login to `workflow.allowed_authors`, or give it write access to the repository and "
                + "comment on the issue"
        ) { $0.isTrusted = false },
        Case(
            reason: "its label `no-agent` keeps it from agents",
            next: "take the label away, at https://github.com/octo/app/issues/7"
        ) { $0.labels = ["no-agent"] },
        Case(reason: "its label `blocked` keeps it back", next: "`orch task unblock 7` takes it away") {
            $0.labels = ["blocked"]
        },
        Case(reason: "a person stopped it", next: "`orch task retry 7` starts it anew") { $0.isHeld = true },
        Case(
            reason: "it waits until 2026-01-02T03:09:05Z, 5m 0s from now: claude hit a usage limit",
            next: "it tries again by itself then; `orch task run 7` does so at once"
        ) {
            $0.parkedUntil = Timestamp(seconds: 1_767_323_345)
            $0.lastError = "claude hit a usage limit"
        },
        Case(
            reason: "its pull request waits for a review: https://github.com/octo/app/pull/9",
            next: "review and merge it; `orch task retry 7` has it worked on again"
        ) {
            $0.status = .inReview
            $0.pullRequest = "https://github.com/octo/app/pull/9"
        },
        Case(
            reason: "a person has to look: agent timed out (exit 124)",
            next: "`orch task get 7` shows its runs; `orch task retry 7` starts it anew"
        ) {
            $0.status = .needsReview
            $0.lastError = "agent timed out (exit 124)"
        },
        Case(
            reason: "it is blocked, and no reason was given",
            next: "`orch task unblock 7` when that is settled"
        ) { $0.status = .blocked },
        Case(
            reason: "it shows `in_progress`, but no run of it is under way",
            next: "a tick puts it back in 20m 0s; `orch task retry 7` does it now"
        ) {
            $0.status = .inProgress
            $0.updatedAt = Timestamp(seconds: 1_767_323_045 - 600)
        },
        Case(reason: "exceeded max attempts (10)", next: "settle that, then `orch task retry 7`") {
            $0.attempts = 10
        },
        Case(
            reason: "nothing is in its way",
            next: "`orch tick` starts it; if no tick comes by itself, `orch doctor` says why"),
    ]

    @Test(arguments: cases) func `says what keeps a task and what to do`(_ example: Case) {
        var task = Self.startable()
        example.change(&task)
        let explanation = Explaining.explain(task, in: snapshot(task))
        #expect(explanation.reasons == [example.reason])
        #expect(explanation.next == example.next)
        #expect(!explanation.isRunning)
    }

    @Test func `says which run is under way, since when, and how to look on`() {
        let task = Self.startable().applying([.status(.inProgress)])
        let explanation = Explaining.explain(task, in: snapshot(task) { $0.add([run(of: task)]) })
        #expect(explanation.isRunning)
        #expect(
            explanation.reasons == ["run 17 (attempt 1) by claude runs since 2026-01-02T03:00:45Z (3m 20s)"])
        #expect(explanation.next.contains("`orch task attach 7`"))
    }

    @Test(arguments: [
        (Run.State.starting, false, "is starting, since"),
        (.publishing, false, "publishes what its agent has done; it runs since"),
        (.running, true, "has been asked to end; it runs since"),
    ]) func `says how far a run is`(_ state: Run.State, _ isStopRequested: Bool, _ words: String) {
        let task = Self.startable().applying([.status(.inProgress)])
        var run = run(of: task)
        run.state = state
        run.isStopRequested = isStopRequested
        let explanation = Explaining.explain(task, in: snapshot(task) { $0.add([run]) })
        #expect(explanation.reasons[0].contains(words))
    }

    @Test func `says that a host is gone`() {
        let task = Self.startable().applying([.status(.inProgress)])
        let run = run(of: task)
        let explanation = Explaining.explain(
            task,
            in: snapshot(task) {
                $0.add([run])
                $0.orphans = [run.id]
            })
        #expect(explanation.reasons[0].hasSuffix("but its host is gone"))
        #expect(explanation.next == "`orch tick` gives it a new one")
    }

    @Test func `says that an ended run has not been looked at`() {
        let task = Self.startable().applying([.status(.inProgress)])
        var run = run(of: task)
        run.state = .ended
        run.outcome = RunOutcome(failure: .timeOut, status: .needsReview, message: "agent timed out")
        let explanation = Explaining.explain(task, in: snapshot(task) { $0.add([run]) })
        #expect(!explanation.isRunning)
        #expect(
            explanation.reasons == [
                "run 17 by claude has ended (agent timed out), and no tick has looked at it yet"
            ])
    }

    @Test func `counts the places that others have`() {
        let task = Self.startable()
        var other = task
        other = AgentTask(
            key: TaskKey(project: task.key.project, backend: .github, id: "3"), title: "", status: .inProgress
        )
        let explanation = Explaining.explain(task, in: snapshot(task) { $0.add([run(of: other)]) })
        #expect(explanation.reasons == ["1 of the project's 1 places are taken"])
    }

    @Test func `names the limit of the task's agent`() {
        let task = Self.startable()
        let breaker = Breaker(until: now + .seconds(60), reason: "usage limit")
        let pinned = task.applying([.agent(.claude, pinned: true)])
        let explanation = Explaining.explain(pinned, in: snapshot(pinned) { $0.breakers[.claude] = breaker })
        #expect(explanation.reasons == ["claude is left alone until 2026-01-02T03:05:05Z: usage limit"])
    }

    @Test func `names every agent's limit where none is free`() {
        let task = Self.startable().applying([.status(.new), .agent(nil, pinned: false)])
        let breaker = Breaker(until: now + .seconds(60), reason: "usage limit")
        let explanation = Explaining.explain(task, in: snapshot(task) { $0.breakers[.claude] = breaker })
        #expect(
            explanation.reasons == [
                "every agent is left alone for now: claude until 2026-01-02T03:05:05Z (usage limit)"
            ])
    }

    @Test func `says that no agent is installed`() {
        let task = Self.startable().applying([.status(.new), .agent(nil, pinned: false)])
        let explanation = Explaining.explain(task, in: snapshot(task) { $0.agents = [:] })
        #expect(explanation.reasons == ["no agent is installed and enabled"])
    }

    @Test func `says that the agent that somebody chose is not installed`() {
        let chosen = Self.startable().applying([.agent(.codex, pinned: true)])
        var labelled = Self.startable().applying([.status(.new), .agent(nil, pinned: false)])
        labelled.labels = ["agent:codex"]
        for task in [chosen, labelled] {
            let explanation = Explaining.explain(task, in: snapshot(task)) { $0 == .claude }
            #expect(explanation.reasons == ["its agent codex is not installed here"])
            #expect(explanation.next.contains("`orch task route 7 AGENT`"))
        }
    }

    @Test func `looks through routing at what follows`() {
        let task = Self.startable().applying([.status(.new), .agent(nil, pinned: false)])
        let explanation = Explaining.explain(task, in: snapshot(task))
        #expect(
            explanation.reasons == [
                "claude would do it (the only agent that is free to work), and nothing is in its way"
            ])
    }

    @Test func `counts children that are not done`() {
        let task = Self.startable().applying([.status(.blocked)])
        let explanation = Explaining.explain(
            task, in: snapshot(task) { $0.children[task.key] = [.done, .new, .inProgress] })
        #expect(explanation.reasons == ["it waits for 2 of its 3 children"])
    }

    @Test func `takes an internal task in before it explains`() {
        let key = TaskKey(project: .init(rawValue: "/srv/app"), backend: .internal, id: "i1")
        let task = AgentTask(key: key, title: "Fix", status: .new)
        let explanation = Explaining.explain(task, in: snapshot(task))
        #expect(explanation.reasons[0].hasSuffix("nothing is in its way"))
    }
}
