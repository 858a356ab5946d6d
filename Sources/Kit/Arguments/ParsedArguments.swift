/// A command line that fits its table. Options and positionals are asked for by their names in the table.
///
/// To ask for a name that the command's table, or one above it, does not have is a programming mistake and
/// traps.
package struct ParsedArguments: Sendable {
    struct Given: Sendable, Equatable {
        enum What: Sendable, Equatable {
            case flagged
            case negated
            case value(String)
        }

        let name: String
        let what: What
    }

    /// The chosen command and those above it.
    package let commandPath: CommandPath
    /// In the order typed.
    let given: [Given]

    init(path: CommandPath, given: [Given]) {
        commandPath = path
        self.given = given
    }

    /// The names of the chosen command, program excluded and aliases resolved: `["task", "add"]`.
    package var path: [String] { commandPath.names }

    /// Whether the flag was given, and not negated after that.
    package func flag(_ name: String) -> Bool { setting(name) ?? false }

    /// nil when neither `--NAME` nor `--no-NAME` was given; the last of them wins.
    package func setting(_ name: String) -> Bool? {
        requireFlag(name)
        return given.last { $0.name == name }.map { $0.what == .flagged }
    }

    /// How often the flag was given.
    package func count(_ name: String) -> Int {
        requireFlag(name)
        return given.count { $0.name == name && $0.what == .flagged }
    }

    /// The last value given, else the option's default value, else nil.
    package func value(_ name: String) -> String? { values(name).last }

    /// All values in the order given; the default value where none was.
    package func values(_ name: String) -> [String] {
        let fallback = requireValued(name)
        let values = given.compactMap {
            if $0.name == name, case .value(let text) = $0.what { text } else { nil }
        }
        return values.isEmpty ? fallback : values
    }

    /// The value of a required positional, or of an option with a default value.
    package func required(_ name: String) -> String {
        guard let value = value(name) else { preconditionFailure("its table does not require “\(name)”") }
        return value
    }

    /// For the kind `.integer`; nil when not given.
    package func integer(_ name: String) -> Int? {
        value(name).map { text in
            guard let number = Int(text) else {
                preconditionFailure("“\(name)” is not an integer in its table")
            }
            return number
        }
    }

    /// For the kind `.duration`; nil when not given.
    package func duration(_ name: String) -> Duration? {
        value(name).map { text in
            guard let length = Duration(spelled: text) else {
                preconditionFailure("“\(name)” is not a duration in its table")
            }
            return length
        }
    }

    private func requireFlag(_ name: String) {
        let isKnown = commandPath.option { $0.long == name }?.isFlag == true
        precondition(isKnown, "`\(commandPath.text)` has no flag “\(name)”")
    }

    /// Returns the default as a list.
    private func requireValued(_ name: String) -> [String] {
        if commandPath.positionals.contains(where: { $0.name == name }) { return [] }
        let option = commandPath.option { $0.long == name && !$0.isFlag }
        precondition(option != nil, "`\(commandPath.text)` has no value “\(name)”")
        if case .value(let text)? = option?.fallback { return [text] }
        return []
    }
}
