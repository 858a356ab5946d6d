/// A command line that its table does not allow.
package struct ArgumentsError: Error, Equatable {
    package enum Reason: Sendable, Equatable {
        /// `suggestion` is a whole command, program included.
        case unknownCommand(String, suggestion: String?)
        /// The words end at a command that only groups others.
        case missingCommand
        /// Both with their dashes. `mayBeArgument`: the command takes arguments, of which it could be one.
        case unknownOption(String, suggestion: String?, mayBeArgument: Bool = false)
        case missingValue(option: String, valueName: String)
        /// `--flag=value`.
        case unexpectedValue(flag: String, value: String)
        case missingArgument(String)
        /// `isSurplus`: the command does take arguments, but fewer.
        case unexpectedArgument(String, isSurplus: Bool)
        /// `of` is the option with its dashes, or the argument in capitals.
        case invalidValue(String, of: String, accepted: String, suggestion: String?)
    }

    package let reason: Reason
    /// The command that was being read, program included: `prog task add`.
    package let command: String
}

extension ArgumentsError {
    /// What is wrong, with the words that were typed.
    package var problem: String {
        switch reason {
        case .unknownCommand(let word, _): "`\(command)` has no command \(Self.quoted(word))"
        case .missingCommand: "`\(command)` needs a command"
        case .unknownOption(let option, _, _): "`\(command)` has no option \(Self.quoted(option))"
        case .missingValue(let option, let name): "option `\(option)` needs a value, \(name)"
        case .unexpectedValue(let flag, let value):
            "`\(flag)` takes no value, but was given \(Self.quoted(value))"
        case .missingArgument(let name): "`\(command)` needs \(name)"
        case .unexpectedArgument(let word, true):
            "`\(command)` has no use for another argument, \(Self.quoted(word))"
        case .unexpectedArgument(let word, false):
            "`\(command)` takes no argument, but was given \(Self.quoted(word))"
        case .invalidValue(let value, let subject, let accepted, _):
            "\(Self.quoted(value)) does not fit `\(subject)`: expected \(accepted)"
        }
    }

    /// What to type instead.
    package var fix: String {
        let help = "see `\(command) --help`"
        return switch reason {
        case .unknownCommand(_, let meant?), .unknownOption(_, let meant?, _): "did you mean `\(meant)`?"
        case .unknownCommand(_, nil), .missingCommand, .missingArgument, .unexpectedArgument(_, false),
            .unknownOption(_, nil, mayBeArgument: false):
            help
        case .unknownOption(let option, nil, mayBeArgument: true):
            "\(help); if it is an argument, type `-- \(Self.excerpt(option))`"
        case .missingValue(let option, let name):
            "type `\(option)\(option.hasPrefix("--") ? "=" : " ")\(name)`; \(help)"
        case .unexpectedValue(let flag, _): "type `\(flag)` alone"
        case .unexpectedArgument(_, true): "put words that belong together in quotes; \(help)"
        case .invalidValue(_, let subject, _, let meant?) where subject.hasPrefix("-"):
            "did you mean `\(subject) \(meant)`?"
        case .invalidValue(_, _, _, let meant?): "did you mean `\(meant)`?"
        case .invalidValue: help
        }
    }

    /// In characters; what was typed may be a whole file by mistake.
    private static let longestExcerpt = 80

    private static func quoted(_ text: String) -> String { "“\(excerpt(text))”" }

    /// On one line, without what would steer a terminal.
    private static func excerpt(_ text: String) -> String {
        let start = text.prefix(longestExcerpt)
        let line = String(
            start.map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? " " : $0 })
        return start.endIndex == text.endIndex ? line : line + "…"
    }
}
