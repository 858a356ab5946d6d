/// Labels of a task that are to change; all others stay as they are, whoever set them.
package struct LabelChange: Equatable, Sendable {
    package var added: [String]
    package var removed: [String]

    package init(added: [String] = [], removed: [String] = []) {
        self.added = added
        self.removed = removed
    }

    package var isEmpty: Bool { added.isEmpty && removed.isEmpty }

    /// What is missing for the task to show this status and, where they are given, who works on it with which
    /// model: one label of each kind.
    ///
    /// Where no agent is given, agent and model labels stay. A model that makes no label is not shown.
    /// - Parameter task: as orch knows it: the status as last seen or written, the other labels as last seen.
    package static func showing(
        status: TaskStatus, agent: AgentName? = nil, model: String? = nil, known task: AgentTask
    ) -> LabelChange {
        var change = LabelChange()
        change.show(status, on: task)
        if let agent { change.show(agent, model: model, on: task) }
        return change
    }

    /// What was written last decides whether the label is there: the labels last seen may be older. They are
    /// removed all the same, since removing what is not there changes nothing.
    private mutating func show(_ status: TaskStatus, on task: AgentTask) {
        let written = task.labelledStatus.map { [$0.label] } ?? []
        let seen = Self.labels(TaskStatus.labelPrefix, of: task)
        exchange(written + seen.filter { $0 != status.label && !written.contains($0) }, for: status.label)
    }

    private mutating func show(_ agent: AgentName, model: String?, on task: AgentTask) {
        let agents = Self.labels(Labels.agentPrefix, of: task)
        let models = Self.labels(Labels.modelPrefix, of: task)
        let agentLabel = Labels.agentPrefix + agent.rawValue
        exchange(agents, for: agentLabel)
        if let label = model.map({ Labels.modelPrefix + $0 }), Labels.isValid(label) {
            exchange(models, for: label)
        } else if model != nil || agents.contains(where: { $0 != agentLabel }) {
            // What is there names a model of the agent before, or not the one that works now.
            removed += models
        }
    }

    private mutating func exchange(_ shown: [String], for label: String) {
        removed += shown.filter { $0 != label }
        if !shown.contains(label) { added.append(label) }
    }

    private static func labels(_ prefix: String, of task: AgentTask) -> [String] {
        task.labels.filter { $0.hasPrefix(prefix) }
    }
}
