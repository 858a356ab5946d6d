import Arguments
import JSON
import OrchCore
import OrchEngine
import SHA2

/// `orch task publish`: an internal task becomes an issue on GitHub.
enum TaskPublishCommand: Subcommand {
    static let table = CommandTable("publish", "Make a GitHub issue of an internal task") {
        Positional("id", "The internal task", .required, .asked("tasks"))
    }
    .discussion(
        """
        The issue takes over agent, branch and children; the internal task is closed with a link to it. Interrupted, \
        the same again finds the issue that was made.
        """
    )

    private static let pause: Duration = .milliseconds(200)

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        Console.err("Publishing task \(task.key.id) …")
        let promoted = try context.steering(of: project)
            .promote(task, key: key(of: task, in: project), pause: { Pausing.pause(pause) })
        if context.wantsJSON {
            context.print(
                .object([
                    "id": .string(promoted.key.id), "url": .string(promoted.url),
                    "from": .string(task.key.id), "children": TaskImage.number(promoted.children),
                ]))
        } else {
            let children = promoted.children == 0 ? "" : ", with \(promoted.children) of its children"
            Console.out("Task \(task.key.id) is issue #\(promoted.key.id) now\(children): \(promoted.url)")
        }
        return 0
    }

    /// Another home's `i7` must not be taken for this one's, so the place and the title are in it.
    static func key(of task: AgentTask, in project: Project) -> String {
        let identity = "\(project.directory)\n\(task.key.id)\n\(task.title)"
        return "publish-\(task.key.id)-\(Hexadecimal.encode(SHA256.hash(identity.utf8)).prefix(12))"
    }
}
