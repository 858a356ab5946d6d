package import OrchCore

extension Steering {
    /// Gives the task to an agent, and lets it start: one that waits for a person or is over begins anew.
    ///
    /// - Returns: also whether it begins anew.
    package func assign(_ task: AgentTask, to agent: AgentName) throws -> (route: Route, startsAnew: Bool) {
        try requireIdle(task)
        let startsAnew = !task.status.isRunnable
        if startsAnew { _ = try retry(task, keepingAgent: false) }
        guard let fresh = try store.task(task.key) else { throw EngineError.taskMissing(task.key.id) }
        return (try pin(fresh, to: agent, model: nil), startsAnew)
    }
}
