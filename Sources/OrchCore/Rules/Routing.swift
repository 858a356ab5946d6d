/// Which agent does a task, with which model.
///
/// A person's word (`agent:` label, `orch task route`) and a fail-over's choice stand, while that agent can
/// work: at its limit another does the task, just as where a run meets the limit. Otherwise the agents that
/// are installed, enabled and not at a limit take turns, or an agent is asked who is best for it
/// (`router.mode`). The model comes from `model:`, else from `model_map` by complexity.
package enum Routing {
    package static func decide(_ snapshot: Snapshot) -> [Decision] {
        var snapshot = snapshot
        return snapshot.tasks.compactMap { task in
            guard needsRoute(task, in: snapshot), let project = snapshot.projects[task.key.project],
                let decision = decision(task, project: project, in: snapshot)
            else { return nil }
            // Whose turn it is next.
            snapshot.apply(decision)
            return decision
        }
    }

    private static func decision(
        _ task: AgentTask, project: Project, in snapshot: Snapshot
    ) -> Decision? {
        let isAskedFor = task.status == .new && insistedOn(task) == nil && project.settings.router.asks
        guard isAskedFor else {
            return route(task, project: project, in: snapshot).map { .route(task.key, $0) }
        }
        if let agent = task.agent, isUsable(agent, project: project.id, in: snapshot) {
            // It was asked for once; the agent that came of it goes on.
            var profile = task.profile ?? TaskProfile()
            profile.reason = "its agent until now"
            let model = model(for: task, agent: agent, settings: project.settings)
            return .route(task.key, Route(agent: agent, model: model, isPinned: false, profile: profile))
        }
        let usable = usable(project.id, in: snapshot)
        guard let router = project.settings.router.agent ?? usable.first else { return nil }
        guard usable.contains(router) else {
            if usable.isEmpty { return nil }
            return .route(task.key, withoutRouter(task, because: "\(router) cannot be asked", in: snapshot))
        }
        // A router takes a place, too.
        guard snapshot.liveRuns(of: project.id) < project.settings.workflow.parallel else { return nil }
        return .ask(task.key, router: router, model: project.settings.router.model)
    }

    private static func needsRoute(_ task: AgentTask, in snapshot: Snapshot) -> Bool {
        guard Waiting.reason(task, in: snapshot) == nil else { return false }
        switch task.status {
        case .new: return true
        case .routed:
            // The chosen agent went away: unless somebody insisted on it, another may do the task.
            guard let agent = task.agent else { return true }
            let isThere = snapshot.agents[task.key.project]?.contains(agent) == true
            if isThere, !snapshot.isTripped(for: task) { return false }
            return !task.agentIsPinned || standIn(for: agent, task, in: snapshot) != nil
        default: return false
        }
    }

    private static func route(_ task: AgentTask, project: Project, in snapshot: Snapshot) -> Route? {
        if let agent = insistedOn(task) {
            if let other = standIn(for: agent, task, in: snapshot) {
                let model = project.settings.models[task.assumedComplexity.rawValue]?[other]
                return Route(agent: other, model: model, isPinned: true, reason: "\(agent) is at its limit")
            }
            return Route(
                agent: agent, model: model(for: task, agent: agent, settings: project.settings),
                isPinned: true,
                reason: "chosen by label or by hand")
        }
        let usable = usable(project.id, in: snapshot)
        guard let agent = inTurn(usable, project: project, in: snapshot) else { return nil }
        var profile = furnished(TaskProfile(), by: project.settings.router)
        profile.reason = usable.count == 1 ? "the only agent that is free to work" : "round robin"
        return Route(
            agent: agent, model: model(for: task, agent: agent, settings: project.settings), isPinned: false,
            profile: profile)
    }

    /// Whose turn it is; nil where nobody is there.
    private static func inTurn(_ usable: [AgentName], project: Project, in snapshot: Snapshot) -> AgentName? {
        let last = snapshot.lastRouted[project.id]
        guard project.settings.router.mode == .weighted else { return next(after: last, among: usable) }
        return TurnWeight.next(after: last, among: usable, records: snapshot.records)
    }

    static func usable(_ project: Project.ID, in snapshot: Snapshot) -> [AgentName] {
        (snapshot.agents[project] ?? []).filter { !snapshot.isTripped($0) }
    }

    /// Whom a person or fail-over chose. A label counts while nobody was chosen: later it may be orch's own.
    static func insistedOn(_ task: AgentTask) -> AgentName? {
        if task.agentIsPinned { return task.agent }
        guard task.agent == nil else { return nil }
        return Labels.value(of: Labels.agentPrefix, in: task.labels).flatMap(AgentName.init)
    }

    /// Who does the task while the agent that it was meant for is at its limit; nil where it is not, or
    /// nobody is free.
    private static func standIn(for agent: AgentName, _ task: AgentTask, in snapshot: Snapshot) -> AgentName?
    {
        guard snapshot.isTripped(agent) else { return nil }
        return FailingOver.nextAgent(
            chain: task.failoverChain + [agent], project: task.key.project, in: snapshot)
    }

    /// The one behind `last`; the first where `last` is unknown or the end.
    static func next(after last: AgentName?, among agents: [AgentName]) -> AgentName? {
        guard let last, let position = agents.firstIndex(of: last), position + 1 < agents.count else {
            return agents.first
        }
        return agents[position + 1]
    }

    /// `model:` label, a model set by hand or by fail-over, then the map; nil: the agent's own default.
    package static func model(for task: AgentTask, agent: AgentName, settings: Settings) -> String? {
        if insistedOn(task) != nil {
            if let labelled = Labels.value(of: Labels.modelPrefix, in: task.labels) { return labelled }
            if let model = task.model { return model }
        }
        return settings.models[task.assumedComplexity.rawValue]?[agent]
    }

    static func isUsable(_ agent: AgentName, project: Project.ID, in snapshot: Snapshot) -> Bool {
        snapshot.agents[project]?.contains(agent) == true && !snapshot.isTripped(agent)
    }
}
