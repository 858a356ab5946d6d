import OrchCore
import Testing

@testable import OrchCommands

@Suite struct TaskTreeTests {
    private func child(_ number: Int, of parent: Int, _ status: TaskStatus = .new) -> AgentTask {
        var task = issue(number, "Task \(number)", status)
        task.parent = issue(parent, "").key
        return task
    }

    @Test func `draws v0's tree`() {
        var first = issue(1, "Plan", .blocked)
        first.agent = .claude
        let tree = TaskTree([
            child(4, of: 2), issue(5, "Alone"), child(3, of: 1), child(2, of: 1, .done), first,
        ])
        #expect(
            TaskTreeCommand.lines(of: tree.roots, plain) == [
                "├─ [1] (blocked) claude - Plan", "│  ├─ [2] (done) - - Task 2",
                "│  │  └─ [4] (new) - - Task 4",
                "│  └─ [3] (new) - - Task 3", "", "└─ [5] (new) - - Alone", "",
            ])
    }

    @Test func `keeps every task once, whatever the parents say`() {
        // Two that are each other's parent, one that is its own, and one whose parent is unknown.
        let tree = TaskTree([child(1, of: 2), child(2, of: 1), child(3, of: 3), child(4, of: 99)])
        func ids(_ nodes: [TaskTree.Node]) -> [String] {
            nodes.flatMap { [$0.task.key.id] + ids($0.children) }
        }
        #expect(ids(tree.roots).sorted() == ["1", "2", "3", "4"])
    }

    @Test func `is open as long as anything in it is`() {
        let tree = TaskTree([issue(1, "", .done), child(2, of: 1)])
        #expect(tree.roots.map(\.isOpen) == [true])
        #expect(TaskTree([issue(1, "", .done), child(2, of: 1, .done)]).roots.map(\.isOpen) == [false])
    }
}
