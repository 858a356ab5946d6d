/// A value read from YAML, or built to be written as YAML, and where it was read.
///
/// Two nodes are equal when their contents are, wherever and however they were written.
package struct Node: Sendable {
    package let content: Content
    package let mark: Mark
    /// A scalar as it was written, quotes, folds and escapes undone: `0755`, `1.10`, `~`; `nil` for a
    /// collection. An empty value has the empty text.
    ///
    /// This is how a version `1.10` or a mode `0755`, numbers to the core schema, are read as text.
    package let text: String?

    /// What a node is under the core schema of YAML 1.2.2, §10.3.
    package indirect enum Content: Sendable {
        case null
        case bool(Bool)
        case int(Int)
        /// Also an integer that `Int` cannot hold; ``Node/text`` has its digits.
        case float(Double)
        case string(String)
        case sequence([Node])
        /// Entries in the order they were written; no two keys are equal.
        case mapping([Entry])
    }

    /// One `key: value` of a mapping. A key can be any node; in configuration it is a string.
    package struct Entry: Hashable, Sendable {
        package let key: Node
        package let value: Node

        package init(key: Node, value: Node) {
            self.key = key
            self.value = value
        }
    }

    init(_ content: Content, mark: Mark, text: String?) {
        self.content = content
        self.mark = mark
        self.text = text
    }

    /// A node built in code; its text is the one the emitter writes.
    package init(_ content: Content) {
        self.init(content, mark: .unwritten, text: CoreSchema.text(of: content))
    }
}

extension Node {
    package static let null = Node(.null)
    package static func string(_ string: String) -> Node { Node(.string(string)) }
    package static func sequence(_ items: [Node]) -> Node { Node(.sequence(items)) }
    package static func mapping(_ entries: [Entry]) -> Node { Node(.mapping(entries)) }
}
