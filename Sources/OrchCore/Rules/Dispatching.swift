/// Which routed tasks start now.
package enum Dispatching {
    /// Each is told on its task, by a call of its own, and a tick is to be short; the others come next.
    static let holdsAtOnce = 10

    package static func decide(_ snapshot: Snapshot) -> [Decision] {
        var holds = 0
        var free: [Project.ID: Int] = [:]
        for project in snapshot.projects.values {
            free[project.id] = project.settings.workflow.parallel - snapshot.liveRuns(of: project.id)
        }
        return snapshot.tasks.compactMap { task in
            guard task.status == .routed, task.agent != nil,
                Waiting.reason(task, in: snapshot) == nil,
                let project = snapshot.projects[task.key.project]
            else { return nil }
            if let hold = hold(task, project: project, in: snapshot) {
                holds += 1
                return holds <= holdsAtOnce ? hold : nil
            }
            guard !snapshot.isTripped(for: task), free[project.id, default: 0] > 0 else { return nil }
            free[project.id, default: 0] -= 1
            return .dispatch(task.key)
        }
    }

    /// Why a task that could start has to wait for a person or a tool; nil where nothing is in its way.
    package static func hold(_ task: AgentTask, project: Project, in snapshot: Snapshot) -> Decision? {
        let workflow = project.settings.workflow
        if task.attempts >= workflow.maxAttempts {
            return .hold(
                task.key, status: .needsReview, reason: "exceeded max attempts (\(workflow.maxAttempts))")
        }
        guard let missing = snapshot.missingTools[project.id], !missing.isEmpty else { return nil }
        let names = missing.joined(separator: ", ")
        return .hold(
            task.key, status: .blocked,
            reason: "missing required tools on PATH: \(names) "
                + "(configure required_tools in .orchestrator.yml or install them)")
    }
}
