import OrchCore
import SQLite

extension TaskChange {
    /// The columns that this change sets, and to what.
    var assignments: [(column: String, value: (any SQLiteConvertible)?)] {
        switch self {
        case .status(let value): [("status", value)]
        case .labelledStatus(let value): [("labelled_status", value)]
        case .labels(let value): [("labels", TextList(items: value))]
        case .title(let value): [("title", value)]
        case .closed(let value): [("is_closed", value)]
        case .trusted(let value): [("is_trusted", value)]
        case .agent(let value, let pinned): [("agent", value), ("agent_is_pinned", pinned)]
        case .model(let value): [("model", value)]
        case .complexity(let value): [("complexity", value)]
        case .profile(let value): [("profile", value)]
        case .attempts(let value): [("attempts", value)]
        case .parkedUntil(let value): [("parked_until", value)]
        case .failoverChain(let value): [("failover_chain", TextList(items: value.map(\.rawValue)))]
        case .lastError(let value): [("last_error", value)]
        case .sameErrorCount(let value): [("same_error_count", value)]
        case .parent(let value):
            [
                ("parent_project", value?.project), ("parent_backend", value?.backend),
                ("parent_id", value?.id),
            ]
        case .branch(let value): [("branch", value)]
        case .worktree(let value): [("worktree", value)]
        case .summary(let value): [("summary", value)]
        case .pullRequest(let value): [("pull_request", value)]
        case .held(let value): [("is_held", value)]
        case .updatedAt(let value): [("updated_at", value)]
        }
    }
}
