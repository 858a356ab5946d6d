import OrchCore
import Testing

@Suite struct UnblockingTests {
    private func unblocks(
        _ children: [TaskStatus], subtasks: AgentTask.Subtasks? = nil,
        _ change: (inout AgentTask) -> Void = { _ in }
    ) -> Bool {
        let parent = task(1, .blocked) {
            $0.subtasks = subtasks
            change(&$0)
        }
        let snapshot = snapshot([parent]).with { $0.children[issue(1)] = children }
        return Unblocking.decide(snapshot) == [.unblock(issue(1))]
    }

    @Test func `a parent goes on when the last child is done`() {
        #expect(unblocks([.done, .done]) == true)
        #expect(unblocks([.done, .inReview]) == false)
    }

    @Test func `a task without children stays blocked`() {
        #expect(unblocks([]) == false)
        #expect(unblocks([], subtasks: .init(total: 0, closed: 0)) == false)
    }

    @Test func `children that only the tracker knows count too`() {
        #expect(unblocks([], subtasks: .init(total: 2, closed: 2)) == true)
        #expect(unblocks([], subtasks: .init(total: 2, closed: 1)) == false)
        #expect(unblocks([.new], subtasks: .init(total: 1, closed: 1)) == false)
    }

    @Test func `a parent that is blocked by an error of its own would only fail again`() {
        #expect(unblocks([.done]) { $0.lastError = "no access" } == false)
    }

    @Test func `held and untrusted tasks stay where they are`() {
        #expect(unblocks([.done]) { $0.isHeld = true } == false)
        #expect(unblocks([.done]) { $0.isTrusted = nil } == false)
    }
}
