import OrchCore

extension Observation {
    /// The jobs and the runs of their commands, and nothing else: no tracker is asked.
    func jobsSnapshot(of projects: [Project]) throws -> Snapshot {
        var snapshot = Snapshot(now: ports.now())
        for project in projects { snapshot.projects[project.id] = project }
        snapshot.pauses = try ports.store.pauses()
        try observeRuns(of: projects, into: &snapshot)
        try observeJobs(of: projects, into: &snapshot)
        return snapshot
    }

    /// Looks at the jobs of these projects: what each is due for, its last fire, and the task it waits for.
    func observeJobs(of projects: [Project], into snapshot: inout Snapshot) throws {
        guard let timetable = ports.timetable else { return }
        for job in timetable.jobs(of: projects) {
            let project = projects.first { $0.id == job.key.project }
            snapshot.jobs.append(try scheduled(job, of: project, on: timetable, now: snapshot.now))
        }
    }

    func scheduled(
        _ job: Job, of project: Project?, on timetable: any Timetable, now: Timestamp
    ) throws -> ScheduledJob {
        var scheduled = ScheduledJob(job)
        scheduled.lastFire = try lastFire(of: job.key, now: now)
        scheduled.activeTask = try activeTask(of: scheduled, in: project)
        if job.isEnabled {
            let limit = job.catchUp == .all ? Scheduling.missedLimit : 1
            scheduled.due = timetable.moments(
                of: job.key, after: Self.start(of: scheduled, now: now), through: now, limit: limit)
        }
        return scheduled
    }

    /// The newest that is not of a moment to come: such a one was begun by a clock that was ahead, and stands
    /// for nothing.
    private func lastFire(of job: TaskKey, now: Timestamp) throws -> Fire? {
        let newest = try ports.store.fires(of: job, limit: 1).first
        guard let newest, newest.due > now else { return newest }
        return try ports.store.fires(of: job, limit: Scheduling.missedLimit).first { $0.due <= now }
    }

    /// What lies behind it has been dealt with: the last fire's own moment, unless the file tells of a later
    /// run, by v0 or by hand.
    private static func start(of scheduled: ScheduledJob, now: Timestamp) -> Timestamp {
        let lastRun = scheduled.job.state.lastRun.flatMap { $0 <= now ? $0 : nil }
        guard let fire = scheduled.lastFire else { return lastRun ?? now - Scheduling.firstLook }
        guard let lastRun, lastRun > fire.firedAt else { return fire.due }
        return lastRun
    }

    private func activeTask(of scheduled: ScheduledJob, in project: Project?) throws -> AgentTask? {
        if let named = scheduled.job.state.activeTask {
            for backend in [TaskKey.Backend.github, .internal] {
                let key = TaskKey(project: scheduled.job.key.project, backend: backend, id: named)
                if let task = try ports.store.task(key) { return task }
            }
            if let task = strangeTask(named, in: project) { return task }
        }
        guard case .task(let key)? = scheduled.lastFire?.effect else { return nil }
        return try ports.store.task(key)
    }

    /// An issue that the store has not seen: v0 made it, and this is no tick that lists issues. One call for
    /// as long as that is so.
    private func strangeTask(_ id: String, in project: Project?) -> AgentTask? {
        guard Int(id) != nil, let project, let tracker = ports.tracker(project, .github) else { return nil }
        let key = TaskKey(project: project.id, backend: .github, id: id)
        do throws(TrackerError) {
            return try tracker.get(id).map { Merging.task($0, key: key) }
        } catch {
            // Who cannot be asked may be at work: the job waits for the next tick.
            return AgentTask(key: key, title: "", status: .inProgress)
        }
    }
}
