import OrchCore
import Testing

@Suite struct AdoptingTests {
    @Test func `what v0 wrote is taken over, and what is none of it is left`() {
        let adopted = Adopting.task(
            task(1),
            sidecar: [
                "branch": "gh-task-1-old", "worktree": "/w", "attempts": "3", "complexity": "complex",
                "agent_model": "opus", "retry_at": "2027-01-15T08:00:00Z", "parent_id": "9", "summary": "x",
            ])
        #expect(adopted.branch == "gh-task-1-old" && adopted.worktree == "/w" && adopted.attempts == 3)
        #expect(adopted.complexity == .complex && adopted.model == "opus" && adopted.parent == issue(9))
        #expect(adopted.parkedUntil == Timestamp(iso8601: "2027-01-15T08:00:00Z"))
        #expect(adopted.summary == nil)
    }

    @Test func `nothing, v0's “null” and nonsense are nothing`() {
        let sidecar = ["branch": "", "worktree": "null", "attempts": "many", "retry_at": "soon"]
        #expect(Adopting.task(task(1), sidecar: sidecar) == task(1))
    }

    @Test func `a label says more than the sidecar`() {
        let labelled = task(1) { $0.complexity = .simple }
        #expect(Adopting.task(labelled, sidecar: ["complexity": "complex"]).complexity == .simple)
    }
}
