extension Node {
    package var isNull: Bool {
        if case .null = content { true } else { false }
    }

    /// The string, if it is one; a number or a boolean is not. See ``text`` for any scalar as written.
    package var string: String? {
        if case .string(let string) = content { string } else { nil }
    }

    package var int: Int? {
        if case .int(let int) = content { int } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let bool) = content { bool } else { nil }
    }

    /// The number; an integer counts as one.
    package var float: Double? {
        switch content {
        case .float(let float): float
        case .int(let int): Double(int)
        default: nil
        }
    }

    package var sequence: [Node]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    package var mapping: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The value under `key`; `nil` if there is none or this is no mapping.
    package subscript(key: String) -> Node? {
        guard let entries = mapping else { return nil }
        return Node.position(of: key, in: entries.map(\.key)).map { entries[$0].value }
    }

    /// The item at `index`; `nil` if there is none or this is no sequence.
    package subscript(index: Int) -> Node? {
        guard let items = sequence, items.indices.contains(index) else { return nil }
        return items[index]
    }

    /// The node at the end of `path`; `nil` as soon as a step leads nowhere.
    package func at(_ path: [PathStep]) -> Node? {
        var node: Node? = self
        for step in path {
            switch step {
            case .key(let key): node = node?[key]
            case .index(let index): node = node?[index]
            }
        }
        return node
    }

    /// Which of `keys` the name means: the string itself, else a scalar of that text (`8080`, `true`).
    static func position(of name: String, in keys: [Node]) -> Int? {
        keys.firstIndex { key in key.string.map { $0.isSameBytes(as: name) } ?? false }
            ?? keys.firstIndex { key in key.text.map { $0.isSameBytes(as: name) } ?? false }
    }
}
