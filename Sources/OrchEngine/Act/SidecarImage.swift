import JSON
import OrchCore

/// What v0 expects in a task's sidecar: its keys, and every value as text.
enum SidecarImage {
    static func values(of changes: [TaskChange]) -> [String: SidecarValue] {
        var values: [String: SidecarValue] = [:]
        for change in changes {
            for (key, value) in image(of: change) { values[key] = value }
        }
        return values
    }

    private static func image(of change: TaskChange) -> [String: SidecarValue] {
        switch change {
        case .status(let status): ["status": .text(status.rawValue)]
        case .agent(let agent, _): ["agent": text(agent?.rawValue)]
        case .model(let model): ["agent_model": text(model)]
        case .complexity(let complexity): ["complexity": text(complexity?.rawValue)]
        case .profile(let profile): profile.map(image) ?? [:]
        case .attempts(let count): ["attempts": .text(String(count))]
        case .parkedUntil(let moment): ["retry_at": text(moment?.iso8601)]
        case .failoverChain(let chain):
            [
                "limit_reroute_chain": chain.isEmpty
                    ? .null : .text(chain.map(\.rawValue).joined(separator: ","))
            ]
        case .lastError(let error): ["last_error": text(error)]
        case .parent(let parent): ["parent_id": text(parent?.id)]
        case .branch(let branch): ["branch": text(branch)]
        case .worktree(let path): ["worktree": text(path)]
        case .summary(let summary): ["summary": text(summary)]
        case .labelledStatus, .labels, .title, .closed, .trusted, .sameErrorCount, .pullRequest, .held,
            .updatedAt:
            [:]
        }
    }

    private static func image(of profile: TaskProfile) -> [String: SidecarValue] {
        [
            "agent_profile": .text(profile.shown.text()), "route_reason": .text(profile.reason),
            "route_warning": profile.warning.isEmpty ? .null : .text(profile.warning),
            "selected_skills": .text(profile.selectedSkills.joined(separator: ",")),
        ]
    }

    private static func text(_ value: String?) -> SidecarValue { value.map { .text($0) } ?? .null }
}
