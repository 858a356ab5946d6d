import Testing

@testable import OrchCore

struct LabelChangeTests {
    private func task(_ labels: [String], written: TaskStatus?) -> AgentTask {
        let key = TaskKey(project: .init(rawValue: "/p"), backend: .github, id: "7")
        var task = AgentTask(key: key, title: "x", status: .new)
        task.labels = labels
        task.labelledStatus = written
        return task
    }

    @Test(
        arguments: [
            ([], nil, ["status:done"], []),
            (["bug"], nil, ["status:done"], []),
            (["status:new", "bug"], .new, ["status:done"], ["status:new"]),
            (["status:done", "bug"], .done, [], []),
            // A person set a second one, or a word that means nothing.
            (["status:done", "status:new"], .done, [], ["status:new"]),
            (["status:new", "status:blocked"], .new, ["status:done"], ["status:new", "status:blocked"]),
            (["status:doing"], nil, ["status:done"], ["status:doing"]),
            // Written since the labels were last seen.
            (["status:routed"], .inProgress, ["status:done"], ["status:in_progress", "status:routed"]),
            (["status:done"], .inProgress, ["status:done"], ["status:in_progress"]),
            ([], .inProgress, ["status:done"], ["status:in_progress"]),
        ] as [([String], TaskStatus?, [String], [String])])
    func `one status takes the place of all others`(
        labels: [String], written: TaskStatus?, added: [String], removed: [String]
    ) {
        let change = LabelChange.showing(status: .done, known: task(labels, written: written))
        #expect(change == LabelChange(added: added, removed: removed))
    }

    @Test func `without an agent its label and the model's stay`() {
        let known = task(["status:new", "agent:codex", "model:gpt-5"], written: .new)
        #expect(
            LabelChange.showing(status: .new, model: "other", known: known) == LabelChange())
        #expect(LabelChange.showing(status: .new, known: known).isEmpty)
    }

    @Test(
        arguments: [
            ([], "opus", ["agent:claude", "model:opus"], []),
            (["agent:claude", "model:opus"], "opus", [], []),
            (["agent:claude", "model:haiku"], "opus", ["model:opus"], ["model:haiku"]),
            (
                ["agent:codex", "agent:x", "model:gpt-5"], "opus", ["agent:claude", "model:opus"],
                ["agent:codex", "agent:x", "model:gpt-5"]
            ),
            // The agent's own default: what a person wants of this agent stays, what another agent had goes.
            (["model:opus"], nil, ["agent:claude"], []),
            (["agent:claude", "model:opus"], nil, [], []),
            (["agent:codex", "model:gpt-5"], nil, ["agent:claude"], ["agent:codex", "model:gpt-5"]),
        ] as [([String], String?, [String], [String])])
    func `agent and model are shown together`(
        labels: [String], model: String?, added: [String], removed: [String]
    ) {
        let known = task(labels + ["status:new", "bug"], written: .new)
        let change = LabelChange.showing(status: .new, agent: .claude, model: model, known: known)
        #expect(change == LabelChange(added: added, removed: removed))
    }

    @Test(arguments: ["", " ", "two words", "line\nbreak", "größe", String(repeating: "m", count: 45)])
    func `a model that makes no label is not shown, nor another one instead`(model: String) {
        let known = task(["agent:claude", "model:haiku"], written: .new)
        let change = LabelChange.showing(status: .new, agent: .claude, model: model, known: known)
        #expect(change == LabelChange(removed: ["model:haiku"]))
    }

    @Test(arguments: ["gpt-5", "openrouter/qwen/qwen3:free", String(repeating: "m", count: 44)])
    func `a model of up to 44 characters is shown`(model: String) {
        let change = LabelChange.showing(
            status: .new, agent: .claude, model: model, known: task([], written: .new))
        #expect(change.added == ["agent:claude", "model:\(model)"])
        #expect(change.added.allSatisfy(Labels.isValid))
    }

    @Test func `after the change there is nothing left to change`() {
        let statuses: [TaskStatus?] = [nil, .new, .inProgress, .done]
        let sets = [[], ["status:new"], ["agent:codex", "model:x"], ["bug", "agent:claude", "status:done"]]
        for written in statuses {
            for labels in sets {
                var known = task(labels, written: written)
                let change = LabelChange.showing(status: .done, agent: .claude, model: "y", known: known)
                known.labels = known.labels.filter { !change.removed.contains($0) } + change.added
                known.labelledStatus = .done
                #expect(LabelChange.showing(status: .done, agent: .claude, model: "y", known: known).isEmpty)
                #expect(Set(change.added).isDisjoint(with: change.removed))
            }
        }
    }
}
