/// `${NAME}` and `${NAME:-DEFAULT}` in a value, replaced from the environment; `$${` stands for `${`.
///
/// As in the shell, the default counts where the variable is empty too, and a default is plain text. A `$`
/// before anything else is itself.
enum VariableExpansion {
    enum Failure: Error, Equatable {
        case notClosed
        case notAName(String)
        case missing(String)

        var problem: String {
            switch self {
            case .notClosed: "a `${` is not closed"
            case .notAName(let name): "`${\(name)}` names no variable"
            case .missing(let name): "the environment variable \(name) is not set"
            }
        }

        var fix: String {
            switch self {
            case .notClosed, .notAName: "write `${NAME}`, or `$${` for the characters themselves"
            case .missing(let name):
                "set \(name), write `${\(name):-DEFAULT}`, or `$${` for the characters themselves"
            }
        }
    }

    static func expand(_ text: String, from environment: [String: String]) throws(Failure) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                result += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                guard let end = rest.firstIndex(of: "}") else { throw .notClosed }
                result += try value(of: rest[..<end].dropFirst(2), in: environment)
                rest = rest[end...].dropFirst()
            } else {
                result += "$"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }

    private static func value(
        of reference: Substring, in environment: [String: String]
    ) throws(Failure) -> String {
        let name = String(reference.prefix { $0 != ":" })
        guard isName(name) else { throw .notAName(String(reference)) }
        let tail = reference.dropFirst(name.count)
        guard !tail.isEmpty else {
            guard let value = environment[name] else { throw .missing(name) }
            return value
        }
        guard tail.hasPrefix(":-") else { throw .notAName(String(reference)) }
        let value = environment[name] ?? ""
        return value.isEmpty ? String(tail.dropFirst(2)) : value
    }

    /// POSIX, “Environment Variable Definition”: letters, digits and underscores, no digit first.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !isDigit(first) else { return false }
        return text.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
