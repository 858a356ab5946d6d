// What a test asks of a program's table; nothing here runs in production.
extension CommandTable {
    /// Mistakes in this program's table and in the tables beneath it, a sentence each; empty for a sound one.
    ///
    /// Examples are parsed: help that shows what the parser refuses is a mistake too.
    package func defects() -> [String] {
        let root = CommandPath(self)
        let all = [root] + root.descendants
        return all.flatMap { path in path.defects().map { "`\(path.text)`: \($0)" } }
            + all.flatMap(exampleDefects)
    }

    private func exampleDefects(_ path: CommandPath) -> [String] {
        path.command.examples.flatMap { example in
            ShellWords.commands(in: example.term).filter { $0.first == name }.compactMap { command in
                do throws(ArgumentsError) {
                    _ = try parse(Array(command.dropFirst()))
                    return nil
                } catch {
                    return "`\(path.text)`: example `\(example.term)`: \(error.problem)"
                }
            }
        }
    }
}

extension CommandPath {
    /// Every command beneath, hidden ones too.
    fileprivate var descendants: [CommandPath] {
        command.subcommands.flatMap { table in
            let path = appending(table)
            return [path] + path.descendants
        }
    }

    fileprivate func defects() -> [String] { commandDefects + optionDefects + positionalDefects }

    private var commandDefects: [String] {
        let names = command.subcommands.flatMap { [$0.name] + $0.aliases }
        var found = Self.repeated(names).map { "two commands are named “\($0)”" }
        found += ([command.name] + command.aliases).filter { !Self.isName($0) }.map {
            "“\($0)” is no command name"
        }
        if names.contains("help") { found.append("the command `help` is built in") }
        if command.isGroup, names.isEmpty { found.append("a group without commands") }
        if command.isGroup, !positionals.isEmpty {
            found.append("a group of commands cannot take positionals")
        }
        if command.abstract.isEmpty || command.abstract.hasSuffix(".") {
            found.append("the abstract is one line without a full stop")
        }
        return found
    }

    private var optionDefects: [String] {
        let options = ownOptions + inheritedOptions + (tables.count == 1 ? [] : [.version])
        let spellings = options.flatMap(\.spellings)
        var found = Self.repeated(spellings).map { "`\($0)` stands for two options" }
        found += options.filter { !Self.isName($0.long) }.map { "“\($0.long)” is no option name" }
        found += options.compactMap(\.short).filter { $0 == "-" || $0 == "=" || !$0.isASCII }.map {
            "no short option can be “\($0)”"
        }
        for option in options {
            guard let kind = option.valueKind else { continue }
            if case .value(let text)? = option.fallback, !kind.accepts(text) {
                found.append("`--\(option.long)` refuses its default “\(text)”")
            }
            if kind == .oneOf([]) { found.append("`--\(option.long)` accepts nothing") }
        }
        return found
    }

    private var positionalDefects: [String] {
        let names = (ownOptions + inheritedOptions).map(\.long) + positionals.map(\.name)
        var found = Self.repeated(names).map { "“\($0)” names two parameters" }
        if positionals.dropLast().contains(where: \.takesMany) {
            found.append("only the last positional can repeat")
        }
        for (earlier, later) in zip(positionals, positionals.dropFirst())
        where earlier.minimum < later.minimum {
            found.append("the required \(later.displayName) follows the optional \(earlier.displayName)")
        }
        return found
    }

    /// Lower-case letters, digits and dashes; completions and the manual rely on it.
    private static func isName(_ word: String) -> Bool {
        guard let first = word.first, first != "-" else { return false }
        return word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-" || $0 == "_") }
    }

    private static func repeated(_ names: [String]) -> [String] {
        var known: Set<String> = []
        return names.filter { !known.insert($0).inserted }
    }
}
