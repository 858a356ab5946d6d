/// A parent waits for its children; when the last one is done, it goes on.
///
/// A parent that has an error is blocked by that and not by its children, which may long be done: it would be
/// run again and again, and say the same each time.
package enum Unblocking {
    package static func decide(_ snapshot: Snapshot) -> [Decision] {
        snapshot.tasks.compactMap { task in
            guard task.status == .blocked, !task.isClosed, task.lastError == nil, task.isTrusted == true,
                !task.isHeld
            else { return nil }
            return hasOnlyDoneChildren(task, in: snapshot) ? .unblock(task.key) : nil
        }
    }

    /// A task without children is blocked by something else, and stays so.
    private static func hasOnlyDoneChildren(_ task: AgentTask, in snapshot: Snapshot) -> Bool {
        if let children = snapshot.children[task.key], !children.isEmpty {
            return children.allSatisfy { $0 == .done }
        }
        guard let subtasks = task.subtasks, subtasks.total > 0 else { return false }
        return subtasks.closed == subtasks.total
    }
}
