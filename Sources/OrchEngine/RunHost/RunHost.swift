package import OrchCore

/// Owns one run from its start to its published result, as a saga: each act is a row before it is done,
/// and each finds or creates by a key of its own, so that a host killed at any instant is taken over by
/// the next one and nothing is lost or done twice.
///
///     claim → worktree → prompt → agent → answer
///         → commit → push → pull request → children → comment → status → notify
package final class RunHost: AgentHost {
    let ports: HostPorts
    let run: Run
    let project: Project
    let task: AgentTask

    /// - Throws: `EngineError` where the run is over or its task is gone.
    package init(_ id: Run.ID, projects: [Project], ports: HostPorts) throws {
        self.ports = ports
        guard let run = try ports.common.store.run(id) else { throw EngineError.runOver(id.rawValue) }
        project = try run.project(among: projects)
        guard let task = try ports.common.store.task(run.task) else {
            throw EngineError.taskMissing(run.task.id)
        }
        self.run = run
        self.task = task
    }

    /// Runs the saga to its end.
    ///
    /// - Returns: nil where this host had to leave the run to another one: it is still
    ///   live, or somebody else's.
    package func runToEnd() throws -> RunOutcome? {
        guard try becomeHost() else { return nil }
        defer { releaseClaim() }
        do {
            let outcome = try saga()
            guard try store.endRun(run.id, outcome: outcome, now: now) else { return nil }
            audit("end", outcome.failure?.word ?? outcome.status.rawValue)
            return outcome
        } catch is Dismissed {
            return nil
        } catch StoreError.fenced {
            return nil
        }
    }

    /// 1. Take the run from a host that is gone, or as the first one. 2. Make v0's
    ///    lock, so that v0 keeps off.
    private func becomeHost() throws -> Bool {
        guard try takeRun() else { return false }
        let me = ports.common.hosts.current
        if let other = run.host { try ports.common.claims.release(run.task, owner: other.pid) }
        guard try ports.common.claims.take(run.task, owner: me.pid) else {
            // What a host before this one started must not work beside v0's agent.
            ports.common.hosts.endAgents(of: run)
            let outcome = RunOutcome(
                failure: .notStarted, status: .needsReview, message: "v0 runs this task already")
            _ = try store.endRun(run.id, outcome: outcome, now: now)
            return false
        }
        return true
    }

    private func releaseClaim() {
        // A lock that stays is recognised as stale by the pid in it.
        try? ports.common.claims.release(run.task, owner: ports.common.hosts.current.pid)
    }

    private func saga() throws -> RunOutcome {
        guard let adapter = ports.adapter(run.agent) else {
            return RunOutcome(
                failure: .programMissing(run.agent.rawValue), status: .needsReview,
                message: "there is no agent “\(run.agent)”")
        }
        do {
            guard try claim() else {
                return RunOutcome(failure: .stopped, status: .needsReview, message: "the issue is gone")
            }
            let worktree = try prepareWorktree()
            let request = try preparePrompt(in: worktree)
            let report = try workAgent(request, adapter: adapter, in: worktree)
            return try publish(try readAnswer(report, in: worktree), report: report, in: worktree)
        } catch let error as RepositoryError {
            return try publishFailure(of: error)
        } catch let error as AgentKeeperError {
            return try publishFailure(of: error)
        } catch let error as PromptError {
            return try publishFailure(of: error)
        } catch let error as TrackerError {
            return try publishFailure(of: error)
        } catch let error as StopRequested {
            return try publishFailure(of: error)
        }
    }

    /// Writes what v0 reads of the task. Its scripts can do without; the run must not end for it.
    func mirror(_ values: [String: SidecarValue]) {
        do {
            try ports.common.sidecars(project).merge(values, into: run.task)
        } catch {
            tell(error.problem)
        }
    }
}
