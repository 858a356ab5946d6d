/// A command as a plain value: what is parsed, shown as help, completed and printed as the manual.
///
/// The table is the single source of all four, so they cannot disagree. The root table is the program.
/// Parameters and subcommands are closures: a table that is not chosen costs a few stored pointers at
/// start-up.
///
/// The options of a command that has subcommands hold for every command beneath it, so the options of the
/// root are the global ones. `--help`, `-h`, `--version` and the command `help` exist at every level and are
/// not listed in tables.
package struct CommandTable: Sendable {
    package let name: String
    package let aliases: [String]
    /// One line without a full stop, shown in the parent's list of commands.
    package let abstract: String
    /// The heading under which the parent's help lists this command; nil means “Commands”.
    package let group: String?
    /// Paragraphs set apart by empty lines; a line that begins with a space is kept as it is.
    package private(set) var discussion = ""
    package private(set) var isHidden = false
    package private(set) var examples: [Definition] = []
    package private(set) var exitStatuses: [Definition] = []
    package private(set) var environment: [Definition] = []
    package private(set) var files: [Definition] = []

    let makeParameters: @Sendable () -> Parameters
    private var makeSubcommands: (@Sendable () -> [CommandTable])?

    package init(
        _ name: String, _ abstract: String, group: String? = nil, aliases: [String] = [],
        @ParametersBuilder parameters: @escaping @Sendable () -> Parameters = { Parameters() }
    ) {
        self.name = name
        self.abstract = abstract
        self.group = group
        self.aliases = aliases
        makeParameters = parameters
    }

    /// Asked for once a level by the parser; in table order.
    package var subcommands: [CommandTable] { makeSubcommands?() ?? [] }

    /// A command with subcommands only groups them: it takes options, but no positionals.
    package var isGroup: Bool { makeSubcommands != nil }
}

/// A term and what it means: an example and its explanation, an exit status, a variable, a file.
package struct Definition: Sendable, Equatable {
    package let term: String
    package let meaning: String

    package init(_ term: String, _ meaning: String) {
        self.term = term
        self.meaning = meaning
    }
}

// What a table may say besides its name and parameters.
extension CommandTable {
    package consuming func subcommands(_ make: @escaping @Sendable () -> [CommandTable]) -> CommandTable {
        makeSubcommands = make
        return self
    }

    package consuming func discussion(_ text: String) -> CommandTable {
        discussion = text
        return self
    }

    /// `command` is a whole shell line, program included; `defects()` parses it.
    package consuming func example(_ command: String, _ explanation: String) -> CommandTable {
        examples.append(Definition(command, explanation))
        return self
    }

    package consuming func exitStatus(_ code: Int, _ meaning: String) -> CommandTable {
        exitStatuses.append(Definition("\(code)", meaning))
        return self
    }

    /// A variable for the manual; those named by options are listed there anyway.
    package consuming func environment(_ variable: String, _ meaning: String) -> CommandTable {
        environment.append(Definition(variable, meaning))
        return self
    }

    package consuming func file(_ path: String, _ meaning: String) -> CommandTable {
        files.append(Definition(path, meaning))
        return self
    }

    /// Parsed as ever, but left out of help, completions, suggestions and the manual.
    package consuming func hidden() -> CommandTable {
        isHidden = true
        return self
    }
}
