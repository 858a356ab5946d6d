package import OrchCore

/// What became of a wish.
package struct Steered {
    /// The row says something else than before.
    package var isChanged = true
    /// Why the tracker does not show it yet; the next tick writes the label. nil where it does.
    package var labelProblem: TrackerError?
}

extension Steering {
    /// Puts a task back to its start, whatever kept it.
    ///
    /// 1. Nothing may be at work on it. 2. The row, in one write; what an ended run left to decide is decided
    /// by this, but for its agent's breaker, which is no fact of the task. 3. The label.
    package func retry(_ task: AgentTask, keepingAgent: Bool) throws -> Steered {
        try requireIdle(task)
        if task.isClosed, task.key.backend == .github {
            throw SteeringError.closed(task.key.id, url: task.url)
        }
        return try reset(task, keepingAgent: keepingAgent, act: "retry")
    }

    /// As `retry`, for a task that is blocked by its status or by a label.
    package func unblock(_ task: AgentTask) throws -> Steered {
        guard task.status == .blocked || task.labels.contains(Labels.blocked) else {
            throw SteeringError.notBlocked(task.key.id, task.status)
        }
        try requireIdle(task)
        return try reset(task, keepingAgent: false, act: "unblock")
    }

    private func reset(_ known: AgentTask, keepingAgent: Bool, act: String) throws -> Steered {
        let task = try reread(known)
        let obsolete = Retrying.obsoleteLabels(of: task, keepingAgent: keepingAgent)
        let labels = task.labels.filter { !obsolete.contains($0) }
        let changes = Retrying.changes(task, keepingAgent: keepingAgent) + [.labels(labels)]
        let pending = try openRun(of: task)
        guard pending != nil || task.applying(changes) != known else { return Steered(isChanged: false) }
        let dated = changes + (task.key.backend == .internal ? [.updatedAt(now)] : [])
        if let pending { try settle(pending, of: task) }
        // Another tick may have drawn the run's consequences in this very moment; the person's wish is the
        // later one.
        if try pending.map({ try store.collectRun($0.id, changing: dated) }) != true {
            guard try store.change(task.key, dated) else { throw EngineError.taskMissing(task.key.id) }
        }
        try audit(act, task.key, "from \(task.status.rawValue)" + (keepingAgent ? ", same agent" : ""))
        try acting.mirror(changes, of: task.key)
        return Steered(labelProblem: try show(.new, of: task, without: obsolete))
    }

    /// The task with title and text as they stand on the tracker now: who wants it done anew means those.
    /// Whether its author may drive orch is asked anew with them. The text of a child is orch's own and
    /// stays.
    ///
    /// Where the tracker cannot be asked, what was trusted counts on.
    /// - Throws: `.gone` where the issue is not there any more; its row is closed then.
    private func reread(_ task: AgentTask) throws -> AgentTask {
        guard task.key.backend != .internal, task.parent == nil,
            let tracker = ports.tracker(project, task.key.backend)
        else { return task }
        let tracked: TrackedTask?
        let writers: Set<String>
        do throws(TrackerError) {
            tracked = try tracker.get(task.key.id)
            writers = try tracker.mayWrite(task.author) ? [task.author] : []
        } catch {
            return task
        }
        guard let tracked else {
            try store.change(task.key, [.closed(true)])
            throw EngineError.gone(task.key.id)
        }
        return try store.atomically {
            guard var fresh = try store.task(task.key) else { throw EngineError.taskMissing(task.key.id) }
            fresh.title = tracked.title
            fresh.isTrusted = nil
            try store.save([(fresh, tracked.body)], cursor: nil)
            let isTrusted = Intaking.isTrusted(fresh, project: project, writers: writers)
            try store.change(task.key, [.trusted(isTrusted)])
            return fresh.applying([.trusted(isTrusted)])
        }
    }

    private func settle(_ run: Run, of task: AgentTask) throws {
        guard let outcome = run.outcome else { return }
        let consequence = Collecting.consequence(of: outcome, run: run, task: task, in: try picture())
        if let breaker = consequence.breaker { try store.setBreaker(breaker, of: run.agent) }
    }

    /// The effect first, as a tick does it: labels that were changed and not recorded are changed once more.
    ///
    /// - Returns: why the tracker does not show it; nil where it does.
    func show(_ status: TaskStatus, of task: AgentTask, without obsolete: [String]) throws -> TrackerError? {
        guard let tracker = ports.tracker(project, task.key.backend) else { return nil }
        var change = LabelChange.showing(status: status, known: task)
        change.removed += obsolete
        do throws(TrackerError) {
            try tracker.apply(change, to: task.key.id)
        } catch {
            return error
        }
        try store.change(task.key, [.labelledStatus(status)])
        return nil
    }
}
