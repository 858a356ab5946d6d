import OrchCore

extension Acting {
    func schedule(_ job: Job, _ step: JobStep) throws {
        switch step {
        case .fire(let due):
            guard let run = try fire(job, due: due) else { return }
            // Where it cannot be started now, `rescue` does it: the fire has its run.
            try startHost(of: run)
        case .note(let changes): try change(job.key, changes)
        case .refuse:
            try change(job.key, [.enabled(false), .lastRun(ports.now()), .lastStatus(Self.failed)])
        }
    }

    /// v0's word for a command that did not do well.
    private static let failed = "failed"

    /// 1. Write the fire down. 2. Find or make its task, or the run of its command. 3. Note what it came to.
    /// 4. Tell the job's file.
    ///
    /// A crash after 1 or within 2 leaves a fire without effect, which the next tick finishes; one after 3
    /// leaves a file that lags behind, and the next tick notes it.
    ///
    /// - Returns: the run, which has no host yet; nil where there is none, or another tick was faster.
    func fire(_ job: Job, due: Timestamp) throws -> Run? {
        let fire = try ports.store.recordFire(of: job.key, due: due, now: ports.now())
        guard fire.effect == .pending, let project = projects[job.key.project] else { return nil }
        var changes: [JobChange] = [.lastRun(fire.firedAt)]
        var run: Run?
        switch job.work {
        case .task(let draft, let agent):
            let task = try makeTask(draft, agent: agent, of: job, due: due, in: project)
            try ports.store.complete(fire, of: job.key, effect: .task(task))
            changes.append(.activeTask(task.id))
            ports.hook(project, "on_job_fired", ["ORCH_JOB_ID": job.id, "ORCH_TASK_ID": task.id])
        case .bash: run = try beginRun(of: job, fire: fire, in: project)
        }
        try change(job.key, changes)
        return run
    }

    private func change(_ job: TaskKey, _ changes: [JobChange]) throws {
        try ports.timetable?.change(job, changes)
    }

    // MARK: - Tasks

    /// A task like any other, on the project's tracker where it has one.
    private func makeTask(
        _ draft: TaskDraft, agent: AgentName?, of job: Job, due: Timestamp, in project: Project
    ) throws -> TaskKey {
        var draft = draft
        draft.labels += [Labels.scheduled, Labels.jobPrefix + job.id]
        if let agent {
            draft.labels = Labels.replacing(Labels.agentPrefix, with: agent.rawValue, in: draft.labels)
        }
        draft.key = "\(Labels.jobPrefix)\(job.id):\(due.iso8601)"
        guard project.settings.backend == .github, let tracker = ports.tracker(project, .github) else {
            return try ports.store.createInternalTask(draft, in: project.id, now: ports.now())
        }
        draft.labels.append(TaskStatus.new.label)
        return try record(try tracker.create(draft), of: tracker.backend, in: project)
    }

    /// The user's own jobs may drive, whoever orch is on the tracker; a tick that has seen the issue already
    /// knows more of it.
    private func record(
        _ issue: TrackedTask, of backend: TaskKey.Backend, in project: Project
    ) throws -> TaskKey {
        let key = TaskKey(project: project.id, backend: backend, id: issue.id)
        if try ports.store.change(key, [.trusted(true)]) { return key }
        let task = Merging.task(issue, key: key).applying([.trusted(true)])
        try ports.store.save([(task, issue.body)], cursor: nil)
        return key
    }

    // MARK: - Commands

    /// The run and the fire's effect are one transaction, so that no moment gets two runs.
    private func beginRun(of job: Job, fire: Fire, in project: Project) throws -> Run {
        let draft = RunDraft(
            task: job.key, kind: .job, agent: .bash, root: ports.attemptsRoot(project), now: ports.now())
        return try ports.store.atomically {
            guard let run = try ports.store.beginRun(draft, changing: []) else {
                throw EngineError.alreadyRunning(job.id)
            }
            try ports.store.complete(fire, of: job.key, effect: .run(run.id))
            return run
        }
    }

    /// How a command ended, for the job's file; of a job that was removed meanwhile there is none to tell.
    func noteEnd(of run: Run) throws {
        let status = run.outcome?.failure == nil ? TaskStatus.done.rawValue : Self.failed
        try change(run.task, [.lastStatus(status)])
    }
}
