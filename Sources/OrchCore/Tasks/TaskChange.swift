/// One field of a task set to a new value; a change never touches the fields it does not name, so that two
/// writers with different things to say cannot lose each other's update.
package enum TaskChange: Equatable, Sendable {
    case status(TaskStatus)
    case labelledStatus(TaskStatus?)
    case labels([String])
    case title(String)
    case closed(Bool)
    case trusted(Bool)
    case agent(AgentName?, pinned: Bool)
    case model(String?)
    case complexity(Complexity?)
    case profile(TaskProfile?)
    case attempts(Int)
    case parkedUntil(Timestamp?)
    case failoverChain([AgentName])
    case lastError(String?)
    case sameErrorCount(Int)
    case parent(TaskKey?)
    case branch(String?)
    case worktree(String?)
    case summary(String?)
    case pullRequest(String?)
    case held(Bool)
    case updatedAt(Timestamp)
}

extension AgentTask {
    /// This task with the changes made, in order.
    package func applying(_ changes: [TaskChange]) -> AgentTask {
        var task = self
        for change in changes { task.apply(change) }
        return task
    }

    private mutating func apply(_ change: TaskChange) {
        switch change {
        case .status(let value): status = value
        case .labelledStatus(let value): labelledStatus = value
        case .labels(let value): labels = value
        case .title(let value): title = value
        case .closed(let value): isClosed = value
        case .trusted(let value): isTrusted = value
        case .agent(let value, let pinned): (agent, agentIsPinned) = (value, pinned)
        case .model(let value): model = value
        case .complexity(let value): complexity = value
        case .profile(let value): profile = value
        case .attempts(let value): attempts = value
        case .parkedUntil(let value): parkedUntil = value
        case .failoverChain(let value): failoverChain = value
        case .lastError(let value): lastError = value
        case .sameErrorCount(let value): sameErrorCount = value
        case .parent(let value): parent = value
        case .branch(let value): branch = value
        case .worktree(let value): worktree = value
        case .summary(let value): summary = value
        case .pullRequest(let value): pullRequest = value
        case .held(let value): isHeld = value
        case .updatedAt(let value): updatedAt = value
        }
    }
}

/// What they say of one field; nil where they say nothing of it.
extension [TaskChange] {
    package var status: TaskStatus? {
        for case .status(let status) in self { return status }
        return nil
    }

    package var agent: AgentName? {
        for case .agent(let agent?, _) in self { return agent }
        return nil
    }

    package var lastError: String? {
        for case .lastError(let error?) in self { return error }
        return nil
    }
}
