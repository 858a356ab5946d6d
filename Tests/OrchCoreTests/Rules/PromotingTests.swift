import OrchCore
import Testing

@Suite struct PromotingTests {
    private let project = Project.ID(rawValue: "/srv/app")

    private var task: AgentTask {
        var task = AgentTask(
            key: TaskKey(project: project, backend: .internal, id: "i7"), title: "Fix", status: .routed)
        task.labels = ["bug", "status:new", "complexity:unheard-of", "agent:claude"]
        task.complexity = .complex
        task.agent = .claude
        task.branch = "task-i7-fix"
        task.attempts = 2
        return task
    }

    @Test func `carries over every label that means something, but for the status`() {
        let draft = Promoting.draft(task, body: "More", key: "publish-i7-x")
        #expect(draft.labels == ["bug", "agent:claude", "complexity:complex"])
        #expect(draft.body == "More")
        #expect(draft.key == "publish-i7-x")
    }

    @Test func `links the issue under an issue alone`() {
        var child = task
        child.parent = TaskKey(project: project, backend: .internal, id: "i1")
        #expect(Promoting.draft(child, body: "", key: "k").parent == nil)
        child.parent = TaskKey(project: project, backend: .github, id: "1")
        #expect(Promoting.draft(child, body: "", key: "k").parent == child.parent)
    }

    @Test func `lets the work go on where it is`() {
        let key = TaskKey(project: project, backend: .github, id: "12")
        let row = AgentTask(key: key, title: "Fix", status: .new).applying(Promoting.inheritance(task))
        #expect(row.branch == "task-i7-fix")
        #expect(row.attempts == 2)
        #expect(row.agent == .claude)
        #expect(row.status == .routed)
        #expect(row.isTrusted == true)
    }
}
