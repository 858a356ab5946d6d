import JSON
import OrchCore
import YAML

/// How one kind of value is read from YAML and written back.
struct ConfigKind<Value: Sendable>: Sendable {
    /// What a person may write, as it follows “write …” and “is not …”.
    let words: String
    /// nil, with a problem reported, for what is no such value.
    let read: @Sendable (Node, inout ConfigDecoder) -> Value?
    let write: @Sendable (Value) -> Node
}

extension ConfigKind {
    /// A scalar that `parse` understands; the value `${NAME}` stands for counts like one that was written.
    static func scalar(
        _ words: String, write: @escaping @Sendable (Value) -> Node,
        parse: @escaping @Sendable (String) -> Value?
    ) -> ConfigKind {
        let read = { @Sendable (node: Node, decoder: inout ConfigDecoder) -> Value? in
            guard let text = decoder.text(node, expected: words) else { return nil }
            if let value = parse(text) { return value }
            decoder.refuse(node, "\(ConfigDecoder.show(node)) is not \(words)", fix: "write \(words)")
            return nil
        }
        return ConfigKind(words: words, read: read, write: write)
    }
}

extension ConfigKind<Bool> {
    /// v0 wrote some of its flags as strings, `"true"`; both are read.
    static var flag: ConfigKind {
        scalar("`true` or `false`", write: { Node(.bool($0)) }) { text in
            switch text {
            case "true", "True", "TRUE": true
            case "false", "False", "FALSE": false
            default: nil
            }
        }
    }
}

extension ConfigKind<Int> {
    static func count(_ range: ClosedRange<Int>) -> ConfigKind {
        scalar("a whole number from \(range.lowerBound) to \(range.upperBound)", write: { Node(.int($0)) }) {
            text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// Dollars as they are written, millionths of a dollar as a value.
    static var dollars: ConfigKind {
        let limit = 1_000_000.0
        return scalar("an amount in dollars, such as `2.50`", write: { Node(.float(Double($0) / 1e6)) }) {
            text in
            guard let amount = Double(text), (0...limit).contains(amount) else { return nil }
            return Int((amount * 1e6).rounded())
        }
    }
}

extension ConfigKind<Duration> {
    /// A year: longer is a mistake, or should be 0 for “no limit”.
    static var limitSeconds: Int { 31_536_000 }

    static func seconds(from least: Int = 0) -> ConfigKind {
        let range = least...limitSeconds
        return scalar("whole seconds, \(least) to \(limitSeconds)", write: { Node(.int($0.wholeSeconds)) }) {
            text in
            Int(text).flatMap { range.contains($0) ? .seconds($0) : nil }
        }
    }
}

extension ConfigKind<String> {
    static var text: ConfigKind { scalar("text", write: { .string($0) }) { $0 } }

    static func word(_ words: [String]) -> ConfigKind {
        scalar(alternatives(words), write: { .string($0) }) { words.contains($0) ? $0 : nil }
    }

    /// A login, with or without the `@` of v0’s example; its `@owner` stands for nobody.
    static var login: ConfigKind {
        scalar("a GitHub login", write: { .string($0) }) { text in
            let login = text.hasPrefix("@") ? String(text.dropFirst()) : text
            return text == "@owner" ? "" : login
        }
    }

    /// Any YAML, kept as JSON text; an empty mapping is empty text, and nothing.
    static var json: ConfigKind {
        ConfigKind(
            words: "a mapping, as opencode.json has it",
            read: { node, decoder in
                decoder.json(node).map { $0.object?.isEmpty == true ? "" : $0.text() }
            },
            write: { $0.isEmpty ? .mapping([]) : Node(jsonText: $0) })
    }
}

func alternatives(_ words: [String]) -> String {
    let quoted = words.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
}

extension ConfigKind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    static var choice: ConfigKind { choice(of: Array(Value.allCases)) }

    static func choice(of values: [Value]) -> ConfigKind {
        scalar(alternatives(values.map(\.rawValue)), write: { .string($0.rawValue) }) { text in
            values.first { $0.rawValue == text }
        }
    }
}
