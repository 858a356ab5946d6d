import OrchCore
import Testing

@Suite struct RetryingTests {
    private let key = TaskKey(project: .init(rawValue: "/srv/app"), backend: .github, id: "7")

    /// A task that every hindrance there is keeps from running.
    private var stranded: AgentTask {
        var task = AgentTask(key: key, title: "Fix", status: .needsReview)
        task.isClosed = true
        task.isHeld = true
        task.attempts = 10
        task.sameErrorCount = 3
        task.lastError = "agent timed out"
        task.parkedUntil = Timestamp(seconds: 2_000_000_000)
        task.failoverChain = [.claude, .codex]
        task.agent = .codex
        task.agentIsPinned = true
        task.model = "gpt"
        task.isTrusted = true
        task.labels = ["bug", "blocked", "has-error", "agent:codex", "model:gpt"]
        return task
    }

    @Test func `leaves nothing behind that could refuse the task`() {
        let task = stranded.applying(Retrying.changes(stranded, keepingAgent: false))
        var snapshot = Snapshot(now: Timestamp(seconds: 1_000_000_000))
        snapshot.projects[key.project] = Project(id: key.project, name: "app", settings: Settings())
        snapshot.agents[key.project] = [.claude]
        snapshot.add([task.applying([.labels(["bug"])])])
        #expect(Waiting.reason(snapshot.tasks[0], in: snapshot) == nil)
        #expect(Routing.decide(snapshot).map(\.task) == [key])
        #expect(task.sameErrorCount == 0)
        #expect(task.failoverChain.isEmpty)
        #expect(task.model == nil)
    }

    @Test func `pins the agent that is kept, so that routing does not choose another`() {
        let task = stranded.applying(Retrying.changes(stranded, keepingAgent: true))
        #expect(task.agent == .codex)
        #expect(task.agentIsPinned)
        #expect(task.model == "gpt")
        var agentless = stranded
        agentless.agent = nil
        #expect(!agentless.applying(Retrying.changes(agentless, keepingAgent: true)).agentIsPinned)
    }

    @Test func `changes nothing of a task that is as new`() {
        let task = AgentTask(key: key, title: "Fix", status: .new)
        #expect(task.applying(Retrying.changes(task, keepingAgent: false)) == task)
    }

    @Test func `takes away what marks a failure, and the choice unless it is kept`() {
        #expect(
            Retrying.obsoleteLabels(of: stranded, keepingAgent: false)
                == ["blocked", "has-error", "agent:codex", "model:gpt"])
        #expect(Retrying.obsoleteLabels(of: stranded, keepingAgent: true) == ["blocked", "has-error"])
    }

    @Test func `leaves a person's choice on an internal task`() {
        var task = AgentTask(
            key: TaskKey(project: key.project, backend: .internal, id: "i1"), title: "Fix", status: .blocked)
        task.labels = ["agent:demo", "blocked"]
        #expect(Retrying.obsoleteLabels(of: task, keepingAgent: false) == ["blocked"])
    }
}
