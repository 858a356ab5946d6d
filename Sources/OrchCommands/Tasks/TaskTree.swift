import JSON
import OrchCore

/// Tasks under the tasks that they are parts of.
struct TaskTree {
    struct Node {
        let task: AgentTask
        var children: [Node] = []

        /// Something in it may still move.
        var isOpen: Bool { task.isOpen || children.contains(where: \.isOpen) }
    }

    let roots: [Node]

    /// A task whose parent is not among the tasks is a root; of parents in a circle the first is one.
    init(_ tasks: [AgentTask]) {
        let sorted = tasks.sorted { $0.key < $1.key }
        let known = Set(sorted.map(\.key))
        let children = Dictionary(grouping: sorted.filter { $0.parent != nil }) { $0.parent }
        var placed: Set<TaskKey> = []
        func node(_ task: AgentTask) -> Node {
            placed.insert(task.key)
            var made = Node(task: task)
            for child in children[task.key] ?? [] where !placed.contains(child.key) {
                made.children.append(node(child))
            }
            return made
        }
        var roots = sorted.filter { task in task.parent.map { !known.contains($0) } ?? true }.map(node)
        for task in sorted where !placed.contains(task.key) { roots.append(node(task)) }
        self.roots = roots
    }
}
