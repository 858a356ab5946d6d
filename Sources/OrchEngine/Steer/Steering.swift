package import OrchCore

/// What a person does to one task, whichever way the wish came in: the row first, then what others see of it,
/// and a line in the audit.
package struct Steering {
    let ports: Ports
    let project: Project
    /// For the audit: `cli:USER`, a login.
    let actor: String
    /// What is said goes into the audit, and secrets must not.
    let redaction: Redaction

    package init(ports: Ports, project: Project, actor: String, redaction: Redaction) {
        self.ports = ports
        self.project = project
        self.actor = actor
        self.redaction = redaction
    }

    var store: any Store { ports.store }
    var now: Timestamp { ports.now() }
    var acting: Acting { Acting(ports: ports, projects: [project.id: project]) }

    package func task(_ key: TaskKey) throws -> AgentTask? { try store.task(key) }

    /// Everything that is known of the project without asking anybody over the network.
    package func picture() throws -> Snapshot {
        var local = ports
        local.tracker = { _, _ in nil }
        var report = TickReport()
        return try Observation(ports: local, isDryRun: true).snapshot(of: [project], report: &report)
    }

    /// - Throws: where the task has none.
    package func liveRun(of task: AgentTask) throws -> Run {
        guard let run = try openRun(of: task), run.state.isLive else {
            throw SteeringError.nothingRuns(task.key.id)
        }
        return run
    }

    /// The run that is live, or has ended without a tick having looked at it.
    func openRun(of task: AgentTask) throws -> Run? {
        try store.openRuns().first { $0.task == task.key }
    }

    /// Nothing of orch's or of v0's is at work on the task.
    func requireIdle(_ task: AgentTask) throws {
        if try openRun(of: task)?.state.isLive == true { throw EngineError.alreadyRunning(task.key.id) }
        if let holder = ports.claims.holder(of: task.key) {
            throw SteeringError.claimed(task.key.id, by: holder)
        }
    }

    /// Changes the task's row and what v0 reads of it.
    ///
    /// - Returns: the task as it is then.
    package func change(
        _ task: AgentTask, _ changes: [TaskChange], because reason: String
    ) throws -> AgentTask {
        guard try store.change(task.key, changes) else { throw EngineError.taskMissing(task.key.id) }
        try acting.mirror(changes, of: task.key)
        try audit("change", task.key, reason)
        return task.applying(changes)
    }

    func audit(_ act: String, _ task: TaskKey, run: Run.ID? = nil, _ detail: String) throws {
        try store.audit(
            AuditEntry(
                at: now, actor: actor, task: task, run: run, act: act, detail: redaction.apply(to: detail)))
    }
}
