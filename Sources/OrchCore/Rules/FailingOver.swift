/// What to do when an agent cannot work for reasons that lie with its account and not with the task.
///
/// The attempt is not burned, the agent is left alone until its limit ends (for every task, not only this
/// one), and another agent takes over, never one that was already tried since the last success: a chain, no
/// ping-pong. The choice is pinned, so that routing does not undo it.
enum FailingOver {
    static func consequence(
        run: Run, task: AgentTask, breaker: Breaker, in snapshot: Snapshot
    ) -> Consequence {
        let chain = task.failoverChain + [run.agent]
        let refund = TaskChange.attempts(max(0, run.attempt - 1))
        if let next = nextAgent(chain: chain, project: run.task.project, in: snapshot) {
            let note = "\(run.agent): \(breaker.reason); switched to \(next)"
            return Consequence(
                changes: [
                    refund, .status(.routed), .agent(next, pinned: true),
                    .model(mappedModel(of: next, for: task, in: snapshot)), .failoverChain(chain),
                    .lastError(note), .parkedUntil(nil),
                ], breaker: breaker, note: note)
        }
        if let model = freeModel(for: task, in: snapshot) {
            let note = "all agents are at their limits; opencode goes on with the free model \(model)"
            return Consequence(
                changes: [
                    refund, .status(.routed), .agent(.opencode, pinned: true), .model(model),
                    .failoverChain(chain), .lastError(note), .parkedUntil(nil),
                ], breaker: run.agent == .opencode ? nil : breaker, note: note)
        }
        return waiting(run: run, task: task, breaker: breaker, refund: refund, in: snapshot)
    }

    /// Nobody is left: the task waits for the agent whose limit ends first, and the
    /// chain begins anew with it.
    private static func waiting(
        run: Run, task: AgentTask, breaker: Breaker, refund: TaskChange, in snapshot: Snapshot
    ) -> Consequence {
        let others = (snapshot.agents[run.task.project] ?? []).compactMap { agent in
            snapshot.breakers[agent].map { (agent: agent, until: $0.until) }
        }
        let soonest = others.filter { $0.agent != run.agent && $0.until.isAwaited(snapshot.now) }
            .min { $0.until < $1.until }
        let waitsForOther = soonest.map { $0.until < breaker.until } ?? false
        let until = waitsForOther ? soonest?.until ?? breaker.until : breaker.until
        let who = waitsForOther ? soonest?.agent ?? run.agent : run.agent
        let note = "\(run.agent): \(breaker.reason); waits for \(who) until \(until.iso8601)"
        let choice: [TaskChange] =
            waitsForOther
            ? [.agent(who, pinned: true), .model(mappedModel(of: who, for: task, in: snapshot))] : []
        return Consequence(
            changes: [refund, .status(.routed)] + choice + [
                .failoverChain([]), .lastError(note), .parkedUntil(until),
            ], breaker: breaker, note: note)
    }

    /// A model belongs to its agent: the one that another agent was given means nothing to this one.
    private static func mappedModel(of agent: AgentName, for task: AgentTask, in snapshot: Snapshot)
        -> String?
    {
        snapshot.projects[task.key.project]?.settings.models[task.assumedComplexity.rawValue]?[agent]
    }

    static func nextAgent(chain: [AgentName], project: Project.ID, in snapshot: Snapshot)
        -> AgentName?
    {
        snapshot.agents[project]?.first { !chain.contains($0) && !snapshot.isTripped($0) }
    }

    /// The free models take turns; each is tried once, and then the task waits.
    private static func freeModel(for task: AgentTask, in snapshot: Snapshot) -> String? {
        let project = task.key.project
        guard snapshot.agents[project]?.contains(.opencode) == true,
            let models = snapshot.projects[project]?.settings.freeModels
        else { return nil }
        guard task.agent == .opencode, let last = models.firstIndex(where: { $0 == task.model }) else {
            return models.first
        }
        return last + 1 < models.count ? models[last + 1] : nil
    }
}
