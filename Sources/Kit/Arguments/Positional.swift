/// An argument known by its place. Its name is what `ParsedArguments` is asked for; help shows it in
/// capitals.
package struct Positional: Sendable, Equatable {
    package enum Count: Sendable, Equatable {
        case required
        case optional
        /// Takes all that is left; only for the last positional.
        case repeating(atLeast: Int = 1)
        /// Takes all that is left as it stands, options included, from its first word or from `--` on; only
        /// for the last positional.
        case verbatim(atLeast: Int = 1)
    }

    package let name: String
    package let help: String
    package let count: Count
    package let kind: ValueKind

    package init(_ name: String, _ help: String, _ count: Count = .required, _ kind: ValueKind = .text) {
        self.name = name
        self.help = help
        self.count = count
        self.kind = kind
    }
}

extension Positional {
    var displayName: String { name.uppercased() }

    var minimum: Int {
        switch count {
        case .required: 1
        case .optional: 0
        case .repeating(let least), .verbatim(let least): least
        }
    }

    var takesMany: Bool {
        switch count {
        case .required, .optional: false
        case .repeating, .verbatim: true
        }
    }

    var isVerbatim: Bool {
        if case .verbatim = count { true } else { false }
    }

    /// As a usage line shows it: `TITLE`, `[BODY]`, `FILE...`, `[--] [WORD...]`.
    var usage: String {
        let word = takesMany ? "\(displayName)..." : displayName
        let bracketed = minimum == 0 ? "[\(word)]" : word
        return isVerbatim ? "[--] \(bracketed)" : bracketed
    }
}
