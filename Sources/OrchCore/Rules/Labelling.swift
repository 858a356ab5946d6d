/// Labels are a projection: where the tracker's label lags behind the row (a crash, a rate
/// limit, a new issue), it is written. This is the last thing a tick decides, so that a task
/// that moved twice costs one call.
package enum Labelling {
    /// Each is a call of a second or so; a hundred new issues must not keep the next tick waiting.
    package static let limit = 20

    package static func decide(_ snapshot: Snapshot) -> [Decision] {
        let lagging = snapshot.tasks.lazy.compactMap { task -> Decision? in
            guard task.key.backend != .internal, task.isTrusted == true, !task.isClosed,
                task.labelledStatus != task.status, !isLeftAlone(task),
                !snapshot.unreachable.contains(task.key.project),
                !snapshot.unlabelled.contains(task.key.project),
                // A live run's host writes the label itself.
                !snapshot.hasLiveRun(task.key)
            else { return nil }
            return .label(task.key, task.status)
        }
        return Array(lagging.prefix(limit))
    }

    /// v0 gives no status to an issue that a person keeps from agents.
    private static func isLeftAlone(_ task: AgentTask) -> Bool {
        task.labelledStatus == nil
            && (task.labels.contains(Labels.noAgent) || task.labels.contains(Labels.blocked))
    }
}
