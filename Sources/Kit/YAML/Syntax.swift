/// A node as it stands in the source: what the composer reads and the editor cuts and pastes.
/// All offsets are in bytes of ``Source/bytes``.
struct Syntax: Sendable {
    indirect enum Content: Sendable {
        case scalar(String, ScalarStyle)
        case alias(String)
        case sequence([Item], Layout)
        case mapping([Item], Layout)
    }

    enum ScalarStyle: Equatable, Sendable {
        /// Nothing is written: the value of `key:`.
        case empty
        case plain
        case singleQuoted
        case doubleQuoted
        /// `|` or `>`; the text begins on the line after the one that holds `headerEnd`.
        case block(headerEnd: Int)
    }

    enum Layout: Equatable, Sendable {
        /// The bytes left of its entries.
        case block(column: Int)
        /// The comma after the last entry, if it has one.
        case flow(trailingComma: Int?)
    }

    /// An entry of a mapping or an item of a sequence.
    struct Item: Sendable {
        /// The first byte: of `- `, `? `, the key, or an item of a flow sequence.
        var start: Int
        /// `nil` in a sequence.
        var key: Syntax?
        /// Just past the `-` or `:` that announces the value; `nil` where there is none, as in `[a]`.
        var indicatorEnd: Int?
        var value: Syntax

        var end: Int { max(value.end, indicatorEnd ?? 0, key?.end ?? 0) }
    }

    struct Properties {
        var start: Int
        var anchor: String?
        var tag: Tag?
    }

    var content: Content
    /// The first byte, tag and anchor included.
    var start: Int
    /// Past the last byte of text: no break, blank or comment that follows it.
    var end: Int
    var anchor: String?
    var tag: Tag?

    init(_ content: Content, _ range: Range<Int>) {
        self.content = content
        start = range.lowerBound
        end = range.upperBound
    }

    /// A value that is not written, said to be here.
    static func empty(at offset: Int) -> Syntax { Syntax(.scalar("", .empty), offset..<offset) }

    func with(_ properties: Properties?) -> Syntax {
        guard let properties else { return self }
        var node = self
        node.start = properties.start
        node.end = max(end, start)
        node.anchor = properties.anchor
        node.tag = properties.tag
        return node
    }

    var isPlain: Bool {
        if case .scalar(_, .plain) = content { true } else { false }
    }

    /// `{}`, `["a"]`, `"a"`: a key after which `:` needs no space in a flow collection (§7.4.2).
    var isJSONLike: Bool {
        switch content {
        case .scalar(_, .singleQuoted), .scalar(_, .doubleQuoted): true
        case .sequence(_, .flow), .mapping(_, .flow): true
        default: false
        }
    }
}

/// The tags of the core schema (§10), and “!”, which forbids resolution (§6.9.1).
enum Tag: String, Sendable {
    case nonSpecific = "!"
    case string = "!!str"
    case int = "!!int"
    case float = "!!float"
    case bool = "!!bool"
    case null = "!!null"
    case mapping = "!!map"
    case sequence = "!!seq"
}
