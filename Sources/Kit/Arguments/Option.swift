/// An option with a value, `--project DIR`, or a flag, `--json`.
package struct Option: Sendable, Equatable {
    /// What follows the option on the command line.
    package enum Form: Sendable, Equatable {
        case flag(isNegatable: Bool)
        case value(name: String, kind: ValueKind)
    }

    /// What holds when the option is absent.
    package enum Default: Sendable, Equatable {
        /// `ParsedArguments` answers with it.
        case value(String)
        /// Told in words only: the command works it out.
        case described(String)
    }

    /// Without the dashes; also the name `ParsedArguments` is asked for.
    package let long: String
    package let short: Character?
    package let help: String
    package fileprivate(set) var form: Form
    package private(set) var fallback: Default?
    package private(set) var environment: String?
    package private(set) var isRepeatable = false
    package private(set) var isHidden = false

    package init(
        _ long: String, short: Character? = nil, _ valueName: String, _ help: String,
        _ kind: ValueKind = .text
    ) {
        self.init(long, short, help, .value(name: valueName, kind: kind))
    }

    fileprivate init(_ long: String, _ short: Character?, _ help: String, _ form: Form) {
        self.long = long
        self.short = short
        self.help = help
        self.form = form
    }

    /// Every occurrence counts; without this the last one wins.
    package consuming func repeatable() -> Option {
        isRepeatable = true
        return self
    }

    package consuming func defaulting(to fallback: Default) -> Option {
        self.fallback = fallback
        return self
    }

    /// The variable that help names as another way to set this; reading it is the caller's part.
    package consuming func environment(_ variable: String) -> Option {
        environment = variable
        return self
    }

    package consuming func hidden() -> Option {
        isHidden = true
        return self
    }
}

extension Option {
    static let help = Flag("help", short: "h", "Show this help").option
    static let version = Flag("version", "Show the version").option

    var isFlag: Bool { valueKind == nil }

    var isNegatable: Bool { form == .flag(isNegatable: true) }

    var valueKind: ValueKind? {
        if case .value(_, let kind) = form { kind } else { nil }
    }

    var valueName: String? {
        if case .value(let name, _) = form { name } else { nil }
    }

    /// All that may be typed for it: `-c`, `--color`, `--no-color`.
    var spellings: [String] {
        (short.map { ["-\($0)"] } ?? []) + ["--\(long)"] + (isNegatable ? ["--no-\(long)"] : [])
    }
}

/// An option without a value.
package struct Flag: Sendable {
    package private(set) var option: Option

    package init(_ long: String, short: Character? = nil, _ help: String) {
        option = Option(long, short, help, .flag(isNegatable: false))
    }

    /// `--no-NAME` is understood too; `ParsedArguments.setting` tells given, negated and absent apart.
    package consuming func negatable() -> Flag {
        option.form = .flag(isNegatable: true)
        return self
    }

    /// Counted: `-vv`.
    package consuming func repeatable() -> Flag {
        option = option.repeatable()
        return self
    }

    package consuming func hidden() -> Flag {
        option = option.hidden()
        return self
    }
}
