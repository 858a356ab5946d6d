/// The commands from the program down to one of its commands, and so all that holds there.
package struct CommandPath: Sendable {
    /// The program first; never empty.
    package private(set) var tables: [CommandTable]
    /// What each table takes, in the same order.
    private var parameters: [Parameters]

    package init(_ program: CommandTable) {
        tables = [program]
        parameters = [program.makeParameters()]
    }

    /// nil when a name is not that of a command beneath the one before.
    package init?(_ program: CommandTable, _ names: [String]) {
        self.init(program)
        for name in names {
            guard let table = subcommand(name) else { return nil }
            self = appending(table)
        }
    }

    package var command: CommandTable { tables[tables.count - 1] }

    package var program: CommandTable { tables[0] }

    /// The commands' own names, program excluded.
    package var names: [String] { tables.dropFirst().map(\.name) }

    /// As it is typed: `prog task add`.
    package var text: String { tables.map(\.name).joined(separator: " ") }

    var positionals: [Positional] { parameters[parameters.count - 1].positionals }

    /// The command's own options, help included.
    var ownOptions: [Option] {
        parameters[parameters.count - 1].options + [.help] + (tables.count == 1 ? [.version] : [])
    }

    /// Those of the commands above, nearest first.
    var inheritedOptions: [Option] { inheritedLevels.flatMap(\.options) }

    /// The names of the commands above, nearest first, each with its options; nil is the program.
    var inheritedLevels: [(name: String?, options: [Option])] {
        parameters.indices.dropLast().reversed().map { level in
            (level == 0 ? nil : tables[level].name, parameters[level].options)
        }
    }

    func appending(_ table: CommandTable) -> CommandPath {
        var path = self
        path.tables.append(table)
        path.parameters.append(table.makeParameters())
        return path
    }

    /// The command of that name or alias directly beneath.
    func subcommand(_ word: String) -> CommandTable? {
        command.subcommands.first { $0.name == word || $0.aliases.contains(word) }
    }

    func option(where matches: (Option) -> Bool) -> Option? {
        for level in parameters.reversed() {
            if let option = level.options.first(where: matches) { return option }
        }
        return [Option.help, .version].first(where: matches)
    }

    /// What is typed after the program's name to use this command: `prog task add [OPTIONS] TITLE`.
    var usage: String {
        var words = [text]
        if parameters.contains(where: { $0.options.contains { !$0.isHidden } }) { words.append("[OPTIONS]") }
        if command.isGroup { words.append("COMMAND") }
        return (words + positionals.map(\.usage)).joined(separator: " ")
    }

    /// Every visible command beneath, depth first, this one excluded.
    var visibleDescendants: [CommandPath] {
        command.subcommands.filter { !$0.isHidden }.flatMap { table in
            let path = appending(table)
            return [path] + path.visibleDescendants
        }
    }
}

// What somebody probably meant.
extension CommandPath {
    /// The whole path of the command meant by `word`: one beneath this of a similar name, or one deeper of
    /// that very name.
    func suggestedCommand(for word: String) -> String? {
        let visible = command.subcommands.filter { !$0.isHidden }
        let names = visible.flatMap { [$0.name] + $0.aliases }
        if let name = Suggestion.closest(to: word, in: names), let table = subcommand(name) {
            return appending(table).text
        }
        return visibleDescendants.first { $0.command.name == word }?.text
    }

    /// `word` as typed, dashes included.
    func suggestedOption(for word: String) -> String? {
        let visible = (ownOptions + inheritedOptions + [.version]).filter { !$0.isHidden }
        let name = word.drop { $0 == "-" }
        guard name.count > 1 else { return nil }
        // The opposite of what was typed is never what was meant.
        let isNegated = name.hasPrefix("no-")
        let spellings = visible.flatMap(\.spellings).filter {
            $0.hasPrefix("--") && $0.hasPrefix("--no-") == isNegated
        }
        return Suggestion.closest(to: "--" + name, in: spellings)
    }
}
