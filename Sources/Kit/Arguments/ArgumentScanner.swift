/// Walks over the words once, from left to right.
struct ArgumentScanner {
    private let words: [String]
    private var next = 0
    private var path: CommandPath
    private var given: [ParsedArguments.Given] = []
    /// How many words the positional at `slot` has taken.
    private var taken = 0
    private var slot = 0
    /// `--` was seen: no word is an option any more.
    private var onlyArguments = false
    /// The word `help` was seen: commands are walked to be explained, not run.
    private var explains = false

    init(_ program: CommandTable, _ words: [String]) {
        path = CommandPath(program)
        self.words = words
    }

    mutating func scan() throws(ArgumentsError) -> Invocation {
        while next < words.count {
            let word = words[next]
            next += 1
            if let answer = try take(word) { return answer }
        }
        if explains { return .help(path) }
        try requireComplete()
        return .command(ParsedArguments(path: path, given: given))
    }

    /// Answers early for `--help` and `--version`.
    private mutating func take(_ word: String) throws(ArgumentsError) -> Invocation? {
        if onlyArguments || word == "-" || !word.hasPrefix("-") || isNumber(word) {
            try takeArgument(word)
            return nil
        }
        if word == "--" {
            onlyArguments = true
            return nil
        }
        return word.hasPrefix("--") ? try takeLong(word.dropFirst(2)) : try takeShorts(word.dropFirst())
    }

    /// `-5`, `-.5`: a number, unless the table has an option of that digit.
    private func isNumber(_ word: String) -> Bool {
        // Double reads “-inf” and “-nan” as well.
        guard let first = word.dropFirst().first, first == "." || first.isNumber, Double(word) != nil else {
            return false
        }
        return path.option { $0.short == first } == nil
    }

    private func failure(_ reason: ArgumentsError.Reason) -> ArgumentsError {
        ArgumentsError(reason: reason, command: path.text)
    }
}

// Options.
extension ArgumentScanner {
    private mutating func takeLong(_ body: Substring) throws(ArgumentsError) -> Invocation? {
        let name = body.prefix { $0 != "=" }
        let attached = name.endIndex < body.endIndex ? String(body[name.endIndex...].dropFirst()) : nil
        let spelling = "--\(name)"
        if let option = path.option(where: { $0.long == name }) {
            return try use(option, spelling, attached)
        }
        if name.hasPrefix("no-"),
            let option = path.option(where: { $0.isNegatable && $0.long == name.dropFirst(3) })
        {
            try refuse(attached, after: spelling)
            given.append(.init(name: option.long, what: .negated))
            return nil
        }
        throw unknownOption(spelling, like: spelling)
    }

    /// One or more flags, the last of which may be an option with its value attached or following.
    private mutating func takeShorts(_ body: Substring) throws(ArgumentsError) -> Invocation? {
        var rest = body
        while let letter = rest.popFirst() {
            guard let option = path.option(where: { $0.short == letter }) else {
                throw unknownOption("-\(letter)", like: "-\(body)")
            }
            let attached = option.isFlag || rest.isEmpty ? nil : String(rest)
            if let answer = try use(option, "-\(letter)", attached) { return answer }
            if attached != nil { break }
        }
        return nil
    }

    /// - Parameter typed: what a suggestion is looked for by.
    private func unknownOption(_ spelling: String, like typed: String) -> ArgumentsError {
        failure(
            .unknownOption(
                spelling, suggestion: path.suggestedOption(for: typed),
                mayBeArgument: !path.positionals.isEmpty))
    }

    private mutating func use(
        _ option: Option, _ spelling: String, _ attached: String?
    ) throws(ArgumentsError) -> Invocation? {
        guard case .value(let valueName, let kind) = option.form else {
            try refuse(attached, after: spelling)
            if option == .help { return .help(path) }
            if option == .version { return .version }
            given.append(.init(name: option.long, what: .flagged))
            return nil
        }
        guard let value = attached ?? followingValue() else {
            throw failure(.missingValue(option: spelling, valueName: valueName))
        }
        try check(value, kind, of: spelling)
        given.append(.init(name: option.long, what: .value(value)))
        return nil
    }

    private func refuse(_ attached: String?, after flag: String) throws(ArgumentsError) {
        if let attached { throw failure(.unexpectedValue(flag: flag, value: attached)) }
    }

    /// The next word, dashes or not (“- item” is a fine text), unless it is an option of this very command:
    /// then the value was forgotten. `--option=--other` says otherwise.
    private mutating func followingValue() -> String? {
        guard next < words.count else { return nil }
        let word = words[next]
        let isOption = word == "--" || path.option { $0.spellings.contains(word) } != nil
        guard !isOption else { return nil }
        next += 1
        return word
    }

    private func check(_ value: String, _ kind: ValueKind, of subject: String) throws(ArgumentsError) {
        guard !kind.accepts(value) else { return }
        let suggestion = kind.suggestion(for: value)
        throw failure(.invalidValue(value, of: subject, accepted: kind.accepted, suggestion: suggestion))
    }
}

// Commands and positionals.
extension ArgumentScanner {
    private mutating func takeArgument(_ word: String) throws(ArgumentsError) {
        if path.command.isGroup { return try descend(to: word) }
        guard slot < path.positionals.count, !explains else {
            throw failure(.unexpectedArgument(word, isSurplus: slot > 0 && !explains))
        }
        let positional = path.positionals[slot]
        try fill(positional, with: word)
        if positional.isVerbatim {
            while next < words.count {
                try fill(positional, with: words[next])
                next += 1
            }
        }
    }

    private mutating func descend(to word: String) throws(ArgumentsError) {
        if let table = path.subcommand(word) {
            path = path.appending(table)
        } else if word == "help" {
            explains = true
        } else {
            throw failure(.unknownCommand(word, suggestion: path.suggestedCommand(for: word)))
        }
    }

    private mutating func fill(_ positional: Positional, with word: String) throws(ArgumentsError) {
        try check(word, positional.kind, of: positional.displayName)
        given.append(.init(name: positional.name, what: .value(word)))
        taken += 1
        guard !positional.takesMany else { return }
        slot += 1
        taken = 0
    }

    private func requireComplete() throws(ArgumentsError) {
        if path.command.isGroup { throw failure(.missingCommand) }
        guard slot < path.positionals.count, taken < path.positionals[slot].minimum else { return }
        throw failure(.missingArgument(path.positionals[slot].displayName))
    }
}
