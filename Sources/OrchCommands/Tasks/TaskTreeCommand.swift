import Arguments
import JSON
import OrchCore

/// `orch task tree`: tasks under the tasks that they are parts of.
enum TaskTreeCommand: Subcommand {
    /// A tree of more is not read by anybody.
    private static let limit = 10_000

    static let table = CommandTable("tree", "Show tasks under the tasks that they are parts of") {
        Flag("all", short: "a", "Finished trees too")
    }

    static func run(_ context: Context) throws -> Int32 {
        let project = try context.project()
        let tasks = try context.store().tasks(of: project.id, status: nil, limit: limit)
        let roots = TaskTree(tasks).roots.filter { context.arguments.flag("all") || $0.isOpen }
        if context.wantsJSON {
            context.print(.array(roots.map { json(of: $0, in: project.name) }))
        } else if roots.isEmpty {
            Console.err(try NoTasks(of: [project], context).words)
        } else {
            Console.out(lines(of: roots, context.terminal).joined(separator: "\n"))
        }
        return 0
    }

    /// v0's look: an empty line behind each root's tree.
    static func lines(of roots: [TaskTree.Node], _ terminal: TerminalStyle) -> [String] {
        roots.enumerated().flatMap { number, root in
            lines(of: root, prefix: "", isLast: number == roots.count - 1, terminal) + [""]
        }
    }

    private static func lines(
        of node: TaskTree.Node, prefix: String, isLast: Bool, _ terminal: TerminalStyle
    ) -> [String] {
        let task = node.task
        let status = terminal.shown(task.status.rawValue, task.status.look)
        let text = "[\(task.key.id)] (\(status)) \(task.agent?.rawValue ?? "-") - \(task.title.onOneLine)"
        let below = prefix + (isLast ? "   " : "│  ")
        return ["\(prefix)\(isLast ? "└─" : "├─") \(text)"]
            + node.children.enumerated().flatMap { number, child in
                lines(of: child, prefix: below, isLast: number == node.children.count - 1, terminal)
            }
    }

    private static func json(of node: TaskTree.Node, in project: String) -> JSONValue {
        var object = TaskImage.json(of: node.task, in: project)
        object["children"] = .array(node.children.map { json(of: $0, in: project) })
        return .object(object)
    }
}
