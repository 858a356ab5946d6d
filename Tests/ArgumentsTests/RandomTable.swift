import KitTesting

@testable import Arguments

/// Makes sound tables, and for each command lines with what they must be read as.
struct RandomTable {
    var generator: SeededGenerator
    private var lastNumber = 0

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func program() -> CommandTable { table(depth: 0) }

    private mutating func table(depth: Int) -> CommandTable {
        let isGroup = depth < 2 && generator.chance(depth == 0 ? 80 : 40)
        var parameters = Parameters()
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            parameters.options.append(option(depth: depth, index: parameters.options.count))
        }
        if !isGroup { parameters.positionals = positionals() }
        let fixed = parameters
        let table = CommandTable(name(), words(3), group: generator.chance(50) ? name() : nil) { fixed }
            .discussion("\(words(30))\n\n\(words(9))").example("x", words(12)).exitStatus(2, words(12))
        guard isGroup else { return table }
        let subcommands = (0...Int.random(in: 0...4, using: &generator)).map { _ in
            self.table(depth: depth + 1)
        }
        return table.subcommands { subcommands }
    }

    /// Short letters differ by level and place, since a command inherits those above.
    private mutating func option(depth: Int, index: Int) -> Option {
        let letters = Array("abcdefgijklmnopq")
        let short = generator.chance(60) ? letters[depth * 5 + index] : nil
        switch Int.random(in: 0...4, using: &generator) {
        case 0: return Flag(name(), short: short, words(8)).option
        case 1: return Flag(name(), short: short, words(8)).negatable().option
        case 2: return Option(name(), short: short, "N", words(8), .integer(-50...50))
        case 3: return Option(name(), short: short, "CHOICE", words(8), .oneOf(["red", "green"]))
        default: return Option(name(), short: short, name().uppercased(), words(20)).repeatable()
        }
    }

    private mutating func positionals() -> [Positional] {
        let required = (0..<Int.random(in: 0...2, using: &generator)).map { _ in Positional(name(), words(9))
        }
        return switch Int.random(in: 0...3, using: &generator) {
        case 0: required
        case 1: required + [Positional(name(), words(9), .optional)]
        case 2: required + [Positional(name(), words(9), .repeating())]
        default: required + [Positional(name(), words(9), .verbatim(atLeast: 0))]
        }
    }

    /// Never the same twice, never like a built-in one.
    private mutating func name() -> String {
        lastNumber += 1
        let syllables = ["ka", "lo", "mi", "nu", "re"]
        let start = (0...Int.random(in: 0...3, using: &generator)).map { _ in
            syllables[Int.random(in: 0..<syllables.count, using: &generator)]
        }
        return "\(start.joined())-\(lastNumber)"
    }

    private mutating func words(_ most: Int) -> String {
        (0..<Int.random(in: 1...most, using: &generator)).map { _ in
            String(
                repeating: "w", count: Int.random(in: 1...(generator.chance(5) ? 60 : 9), using: &generator))
        }.joined(separator: " ")
    }
}

/// A command line and what it means.
struct RandomLine {
    private(set) var words: [String] = []
    private(set) var path: CommandPath
    private(set) var settings: [String: Bool] = [:]
    private(set) var values: [String: [String]] = [:]

    init(_ program: CommandTable, using generator: inout SeededGenerator) {
        path = CommandPath(program)
        addOptions(using: &generator)
        while path.command.isGroup {
            let subcommands = path.command.subcommands
            let table = subcommands[Int.random(in: 0..<subcommands.count, using: &generator)]
            words.append(table.name)
            path = path.appending(table)
            addOptions(using: &generator)
        }
        addPositionals(using: &generator)
    }

    private mutating func addOptions(using generator: inout SeededGenerator) {
        for option in path.ownOptions + path.inheritedOptions where option != .help && option != .version {
            if generator.chance(40) { add(option, using: &generator) }
        }
    }

    private mutating func add(_ option: Option, using generator: inout SeededGenerator) {
        guard let kind = option.valueKind else {
            let isNegated = option.isNegatable && generator.chance(50)
            settings[option.long] = !isNegated
            let spellings = option.spellings.filter { $0.hasPrefix("--no-") == isNegated }
            return words.append(spellings[Int.random(in: 0..<spellings.count, using: &generator)])
        }
        let value = value(of: kind, using: &generator)
        values[option.long, default: []].append(value)
        switch (option.short, Int.random(in: 0...3, using: &generator)) {
        case (let short?, 0): words += ["-\(short)", value]
        case (let short?, 1) where !value.isEmpty: words.append("-\(short)\(value)")
        case (_, 2): words += ["--\(option.long)", value]
        default: words.append("--\(option.long)=\(value)")
        }
    }

    private func value(of kind: ValueKind, using generator: inout SeededGenerator) -> String {
        switch kind {
        case .integer(let range): "\(Int.random(in: range, using: &generator))"
        case .oneOf(let choices): choices[Int.random(in: 0..<choices.count, using: &generator)]
        default:
            ["", "-", "word", "two words", "=", "--odd=x", "-5", "-Z", "é…"].randomElement(using: &generator)
                ?? ""
        }
    }

    private mutating func addPositionals(using generator: inout SeededGenerator) {
        var onlyArguments = false
        for positional in path.positionals {
            let count = positional.takesMany ? Int.random(in: positional.minimum...4, using: &generator) : 1
            guard positional.minimum > 0 || generator.chance(60) else { return }
            for index in 0..<count {
                if positional.isVerbatim, !onlyArguments {
                    if index == 0 { words.append("--") }
                } else if !onlyArguments, generator.chance(30) {
                    words.append("--")
                    onlyArguments = true
                } else if !onlyArguments {
                    addOptions(using: &generator)
                }
                let isFree = onlyArguments || positional.isVerbatim
                let choices =
                    isFree ? ["--help", "-x", "--", "help", "a b"] : ["", "-", "word", "-5", "-.5", "help"]
                let word = choices.randomElement(using: &generator) ?? ""
                values[positional.name, default: []].append(word)
                words.append(word)
            }
        }
        if !onlyArguments, !path.positionals.contains(where: \.isVerbatim) { addOptions(using: &generator) }
    }
}
