import Arguments

/// A program with a bit of everything, for the tests of all that is made from tables.
enum Sample {
    static let program = CommandTable("prog", "Run coding agents on a schedule") {
        Option("project", short: "p", "DIR", "Act on the project in DIR", .directory)
            .environment("PROG_PROJECT").defaulting(to: .described("the current directory"))
        Flag("color", "Colour the output").negatable()
        Flag("verbose", short: "v", "Tell more").repeatable()
        Flag("trace", "Print the trace").hidden()
    }
    .discussion(
        """
        Every few seconds a timer runs `prog tick`,
        which does what is due.

        A crontab line would be

          * * * * *  prog tick

        .progrc is not read.
        """
    )
    .environment("PROG_HOME", "Where the state is kept.")
    .file("~/.prog/config.yml", "The configuration.")
    .exitStatus(0, "done, or nothing to do")
    .exitStatus(2, "wrong usage")
    .example("prog -v tick", "One round, with details.")
    .subcommands {
        [
            task, tick, exec, show,
            CommandTable("install-timer", "Install the timer", group: "Setup"),
            CommandTable("internal", "Talk to itself").hidden(),
        ]
    }

    static let task = CommandTable("task", "Work with tasks", group: "Tasks", aliases: ["t"]) {
        Option("backend", "NAME", "Where tasks are kept", .oneOf(["github", "local"]))
    }
    .subcommands { [add, list, remove, say] }

    static let add = CommandTable("add", "Record a task") {
        Positional("title", "What is to be done, in a line")
        Positional("body", "The details", .optional)
        Option("label", short: "l", "LABEL", "Label the task", .asked("labels")).repeatable()
        Option("agent", "AGENT", "Who does it", .oneOf(["claude", "codex", "it's me"]))
            .defaulting(to: .value("claude"))
        Option("model", "MODEL", "With which model", .suggested(["opus:latest", "opus:small", "sonnet"]))
        Option("attempts", short: "a", "N", "Try so often", .integer(1...9))
        Option("timeout", "TIME", "Stop it after that", .duration(.seconds(1) ... .seconds(86_400)))
            .defaulting(to: .value("30m"))
        Option("attach", "FILE", "Add the text of FILE", .file)
        Flag("dry-run", short: "n", "Only print what would be done")
    }
    .example("prog task add 'Fix the login' --label bug | tee log", "A task with a label.")

    static let list = CommandTable("list", "Show tasks", aliases: ["ls"]) {
        Flag("json", "Print JSON")
        Flag("all", short: "a", "Finished ones, too")
    }

    static let remove = CommandTable("rm", "Remove tasks") {
        Positional("id", "A task", .repeating(), .asked("tasks"))
    }

    static let say = CommandTable("say", "Speak to an agent") {
        Positional("id", "The task", .required, .asked("tasks"))
        Positional("word", "The message", .verbatim())
    }

    static let tick = CommandTable("tick", "Do what is due", group: "Rounds")

    static let exec = CommandTable("exec", "Run a command as an agent would") {
        Flag("quiet", short: "q", "Say nothing")
        Positional("command", "The command and its arguments", .verbatim(atLeast: 0), .file)
    }

    static let show = CommandTable("show", "Print files") {
        Positional("format", "How", .required, .oneOf(["plain", "pretty"]))
        Positional("file", "What", .repeating(atLeast: 0), .file)
    }

    /// Reads a line of words without quotes.
    static func parse(_ line: String) throws(ArgumentsError) -> Invocation {
        try program.parse(line.split(separator: " ").map(String.init))
    }

    /// For lines that run a command.
    static func arguments(_ line: String) throws -> ParsedArguments {
        try arguments(line.split(separator: " ").map(String.init))
    }

    static func arguments(_ words: [String]) throws -> ParsedArguments {
        guard case .command(let arguments) = try program.parse(words) else { throw NotACommand(words: words) }
        return arguments
    }

    struct NotACommand: Error {
        let words: [String]
    }
}
