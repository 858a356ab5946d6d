import Arguments
import JSON
import OrchCore
import OrchEngine

/// `orch task say`: words for the agent at work.
enum TaskSayCommand: Subcommand {
    /// More is no message but a document, and belongs into the repository.
    private static let limitBytes = 64 << 10

    static let table = CommandTable("say", "Say something to the agent at work") {
        Positional("id", "The task", .required, .asked("tasks"))
        Positional("text", "The words", .verbatim())
    }
    .discussion(
        """
        The words reach the agent while it works where its protocol allows that; else it is interrupted, and goes on \
        with them.
        """
    )
    .example("orch task say 42 'Leave the tests as they are'", "A word to whoever works on issue 42.")

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let words = context.arguments.values("text").joined(separator: " ")
        guard !words.allSatisfy(\.isWhitespace) else {
            throw UsageError(problem: "there is nothing to say", fix: "`orch task say \(task.key.id) TEXT`")
        }
        guard words.utf8.count <= limitBytes else {
            throw UsageError(
                problem: "that is \(words.utf8.count) bytes long; a message has \(limitBytes) at most",
                fix: "put the text into a file of the repository, and say where it is")
        }
        let run = try context.steering(of: project).say(words, to: task)
        if context.wantsJSON {
            context.print(.object(["id": .string(task.key.id), "run": TaskImage.number(run.id.rawValue)]))
        } else {
            Console.out(
                "Left for run \(run.id.rawValue); `orch task stream \(task.key.id)` shows what comes of it")
        }
        return 0
    }
}
