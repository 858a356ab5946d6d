import OrchAdapters
import OrchCore
import OrchEngine

/// What `run_task.sh` leaves a task at where a tick would say it in other words.
struct V0Ending {
    let named: V0Task
    let run: Run
    let outcome: RunOutcome
    let call: V0Call

    private var stage: V0Stage { named.stage }

    /// - Parameter task: as a tick would leave it.
    /// - Returns: as v0 leaves it.
    func ending(of task: AgentTask) throws -> AgentTask {
        if case .usageLimit? = outcome.failure { return try limited(task) }
        if outcome.failure == nil, [.needsReview, .blocked].contains(task.status),
            LimitNotice.isAll(of: outcome.message)
        {
            return try rerouted(task)
        }
        // The label alone says that it is not done: the next round goes on with it all the same.
        let goesOn = outcome.status == .inProgress && task.status == .routed
        return try shown(goesOn ? task.applying([.status(.inProgress)]) : task)
    }

    /// The task is `new` for whoever fail-over has chosen. One that waits for its agent's limit to end is a
    /// person's here: nobody may be there to start it again.
    private func limited(_ task: AgentTask) throws -> AgentTask {
        guard task.status == .routed else { return try shown(task) }
        if task.parkedUntil == nil { return try changed(task, [.status(.new)]) }
        return try halted(task, chain: named.task.failoverChain + [run.agent])
    }

    /// An agent that hands in nothing but “I am at my limit” is taken at its word, though for this task
    /// alone: other tasks may still go to it.
    private func rerouted(_ task: AgentTask) throws -> AgentTask {
        let chain = task.failoverChain + [run.agent]
        let breakers = try stage.store.breakers()
        let now = stage.ports.now()
        let next = stage.ports.agents(stage.project).first {
            !chain.contains($0) && breakers[$0]?.until.isAwaited(now) != true
        }
        guard let next else { return try halted(task, chain: chain) }
        let model = stage.project.settings.models[task.assumedComplexity.rawValue]?[next]
        return try changed(
            task,
            [
                .status(.new), .agent(next, pinned: true), .model(model), .failoverChain(chain),
                .lastError("\(run.agent) hit usage/rate limit; rerouted to \(next)"),
            ])
    }

    private func halted(_ task: AgentTask, chain: [AgentName]) throws -> AgentTask {
        let reason = "\(run.agent) hit usage/rate limit; no fallback agents available"
        let steering = stage.steering
        let halted = try steering.change(task, [.failoverChain(chain), .parkedUntil(nil)], because: reason)
        try steering.halt(halted, .needsReview, because: reason)
        return try stage.store.task(task.key) ?? halted
    }

    private func changed(_ task: AgentTask, _ changes: [TaskChange]) throws -> AgentTask {
        let reason = outcome.message.firstLine
        let changed = try stage.steering.change(task, changes, because: reason)
        let agent = changed.agent?.rawValue ?? "another agent"
        call.complain("[run] task=\(run.task.id) \(reason); goes on with \(agent)")
        return try shown(changed, agent: changed.agent)
    }

    private func shown(_ task: AgentTask, agent: AgentName? = nil) throws -> AgentTask {
        try stage.steering.show(task, agent: agent)
        return task
    }
}
