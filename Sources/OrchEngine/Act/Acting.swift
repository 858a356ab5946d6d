import OrchCore

/// Performs decisions, each on its own: the row first, the effect second.
struct Acting {
    let ports: Ports
    let projects: [Project.ID: Project]

    /// - Parameter task: the task as the decision saw it; nil where it is gone.
    func perform(_ decision: Decision, task: AgentTask?) throws {
        if Self.isAboutStatus(decision) { try requireUnchanged(task) }
        switch decision {
        case .collect(let run, let consequence): try collect(run, consequence)
        case .takeOver(let run, let reason): try takeOver(run, reason: reason)
        case .giveUp(let run, let outcome): try giveUp(run, outcome)
        case .stop(let run, _): try stop(run)
        case .dispatch(let key): try task.map { try dispatch($0) } ?? missing(key)
        case .route(let key, let route): try self.route(key, route, of: task)
        case .ask(let key, let router, let model): try ask(key, router: router, model: model)
        case .schedule(let job, let step): try schedule(job, step)
        case .label(let key, let status): try task.map { try label($0, status) } ?? missing(key)
        case .recover, .admit, .ignore, .unblock: try change(decision, of: task)
        case .hold(_, _, let reason): try change(decision, of: task, noting: ["reason": .text(reason)])
        }
    }

    private static func isAboutStatus(_ decision: Decision) -> Bool {
        switch decision {
        case .recover, .unblock, .route, .ask, .hold, .dispatch, .label: true
        case .collect, .takeOver, .giveUp, .stop, .admit, .ignore, .schedule: false
        }
    }

    /// A tick takes seconds where trackers are slow; what a person did to the task meanwhile is not undone.
    /// Asked before anything is done, and once more in the transaction that changes the row.
    func requireUnchanged(_ task: AgentTask?) throws {
        guard let task, let row = try ports.store.task(task.key) else { return }
        guard row.status == task.status, row.isHeld == task.isHeld, row.isClosed == task.isClosed,
            row.agentIsPinned == task.agentIsPinned || row.agent == task.agent
        else { throw EngineError.changedMeanwhile(task.key.id) }
    }

    private func missing(_ key: TaskKey) throws { throw EngineError.taskMissing(key.id) }

    private func change(
        _ decision: Decision, of task: AgentTask?, noting values: [String: SidecarValue] = [:]
    ) throws {
        try mirroring(decision.changes, of: decision.task, noting: values) {
            try ports.store.atomically {
                if Self.isAboutStatus(decision) { try requireUnchanged(task) }
                guard try ports.store.change(decision.task, decision.changes) else {
                    return try missing(decision.task)
                }
                try note(decision)
            }
        }
    }

    /// What a rule has put before a person.
    private func note(_ decision: Decision) throws {
        switch decision {
        case .hold(let key, let status, let reason), .recover(let key, let status, let reason):
            guard let task = try ports.store.task(key) else { return }
            let project = try project(of: key)
            try ports.note(ports.noticing(project).became(status, task, reason: reason))
        default: return
        }
    }

    /// Crash between the two writes: the cursor stays, and the same agent may get two tasks in a row.
    private func route(_ key: TaskKey, _ route: Route, of task: AgentTask?) throws {
        try change(.route(key, route), of: task)
        if !route.isPinned {
            try ports.store.setCursor(Observation.routeCursor(key.project), to: route.agent.rawValue)
        }
        try announceRoute(of: key, to: route.agent)
    }

    /// The breaker first: a crash after it leaves the run to be collected again, with the same result.
    private func collect(_ run: Run, _ consequence: Consequence) throws {
        let project = try project(of: run.task)
        if let breaker = consequence.breaker {
            try ports.store.atomically {
                try ports.store.setBreaker(breaker, of: run.agent)
                let notice = ports.noticing(project).resting(
                    run.agent, breaker, after: run.outcome?.failure)
                try ports.note(notice)
            }
        }
        var changes = consequence.changes
        // An issue's own time is GitHub's to say.
        if run.task.backend == .internal { changes.append(.updatedAt(ports.now())) }
        // Reported below, as a sidecar's trouble is: the run is collected all the same.
        var problem: (any Error)?
        if run.kind == .job { do { try noteEnd(of: run) } catch { problem = error } }
        try mirroring(changes, of: run.task) {
            try ports.store.atomically {
                // False: another tick has collected it, to the same result.
                guard try ports.store.collectRun(run.id, changing: changes) else { return }
                try note(run, consequence, in: project)
            }
        }
        if run.kind == .route, let agent = changes.agent {
            try announceRoute(of: run.task, to: agent)
        }
        if let problem { throw problem }
    }

    private func note(_ run: Run, _ consequence: Consequence, in project: Project) throws {
        let noticing = ports.noticing(project)
        if run.kind == .job {
            return try ports.note(run.outcome?.failure == nil ? nil : noticing.failed(run))
        }
        guard let task = try ports.store.task(run.task) else { return }
        try ports.note(noticing.ended(run, of: task, consequence))
    }

    /// The count first, so that a host that kills its starter too cannot loop for ever.
    private func takeOver(_ run: Run, reason: String) throws {
        _ = try ports.store.countTakeover(run.id)
        try startHost(of: run)
    }

    /// The agents first: a new attempt must not find an old one at work in its worktree.
    private func giveUp(_ run: Run, _ outcome: RunOutcome) throws {
        ports.hosts.endAgents(of: run)
        _ = try ports.store.endRun(run.id, outcome: outcome, now: ports.now())
        if let host = run.host { try ports.claims.release(run.task, owner: host.pid) }
    }

    /// Its host ends the agent, or where that is gone the next one does.
    private func stop(_ run: Run) throws {
        _ = try ports.store.requestStop(of: run.id, by: "tick")
        if let host = run.host { ports.hosts.poke(host) }
    }

    /// The effect first: a label that was written and not recorded is written once more, which changes
    /// nothing. An issue that is not there any more has its row closed; a refusal that time does not mend
    /// lets all labels of the project rest for a while.
    private func label(_ task: AgentTask, _ status: TaskStatus) throws {
        let project = try project(of: task.key)
        guard let tracker = ports.tracker(project, task.key.backend) else {
            throw EngineError.noTracker(task.key.id)
        }
        do {
            try tracker.apply(.showing(status: status, known: task), to: task.key.id)
        } catch {
            if error.isAbsence, try tracker.get(task.key.id) == nil {
                try ports.store.change(task.key, [.closed(true)])
                throw EngineError.gone(task.key.id)
            }
            if error.isRefusal {
                let until = ports.now() + Observation.labelRest
                try ports.store.setCursor(Observation.labelCursor(project.id), to: until.iso8601)
            }
            throw error
        }
        try ports.store.change(task.key, [.labelledStatus(status)])
    }

    func project(of key: TaskKey) throws -> Project {
        guard let project = projects[key.project] else { throw EngineError.projectMissing(key.project) }
        return project
    }

    /// The sidecar first, because it takes the same values twice: a crash between the two repeats the
    /// decision, and leaves no sidecar behind its row.
    ///
    /// - Throws: `SidecarLag` where only the sidecar could not be written: that keeps no row from changing.
    private func mirroring(
        _ changes: [TaskChange], of key: TaskKey, noting values: [String: SidecarValue] = [:],
        _ change: () throws -> Void
    ) throws {
        var problem: (any Error)?
        do { try mirror(changes, of: key, noting: values) } catch { problem = error }
        try change()
        if let problem { throw SidecarLag(cause: problem) }
    }

    /// Writes what v0 reads of a task into its sidecar.
    func mirror(
        _ changes: [TaskChange], of key: TaskKey, noting more: [String: SidecarValue] = [:]
    ) throws {
        let values = SidecarImage.values(of: changes).merging(more) { _, given in given }
        if !values.isEmpty { try ports.sidecars(try project(of: key)).merge(values, into: key) }
    }
}

/// The decision was performed, but v0 does not see it.
package struct SidecarLag: Explained {
    package let cause: any Error

    package var problem: String { "the sidecar lags behind: \(ErrorText.problem(of: cause))" }
    package var fix: String { (cause as? any Explained)?.fix ?? "" }
}
