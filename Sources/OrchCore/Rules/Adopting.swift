/// What v0 knows of a task that orch sees for the first time: its branch and its worktree, with the work in
/// them, and how far it has come.
package enum Adopting {
    /// What v0 calls the model of an agent that was asked for none.
    package static let standardModel = "default"

    /// - Parameter sidecar: v0's values, as text.
    package static func task(_ task: AgentTask, sidecar: [String: String]) -> AgentTask {
        func value(_ name: String) -> String? {
            sidecar[name].flatMap { ["", "null"].contains($0) ? nil : $0 }
        }
        var task = task
        task.branch = value("branch")
        task.worktree = value("worktree")
        task.attempts = max(0, value("attempts").flatMap(Int.init) ?? 0)
        // A label is newer than what was once read from one.
        task.complexity = task.complexity ?? value("complexity").flatMap(Complexity.init)
        task.model = value("agent_model").flatMap { $0 == standardModel ? nil : $0 }
        task.parkedUntil = value("retry_at").flatMap(Timestamp.init(iso8601:))
        task.parent = value("parent_id").map {
            TaskKey(project: task.key.project, backend: task.key.backend, id: $0)
        }
        return task
    }
}
