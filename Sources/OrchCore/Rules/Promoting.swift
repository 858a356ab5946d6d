/// An internal task becomes an issue: what is carried over, and what stays behind.
package enum Promoting {
    /// The issue to be found or made.
    ///
    /// - Parameters:
    ///   - key: the same for every attempt at promoting this task, and no other's.
    ///   - body: the task's text.
    package static func draft(_ task: AgentTask, body: String, key: String) -> TaskDraft {
        var draft = TaskDraft(title: task.title, body: body)
        draft.labels = task.labels.filter { !$0.hasPrefix(TaskStatus.labelPrefix) && Labels.isValid($0) }
        if let complexity = task.complexity {
            draft.labels = Labels.replacing(
                Labels.complexityPrefix, with: complexity.rawValue, in: draft.labels)
        }
        // A tracker's children have their parent on the same tracker; others keep theirs in the store alone.
        draft.parent = task.parent.flatMap { $0.backend == .internal ? nil : $0 }
        draft.key = key
        return draft
    }

    /// What the row takes over from the task: all that orch decided and did, so that work goes on
    /// where it is.
    package static func inheritance(_ task: AgentTask) -> [TaskChange] {
        [
            .trusted(true), .status(task.status), .agent(task.agent, pinned: task.agentIsPinned),
            .model(task.model), .complexity(task.complexity), .attempts(task.attempts),
            .parkedUntil(task.parkedUntil), .failoverChain(task.failoverChain), .lastError(task.lastError),
            .sameErrorCount(task.sameErrorCount), .held(task.isHeld), .parent(task.parent),
            .branch(task.branch),
            .worktree(task.worktree), .summary(task.summary), .pullRequest(task.pullRequest),
        ]
    }
}
