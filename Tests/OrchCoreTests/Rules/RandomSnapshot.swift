import KitTesting
import OrchCore

/// Pictures of two projects in which anything may be the case that the store allows.
enum RandomSnapshot {
    static let web = Project.ID(rawValue: "/srv/web")
    private static let agents: [AgentName] = [.claude, .codex, .opencode]
    private static let authors = ["octo", "alice", "eve", "robot[bot]", ""]

    static func make(_ generator: inout SeededGenerator) -> Snapshot {
        var snapshot = Snapshot(now: noon)
        for id in [app, web] {
            var settings = Settings()
            settings.github.repository = RepositorySlug("octo/app")
            settings.workflow.parallel = Int.random(in: 0...4, using: &generator)
            settings.workflow.maxAttempts = 3
            if generator.chance(30) { settings.workflow.allowedAuthors = ["alice"] }
            if generator.chance(30) { settings.freeModels = ["free/a"] }
            snapshot.projects[id] = Project(id: id, name: "p", settings: settings)
            snapshot.agents[id] = agents.filter { _ in generator.chance(80) }
            if generator.chance(10) { snapshot.unreachable.insert(id) }
            if generator.chance(10) { snapshot.missingTools[id] = ["bun"] }
        }
        for agent in agents where generator.chance(20) {
            snapshot.breakers[agent] = breaker(minutes: Int.random(in: -5...5, using: &generator))
        }
        let tasks = (1...Int.random(in: 1...12, using: &generator)).map { task($0, &generator) }
        snapshot.add(tasks)
        for (index, task) in tasks.enumerated() where generator.chance(35) {
            add(run(index + 1, of: task, &generator), to: &snapshot, &generator)
        }
        for task in tasks where generator.chance(10) { snapshot.foreignClaims.insert(task.key) }
        for task in tasks where task.status == .blocked && generator.chance(60) {
            snapshot.children[task.key] = generator.chance(50) ? [.done] : [.done, .new]
        }
        return snapshot
    }

    private static func task(_ number: Int, _ generator: inout SeededGenerator) -> AgentTask {
        let backend: TaskKey.Backend = generator.chance(80) ? .github : .internal
        let key = TaskKey(project: generator.chance(70) ? app : web, backend: backend, id: "\(number)")
        var task = AgentTask(
            key: key, title: "t", status: TaskStatus.allCases.randomElement(using: &generator) ?? .new)
        task.author = backend == .internal ? "" : authors.randomElement(using: &generator) ?? ""
        task.isTrusted = [nil, true, true, true, false].randomElement(using: &generator) ?? nil
        task.labelledStatus =
            generator.chance(70) ? task.status : TaskStatus.allCases.randomElement(using: &generator)
        task.agent = generator.chance(60) ? agents.randomElement(using: &generator) : nil
        task.agentIsPinned = task.agent != nil && generator.chance(30)
        task.attempts = Int.random(in: 0...3, using: &generator)
        task.isHeld = generator.chance(10)
        task.isClosed = generator.chance(5)
        if generator.chance(20) {
            task.parkedUntil = noon + .seconds(Int.random(in: -60...60, using: &generator))
        }
        if generator.chance(10) {
            task.labels = [["no-agent"], ["blocked"], ["agent:codex"]].randomElement(using: &generator) ?? []
        }
        if generator.chance(20) { task.lastError = "e" }
        task.sameErrorCount = task.lastError == nil ? 0 : Int.random(in: 0...2, using: &generator)
        task.updatedAt = noon - .seconds(Int.random(in: 0...4_000, using: &generator))
        if generator.chance(20) { task.failoverChain = agents.filter { _ in generator.chance(40) } }
        return task
    }

    private static func run(_ number: Int, of task: AgentTask, _ generator: inout SeededGenerator) -> Run {
        var draft = RunDraft(
            task: task.key, kind: .work, agent: agents.randomElement(using: &generator) ?? .claude,
            root: "/a",
            now: noon - .seconds(Int.random(in: 0...20, using: &generator)))
        draft.attempt = max(1, task.attempts)
        var run = Run(id: Run.ID(rawValue: number), draft: draft, directory: "/a/\(number)")
        run.state =
            [.starting, .running, .publishing, .ended, .ended].randomElement(using: &generator) ?? .ended
        run.takeovers = Int.random(in: 0...5, using: &generator)
        if run.state != .starting || generator.chance(30) {
            run.host = Owner(bootID: "b", pid: Int32(number), startTime: 1)
        }
        if run.state == .ended { run.outcome = outcome(&generator) }
        return run
    }

    private static func outcome(_ generator: inout SeededGenerator) -> RunOutcome {
        let failures: [AgentFailure?] = [
            nil, nil, nil, .usageLimit(resetsAt: nil), .usageLimit(resetsAt: noon - .seconds(9)),
            .authentication,
            .programMissing("x"), .lost, .contextOverflow, .stopped, .timeOut, .invalidAnswer,
        ]
        let status: [TaskStatus] = [.done, .inReview, .inProgress, .blocked, .needsReview]
        return RunOutcome(
            failure: failures.randomElement(using: &generator) ?? nil,
            status: status.randomElement(using: &generator) ?? .done, message: generator.chance(50) ? "e" : ""
        )
    }

    private static func add(_ run: Run, to snapshot: inout Snapshot, _ generator: inout SeededGenerator) {
        snapshot.add([run])
        if run.state.isLive, run.host != nil, generator.chance(30) { snapshot.orphans.insert(run.id) }
    }
}
