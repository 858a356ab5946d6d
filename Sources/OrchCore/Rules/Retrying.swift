/// The one reset behind `orch task retry`, `orch task unblock` and a person's wish on the tracker: everything
/// that can keep a task from running is put back at once, so that nothing that was left over refuses it for
/// ever.
package enum Retrying {
    /// - Parameter keepingAgent: pins the agent that the task has; else routing chooses anew, by label or in
    ///   turn.
    package static func changes(_ task: AgentTask, keepingAgent: Bool) -> [TaskChange] {
        let kept = keepingAgent ? task.agent : nil
        return [
            .status(.new), .closed(false), .attempts(0), .sameErrorCount(0), .lastError(nil), .held(false),
            .parkedUntil(nil), .failoverChain([]), .agent(kept, pinned: kept != nil),
            .model(kept == nil ? nil : task.model),
        ]
    }

    /// Labels that go with the reset: those that say why the task did not go on and, unless the agent is
    /// kept, whose it was.
    package static func obsoleteLabels(of task: AgentTask, keepingAgent: Bool) -> [String] {
        let choices = keepingAgent ? [] : choiceLabels(of: task)
        return task.labels.filter { markers.contains($0) || choices.contains($0) }
    }

    private static let markers = [Labels.blocked, Labels.hasError]

    /// Labels that name an agent and its model, and may be orch's own: on a tracker it shows there who worked
    /// last. Those of an internal task are a person's, always.
    package static func choiceLabels(of task: AgentTask) -> [String] {
        guard task.key.backend != .internal else { return [] }
        return task.labels.filter { $0.hasPrefix(Labels.agentPrefix) || $0.hasPrefix(Labels.modelPrefix) }
    }
}
