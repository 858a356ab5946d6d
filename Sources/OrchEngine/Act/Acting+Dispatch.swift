import OrchCore

extension Acting {
    /// 1. Record the run and what it does to its task. Whoever is second finds a live run and does nothing.
    /// 2. Start its host.
    ///
    /// A crash between the two leaves a run that no host has reported for; `rescue` starts one.
    func dispatch(_ task: AgentTask) throws {
        let run = try begin(task)
        do {
            try startHost(of: run)
        } catch {
            // Nothing of it ever ran: it ends at once, and its task waits with the reason.
            let outcome = RunOutcome(
                failure: .notStarted, status: .needsReview, message: ErrorText.problem(of: error))
            _ = try ports.store.endRun(run.id, outcome: outcome, now: ports.now())
            throw error
        }
    }

    /// Records the next run of a routed task, and what it does to the task.
    ///
    /// - Throws: `.notRouted` where it has no agent.
    func begin(_ task: AgentTask) throws -> Run {
        let project = try project(of: task.key)
        guard let agent = task.agent else { throw EngineError.notRouted(task.key.id) }
        var draft = RunDraft(
            task: task.key, kind: .work, agent: agent, root: ports.attemptsRoot(project), now: ports.now())
        draft.attempt = task.attempts + 1
        draft.model = task.model
        var changes: [TaskChange] = [.status(.inProgress), .attempts(draft.attempt)]
        // An issue's time is the tracker's own: by it a person's label is told from a picture that is out of
        // date.
        if task.key.backend == .internal { changes.append(.updatedAt(draft.now)) }
        return try ports.store.atomically {
            try requireUnchanged(task)
            guard let run = try ports.store.beginRun(draft, changing: changes) else {
                throw EngineError.alreadyRunning(task.key.id)
            }
            try ports.note(ports.noticing(project).started(run, of: task))
            return run
        }
    }

    func startHost(of run: Run) throws {
        let project = try project(of: run.task)
        let session = try ports.hosts.start(run, of: project)
        try ports.store.note(run.id, session: session, branch: nil, worktree: nil, model: nil)
    }
}
