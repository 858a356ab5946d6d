extension Node: Hashable {
    package static func == (one: Node, other: Node) -> Bool { one.content == other.content }

    package func hash(into hasher: inout Hasher) { content.hash(into: &hasher) }

    /// Whether the scalars' texts are the same too: `0x10` and `16` are equal, yet not identical.
    func isIdentical(to other: Node) -> Bool {
        switch (content, other.content) {
        case (.sequence(let mine), .sequence(let theirs)):
            mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.isIdentical(to: $1) }
        case (.mapping(let mine), .mapping(let theirs)):
            mine.count == theirs.count
                && zip(mine, theirs).allSatisfy {
                    $0.key.isIdentical(to: $1.key) && $0.value.isIdentical(to: $1.value)
                }
        default:
            content == other.content && (text ?? "").isSameBytes(as: other.text ?? "")
        }
    }
}

extension Node.Content: Hashable {
    /// Order counts, in mappings too; strings are compared byte by byte; NaN equals NaN, so that
    /// what was written can be compared with what is read back.
    package static func == (one: Node.Content, other: Node.Content) -> Bool {
        switch (one, other) {
        case (.null, .null): true
        case (.bool(let mine), .bool(let theirs)): mine == theirs
        case (.int(let mine), .int(let theirs)): mine == theirs
        case (.float(let mine), .float(let theirs)): mine == theirs || (mine.isNaN && theirs.isNaN)
        case (.string(let mine), .string(let theirs)): mine.isSameBytes(as: theirs)
        case (.sequence(let mine), .sequence(let theirs)): mine == theirs
        case (.mapping(let mine), .mapping(let theirs)): mine == theirs
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let bool): hasher.combine(bool)
        case .int(let int): hasher.combine(int)
        case .float(let float): hasher.combine(float.isNaN ? Double.infinity : float)
        case .string(let string): hasher.combine(string)
        case .sequence(let items): hasher.combine(items)
        case .mapping(let entries): hasher.combine(entries)
        }
    }
}

extension String {
    /// Byte for byte the same. `==` would also match canonically equivalent spellings of “é”, which
    /// are two different keys to every other YAML reader.
    func isSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
