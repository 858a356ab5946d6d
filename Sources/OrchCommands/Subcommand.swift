import Arguments

/// A command: how it is spelled and explained, and what it does. One without the other does not compile.
protocol Subcommand: SendableMetatype {
    static var table: CommandTable { get }

    /// Whether it has an answer for scripts; one that has none refuses `--json`.
    static var answersInJSON: Bool { get }

    /// - Returns: the exit status.
    static func run(_ context: Context) throws -> Int32
}

extension Subcommand {
    static var answersInJSON: Bool { true }
}

/// An entry of the program's first level.
enum CommandNode: Sendable {
    case command(any Subcommand.Type)
    case group(CommandTable, @Sendable () -> [any Subcommand.Type])

    var table: CommandTable {
        switch self {
        case .command(let command): command.table
        case .group(let table, let members): table.subcommands { members().map { $0.table } }
        }
    }

    /// - Parameter words: the command's own names, from this level on.
    func command(_ words: ArraySlice<String>) -> (any Subcommand.Type)? {
        switch self {
        case .command(let command):
            return words.count == 1 && words.first == command.table.name ? command : nil
        case .group(let table, let members):
            guard words.count == 2, words.first == table.name else { return nil }
            return members().first { $0.table.name == words.last }
        }
    }
}
