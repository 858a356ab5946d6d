import Arguments
import OrchAdapters

/// `orch config`: what is configured, whether it is right, and changing it.
enum ConfigCommands {
    static let table = CommandTable(
        "config", "Read, check and change the configuration", group: "Setting up"
    )
    .discussion("`orch config KEY` is short for `orch config get KEY`.")
    .example("orch config get workflow.max_attempts", "What counts here.")

    static let members: [any Subcommand.Type] = [
        ConfigGetCommand.self, ConfigSetCommand.self, ConfigUnsetCommand.self, ConfigCheckCommand.self,
    ]

    /// v0's way to ask, `orch config KEY`, in the words of the table: a group of commands takes no argument
    /// itself. A word that looks like no key is left to the parser, which knows what was probably meant.
    static func expanded(_ words: [String]) -> [String] {
        let start = afterOptions(in: words[...])
        guard start.first == table.name else { return words }
        let rest = afterOptions(in: start.dropFirst())
        guard let key = rest.first, !key.hasPrefix("-"), key.contains(".") || ConfigTable.isKnown(key)
        else { return words }
        return Array(words[..<rest.startIndex]) + [ConfigGetCommand.table.name] + rest
    }

    /// What follows the options that every command takes.
    private static func afterOptions(in words: ArraySlice<String>) -> ArraySlice<String> {
        switch words.first {
        case "--json": afterOptions(in: words.dropFirst())
        case "-p", "--project": afterOptions(in: words.dropFirst(2))
        case let word? where word.hasPrefix("--project="): afterOptions(in: words.dropFirst())
        default: words
        }
    }
}
