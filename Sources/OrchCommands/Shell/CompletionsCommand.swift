import Arguments

/// `orch completions`: a script for the shell.
enum CompletionsCommand: Subcommand {
    static let table = CommandTable(
        "completions", "Print what completes orch's words in a shell", group: "This program"
    ) {
        Positional(
            "shell", "Which shell", .required, .oneOf(CompletionScript.Shell.allCases.map(\.rawValue)))
    }
    .example("orch completions bash > ~/.local/share/bash-completion/completions/orch", "For bash.")
    .example("orch completions fish > ~/.config/fish/completions/orch.fish", "For fish.")

    static let answersInJSON = false

    static func run(_ context: Context) throws -> Int32 {
        guard let shell = CompletionScript.Shell(rawValue: context.arguments.required("shell")) else {
            return 2
        }
        Console.raw(CompletionScript.render(CommandTree.root, for: shell))
        return 0
    }
}
