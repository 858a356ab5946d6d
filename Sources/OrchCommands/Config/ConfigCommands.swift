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
        guard words.count >= 2, words[0] == table.name, !words[1].hasPrefix("-"),
            words[1].contains(".") || ConfigTable.isKnown(words[1])
        else { return words }
        return [words[0], ConfigGetCommand.table.name] + words.dropFirst()
    }
}
