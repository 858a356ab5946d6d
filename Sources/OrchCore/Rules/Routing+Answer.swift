/// What follows from a router that was asked: a run of kind `route`.
extension Routing {
    /// How often a router whose answer cannot be read is asked about one task.
    package static let askLimit = 2

    static func consequence(
        of outcome: RunOutcome, run: Run, task: AgentTask, in snapshot: Snapshot
    ) -> Consequence {
        guard let failure = outcome.failure else { return chosen(outcome, task: task, in: snapshot) }
        switch failure {
        case .stopped:
            return Consequence(
                changes: [.status(.needsReview), .held(true), .lastError(outcome.message)],
                note: outcome.message)
        case .notStarted:
            return Consequence(
                changes: [.parkedUntil(snapshot.now + RetryDelay.base)], note: outcome.message)
        case .invalidAnswer where run.attempt < askLimit, .lost where run.attempt < askLimit:
            return Consequence(changes: [], note: "\(outcome.message); the router is asked once more")
        default:
            let breaker = Collecting.breaker(for: outcome, now: snapshot.now)
            var later = snapshot
            later.breakers[run.agent] = breaker ?? snapshot.breakers[run.agent]
            let route = withoutRouter(task, because: outcome.message, in: later)
            return consequence(of: route, of: task, breaker: breaker)
        }
    }

    private static func chosen(
        _ outcome: RunOutcome, task: AgentTask, in snapshot: Snapshot
    ) -> Consequence {
        guard var choice = RouteReading.choice(in: outcome.summary),
            let settings = snapshot.projects[task.key.project]?.settings
        else { return consequence(of: withoutRouter(task, because: "no answer", in: snapshot), of: task) }
        if !isUsable(choice.executor, project: task.key.project, in: snapshot),
            let other = usable(task.key.project, in: snapshot).first
        {
            choice.profile.reason +=
                (choice.profile.reason.isEmpty ? "" : " ")
                + "(router picked \(choice.executor) but it is not there; using \(other))"
            choice.executor = other
        }
        choice.profile = furnished(choice.profile, by: settings.router)
        choice.profile.warning = RouteDoubt.warning(about: choice, labels: task.labels)
        // A label is a person's word.
        let complexity = Labels.complexity(in: task.labels) ?? choice.complexity
        let model = settings.models[complexity.rawValue]?[choice.executor]
        let route = Route(agent: choice.executor, model: model, isPinned: false, profile: choice.profile)
        return consequence(of: route, of: task, complexity: complexity)
    }

    private static func consequence(
        of route: Route, of task: AgentTask, complexity: Complexity? = nil, breaker: Breaker? = nil
    ) -> Consequence {
        let level = TaskChange.complexity(complexity ?? task.assumedComplexity)
        let warning = route.profile.warning.isEmpty ? "" : " (warning: \(route.profile.warning))"
        return Consequence(
            changes: route.changes + [level], breaker: breaker,
            note: "goes to \(route.agent): \(route.reason)\(warning)")
    }

    /// `router.fallback_executor`, else whose turn it is.
    static func withoutRouter(_ task: AgentTask, because problem: String, in snapshot: Snapshot) -> Route {
        let usable = usable(task.key.project, in: snapshot)
        let settings = snapshot.projects[task.key.project]?.settings ?? Settings()
        let wanted = settings.router.fallbackExecutor.flatMap { usable.contains($0) ? $0 : nil }
        let agent =
            wanted ?? next(after: snapshot.lastRouted[task.key.project], among: usable)
            ?? settings.router.fallbackExecutor ?? .claude
        var profile = furnished(TaskProfile(), by: settings.router)
        profile.reason = "router failed (\(problem)); fallback to \(agent)"
        return Route(
            agent: agent, model: model(for: task, agent: agent, settings: settings), isPinned: false,
            profile: profile)
    }

    /// With the tools and skills that the configuration gives every task.
    static func furnished(_ profile: TaskProfile, by router: Settings.Router) -> TaskProfile {
        var profile = profile
        if !router.allowedTools.isEmpty { profile.tools = router.allowedTools }
        profile.selectedSkills += router.defaultSkills.filter { !profile.selectedSkills.contains($0) }
        return profile
    }
}
