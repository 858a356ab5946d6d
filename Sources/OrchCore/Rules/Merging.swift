/// How the tracker's picture of a task and what the store knows become one.
///
/// The tracker owns labels and closing. Title and body of a trusted task stay as they stood when its author
/// was trusted; a person's wish to have it done anew means what is written there by then, and by whom is
/// asked anew. The status belongs to whoever changed it last: a label that differs from the one that orch
/// last saw or wrote, and from the one that it means to write, was set by a person, and is obeyed.
package enum Merging {
    /// A task that was not known before.
    package static func task(_ tracked: TrackedTask, key: TaskKey) -> AgentTask {
        let label = Labels.status(in: tracked.labels)
        var task = AgentTask(key: key, title: tracked.title, status: label ?? .new)
        task.labelledStatus = label
        task.author = tracked.author
        copy(tracked, into: &task)
        readAgent(of: tracked, into: &task)
        return task
    }

    /// What is known, with what the tracker says now.
    package static func task(_ tracked: TrackedTask, into known: AgentTask) -> AgentTask {
        var task = known
        // Who was refused may have been let in since; whoever tells of it on the issue wants it to be looked
        // at.
        if known.isTrusted == false, tracked.updatedAt != known.updatedAt { task.isTrusted = nil }
        if isNews(tracked, to: known) { readStatus(of: tracked, into: &task) }
        if Labels.value(of: Labels.agentPrefix, in: tracked.labels) != agentLabel(known) {
            readAgent(of: tracked, into: &task)
        }
        copy(tracked, into: &task)
        return task
    }

    /// Whether the picture can be newer than orch's own last write.
    ///
    /// GitHub's lists lag behind its writes: a picture that is as old as the last one tells nothing of a
    /// label that orch has written in between (the labels as last seen do not hold it yet). Unless a person
    /// has spoken in that very second: while no host is at work, which writes how its run ended before the
    /// row says so, a new label that is none on a task's way to its agent is not orch's.
    private static func isNews(_ tracked: TrackedTask, to known: AgentTask) -> Bool {
        if tracked.updatedAt != known.updatedAt { return tracked.updatedAt > known.updatedAt }
        let seen = Labels.statuses(in: known.labels)
        if seen == [known.labelledStatus].compactMap({ $0 }) { return true }
        let shown = Labels.statuses(in: tracked.labels)
        guard known.status != .inProgress, shown != seen, !shown.isEmpty else { return false }
        return !shown.contains(where: Self.onTheWay.contains)
    }

    private static let onTheWay: Set = [TaskStatus.new, .routed, .inProgress]

    private static func readStatus(of tracked: TrackedTask, into task: inout AgentTask) {
        let shown = Labels.statuses(in: tracked.labels)
        guard shown != [task.labelledStatus].compactMap({ $0 }) else { return }
        // Of several the new one counts; `Labelling` then leaves that one alone there.
        let label = shown.first { $0 != task.labelledStatus } ?? shown.first
        task.labelledStatus = shown.count > 1 ? nil : label
        // A label taken away means “from the start”, as in v0, where an issue without
        // one is given `status:new`.
        let wish = label ?? .new
        // What orch was about to write was written, and a crash kept that from the row: it is nobody's wish.
        guard wish != task.status else { return }
        let isHostsOwn = task.status == .inProgress && wish == .routed
        task.status = wish
        if wish.isRunnable, !isHostsOwn { startOver(&task) }
    }

    /// What kept the task from running is forgotten: a person wants it to be tried again. The text of a child
    /// is orch's own.
    private static func startOver(_ task: inout AgentTask) {
        if task.parent == nil { task.isTrusted = nil }
        task.parkedUntil = nil
        task.isHeld = false
        task.sameErrorCount = 0
        task.attempts = 0
    }

    /// The agent that the labels named when they were last seen.
    private static func agentLabel(_ known: AgentTask) -> String? {
        Labels.value(of: Labels.agentPrefix, in: known.labels)
    }

    private static func readAgent(of tracked: TrackedTask, into task: inout AgentTask) {
        guard let name = Labels.value(of: Labels.agentPrefix, in: tracked.labels).flatMap(AgentName.init)
        else {
            if task.failoverChain.isEmpty { task.agentIsPinned = false }
            return
        }
        // The label that shows orch's own choice is no choice of a person's; nor is one that orch wrote
        // before it failed over to another agent.
        if task.agent == name || task.failoverChain.contains(name) { return }
        task.agent = name
        task.agentIsPinned = true
        // It was the other agent's limit, mostly, that it waited for.
        task.parkedUntil = nil
    }

    private static func copy(_ tracked: TrackedTask, into task: inout AgentTask) {
        if task.isTrusted != true { task.title = tracked.title }
        task.labels = tracked.labels
        task.isClosed = tracked.isClosed
        task.url = tracked.url
        task.updatedAt = tracked.updatedAt
        task.subtasks = tracked.subtasks
        task.complexity = Labels.complexity(in: tracked.labels) ?? task.complexity
    }
}
