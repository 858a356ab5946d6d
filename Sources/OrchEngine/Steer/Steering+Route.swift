package import OrchCore

extension Steering {
    /// Gives the task to an agent of a person's choice; routing, fail-over's pins and a moment to wait for
    /// (an agent's limit, mostly) give way to it.
    ///
    /// A task that does not wait for an agent (it is blocked, say) remembers the choice for when it does.
    /// - Parameter model: nil: the one that the configuration names for the agent.
    package func pin(_ task: AgentTask, to agent: AgentName, model: String?) throws -> Route {
        try requireIdle(task)
        var chosen = task.applying([.agent(agent, pinned: true), .model(model)])
        chosen.model = Routing.model(for: chosen, agent: agent, settings: project.settings)
        let route = Route(
            agent: agent, model: model ?? chosen.model, isPinned: true, reason: "chosen by hand")
        if task.status.isRunnable {
            try acting.perform(.route(task.key, route), task: task)
            try store.change(task.key, [.parkedUntil(nil)])
        } else {
            let changes: [TaskChange] = [.agent(agent, pinned: true), .model(route.model)]
            guard try store.change(task.key, changes) else { throw EngineError.taskMissing(task.key.id) }
            try acting.mirror(changes, of: task.key)
        }
        try audit("route", task.key, "to \(agent)" + (route.model.map { " (\($0))" } ?? ""))
        return route
    }

    /// Lets the router choose, as a tick would; an earlier choice by hand is forgotten.
    ///
    /// - Throws: `.notRunnable` where the task does not wait for an agent, or none is free.
    package func route(_ task: AgentTask) throws -> Routed {
        try requireIdle(task)
        try requireRunnable(try admitted(task))
        let obsolete = Retrying.choiceLabels(of: task)
        try store.change(
            task.key,
            [
                .status(.new), .agent(nil, pinned: false), .model(nil), .parkedUntil(nil),
                .labels(task.labels.filter { !obsolete.contains($0) }),
            ])
        // Where they cannot be removed now, the next look at the tracker takes them for a choice again.
        if !obsolete.isEmpty { _ = try show(task.status, of: task, without: obsolete) }
        let routed = try routeNow(task.key)
        if case .chosen(let route) = routed {
            try audit("route", task.key, "to \(route.agent): \(route.reason)")
        }
        return routed
    }

    /// Writes the task's status, and where it is given its agent, to its labels; nothing where they show it.
    ///
    /// Where they cannot be written now, the next tick does it.
    package func show(_ task: AgentTask, agent: AgentName?) throws {
        guard let tracker = ports.tracker(project, task.key.backend) else { return }
        guard agent != nil || task.labelledStatus != task.status else { return }
        let change = LabelChange.showing(status: task.status, agent: agent, known: task)
        do throws(TrackerError) { try tracker.apply(change, to: task.key.id) } catch { return }
        try store.change(task.key, [.labelledStatus(task.status)])
    }

    /// - Throws: what `orch task why` would say. A moment to wait for is no hindrance: a person is here now.
    func requireRunnable(_ task: AgentTask) throws {
        let picture = try unpausedPicture()
        switch Waiting.reason(task, in: picture) {
        case nil, .parked: return
        default: throw SteeringError.notRunnable(task.key.id, Explaining.explain(task, in: picture))
        }
    }

    /// A pause is about what starts by itself; who asks for one task means that one.
    func unpausedPicture() throws -> Snapshot {
        var picture = try picture()
        picture.pauses = []
        return picture
    }

    /// The task after what intake would decide of it without asking anybody.
    func admitted(_ task: AgentTask) throws -> AgentTask {
        guard task.isTrusted == nil,
            case .admit(task.key)? = Intaking.decide(try picture()).first(where: { $0.task == task.key })
        else { return task }
        try acting.perform(.admit(task.key), task: task)
        return task.applying([.trusted(true)])
    }

    /// Whom the task goes to now; or the run that is to find out, whose host is the caller.
    package func routeNow(_ key: TaskKey) throws -> Routed {
        let picture = try unpausedPicture()
        guard let task = picture.task(key) else { throw EngineError.taskMissing(key.id) }
        let decision = Routing.decide(picture).first { $0.task == key }
        switch decision {
        case .route(_, let route)?:
            try acting.perform(.route(key, route), task: task)
            return .chosen(route)
        case .ask(_, let router, let model)?:
            return .asked(try acting.beginAsking(key, router: router, model: model))
        default: throw SteeringError.notRunnable(key.id, Explaining.explain(task, in: picture))
        }
    }
}

/// What came of routing a task at once.
package enum Routed {
    case chosen(Route)
    /// An agent has to be asked first: a run without a host.
    case asked(Run)
}
