package import OrchCore

extension Steering {
    /// Fires a job now, due or not, enabled or not.
    ///
    /// - Returns: what it came to; a command's run has no host yet.
    /// - Throws: where its last task is under way or its command runs.
    package func fire(_ job: Job) throws -> Fire.Effect {
        guard let timetable = ports.timetable else { return .pending }
        if let reason = job.refusal { throw SteeringError.jobRefused(job.id, reason: reason) }
        var snapshot = Snapshot(now: now)
        snapshot.add(try store.openRuns())
        let scheduled = try Observation(ports: ports, isDryRun: false)
            .scheduled(job, of: project, on: timetable, now: now)
        if Scheduling.isBusy(scheduled, in: snapshot) {
            throw SteeringError.jobBusy(job.id, task: scheduled.activeTask?.key.id)
        }
        // A fire that a tick left behind is finished first; it is as good as a new one.
        var due = now
        if let last = scheduled.lastFire, last.effect == .pending { due = last.due }
        let run = try acting.fire(job, due: due)
        try audit("fire", job.key, run: run?.id, job.schedule)
        return try store.fires(of: job.key, limit: Scheduling.missedLimit).first { $0.due == due }?.effect
            ?? .pending
    }
}
