/// What a shell must know to complete a program's command lines, as rows of look-up tables.
///
/// All shells walk over the words alike, keeping the command reached so far, `at` (`task add`, empty for the
/// program itself), and look up `at/word`.
struct CompletionModel {
    /// Matches the keys that are `start`, then any text if `isOpen`, then `end`.
    struct Key: Equatable {
        var start: String
        var isOpen = false
        var end = ""
    }

    struct Row<Value> {
        let keys: [Key]
        let value: Value
    }

    struct Candidate: Equatable {
        let word: String
        let meaning: String
    }

    let program: String
    /// `at/word` → the command reached by that word.
    private(set) var commands: [Row<String>] = []
    /// `at/help`: reaches nothing, but is no argument either.
    private(set) var helpKeys: [Key] = []
    /// `at/--option` → what its value is; flags are absent.
    private(set) var values: [Row<ValueKind>] = []
    /// `at/number of arguments before` → what the argument is.
    private(set) var arguments: [Row<ValueKind>] = []
    /// `at/number of arguments`: with so many, all further words are arguments.
    private(set) var verbatimKeys: [Key] = []
    /// `at` → the commands beneath.
    private(set) var commandCandidates: [Row<[Candidate]>] = []
    /// `at` → the options there.
    private(set) var optionCandidates: [Row<[Candidate]>] = []

    init(_ program: CommandTable) {
        self.program = program.name
        let root = CommandPath(program)
        for path in [root] + root.visibleDescendants {
            let at = path.names.joined(separator: " ")
            add(commandsOf: path, at: at)
            add(optionsOf: path, at: at)
            add(argumentsOf: path, at: at)
        }
    }

    private mutating func add(commandsOf path: CommandPath, at: String) {
        guard path.command.isGroup else { return }
        let visible = path.command.subcommands.filter { !$0.isHidden }
        for table in visible {
            let keys = ([table.name] + table.aliases).map { Key(start: "\(at)/\($0)") }
            commands.append(Row(keys: keys, value: path.appending(table).names.joined(separator: " ")))
        }
        helpKeys.append(Key(start: "\(at)/help"))
        let candidates = visible.map { Candidate(word: $0.name, meaning: $0.abstract) }
        let help = Candidate(word: "help", meaning: "Tell more about a command")
        commandCandidates.append(Row(keys: [Key(start: at)], value: candidates + [help]))
    }

    private mutating func add(optionsOf path: CommandPath, at: String) {
        let visible = (path.ownOptions + path.inheritedOptions).filter { !$0.isHidden }
        let candidates = visible.flatMap { option in
            option.spellings.map { Candidate(word: $0, meaning: option.help) }
        }
        optionCandidates.append(Row(keys: [Key(start: at)], value: candidates))
        for option in path.ownOptions {
            guard let kind = option.valueKind else { continue }
            let keys = option.spellings.flatMap { Self.keys(at: at, isGroup: path.command.isGroup, word: $0) }
            values.append(Row(keys: keys, value: kind))
        }
    }

    /// Options of a group hold for the commands beneath it, too.
    private static func keys(at: String, isGroup: Bool, word: String) -> [Key] {
        guard isGroup else { return [Key(start: "\(at)/\(word)")] }
        guard !at.isEmpty else { return [Key(start: "", isOpen: true, end: "/\(word)")] }
        return [Key(start: "\(at)/\(word)"), Key(start: "\(at) ", isOpen: true, end: "/\(word)")]
    }

    private mutating func add(argumentsOf path: CommandPath, at: String) {
        for (index, positional) in path.positionals.enumerated() {
            let key = positional.takesMany ? Key(start: "\(at)/", isOpen: true) : Key(start: "\(at)/\(index)")
            arguments.append(Row(keys: [key], value: positional.kind))
            if positional.isVerbatim { verbatimKeys.append(Key(start: "\(at)/\(index + 1)")) }
        }
    }
}
