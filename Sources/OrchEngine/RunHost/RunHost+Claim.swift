import OrchCore

extension RunHost {
    /// Shows on the tracker, and in v0's sidecar, that the task is being worked on.
    ///
    /// The label is for people: where the tracker cannot be reached now, the work goes on without it.
    ///
    /// - Returns: false where the issue was deleted or transferred; its row is closed then.
    func claim() throws -> Bool {
        let result = try perform(.claim) { _ in
            audit("start", "attempt \(run.attempt) by \(run.agent)")
            let values: [String: SidecarValue] = [
                "status": .text(TaskStatus.inProgress.rawValue), "agent": .text(run.agent.rawValue),
                "attempts": .text(String(run.attempt)), "dir": .text(project.directory),
                "agent_model": run.model.map { .text($0) } ?? .null,
            ]
            mirror(values)
            do {
                try show(.inProgress, agent: run.agent, model: run.model)
            } catch let error as TrackerError {
                if try error.isAbsence && isGone() { return Self.gone }
                tell("the label is not written: \(error.problem)")
                return "without label"
            }
            return ""
        }
        return result != Self.gone
    }

    private static let gone = "gone"

    private func isGone() throws -> Bool {
        guard let tracker = ports.common.tracker(project, run.task.backend),
            try tracker.get(run.task.id) == nil
        else { return false }
        try store.change(run.task, [.closed(true)])
        return true
    }

    /// Shows the status, and where they are given the agent and its model, by one change of labels, and
    /// remembers it.
    ///
    /// An internal task's row says itself who works on it; labels there would look like a person's choice.
    func show(_ status: TaskStatus, agent: AgentName? = nil, model: String? = nil) throws {
        guard let tracker = ports.common.tracker(project, run.task.backend) else { return }
        let known = try store.task(run.task) ?? task
        let shownAgent = run.task.backend == .internal ? nil : agent
        try tracker.apply(
            .showing(status: status, agent: shownAgent, model: model, known: known), to: run.task.id)
        try store.change(run.task, [.labelledStatus(status)])
    }
}
