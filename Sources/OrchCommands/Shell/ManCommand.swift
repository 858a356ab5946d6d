import Arguments

/// `orch man`: the manual page.
enum ManCommand: Subcommand {
    static let table = CommandTable("man", "Print the manual page, for man(1) to show", group: "This program")
        .example("orch man | man -l -", "Read it.")

    static let answersInJSON = false

    static func run(_ context: Context) throws -> Int32 {
        Console.raw(ManPage.render(CommandTree.root, version: Program.version, date: Program.releaseDate))
        return 0
    }
}
