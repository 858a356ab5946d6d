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
        Positional("text", "The words; `-` alone reads them from standard input", .verbatim())
    }
    .discussion(
        """
        The words reach the agent while it works where its protocol allows that; else it is interrupted, and goes on \
        with them.
        """
    )
    .example("orch task say 42 'Leave the tests as they are'", "A word to whoever works on issue 42.")
    .example("orch task say 42 - < remarks.md", "More than fits a command line.")

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let given = context.arguments.values("text")
        // One more than is allowed shows that it is too long.
        let words =
            given == ["-"]
            ? try TypedText.read(limitBytes: limitBytes + 2) : given.joined(separator: " ")
        guard !words.allSatisfy(\.isWhitespace) else {
            throw UsageError(problem: "there is nothing to say", fix: "`orch task say \(task.key.id) TEXT`")
        }
        guard words.utf8.count <= limitBytes else {
            throw UsageError(
                problem: "that is \(words.utf8.count) bytes long; a message has \(limitBytes) at most",
                fix: "put the text into a file of the repository, and say where it is")
        }
        let run = try context.steering(of: project).say(words, to: task, request: context.request)
        if context.wantsJSON {
            context.print(.object(["id": .string(task.key.id), "run": TaskImage.number(run.id.rawValue)]))
        } else {
            Console.out(
                "Left for run \(run.id.rawValue); `orch task stream \(task.key.id)` shows what comes of it")
        }
        return 0
    }
}
