/// Makes nodes of syntax: resolves scalars, replaces aliases, refuses duplicate keys.
struct Composer {
    private var marks: MarkCursor
    /// `nil` while the anchored node is being composed.
    private var anchors: [String: Composed?] = [:]
    private var expandedNodes = 0

    /// A node and what it weighs, so that an alias costs no more than looking it up.
    private struct Composed {
        let node: Node
        let size: Int
        let height: Int
    }

    init(_ source: Source) { marks = MarkCursor(source) }

    /// The document’s value. Aliases share their anchor’s node, mark included: that is where the
    /// value is written and can be corrected.
    static func compose(_ document: Document, in source: Source) throws(YAMLError) -> Node {
        var composer = Composer(source)
        return try composer.compose(document.root, depth: 1).node
    }

    private mutating func compose(_ syntax: Syntax, depth: Int) throws(YAMLError) -> Composed {
        let mark = marks.mark(at: syntax.start)
        if case .alias(let name) = syntax.content { return try resolve(name, depth: depth, at: mark) }
        if let anchor = syntax.anchor { anchors[anchor] = .some(nil) }
        try count(1, at: mark)
        let composed: Composed
        switch syntax.content {
        case .sequence(let items, _): composed = try sequence(items, syntax.tag, depth: depth, at: mark)
        case .mapping(let items, _): composed = try mapping(items, syntax.tag, depth: depth, at: mark)
        case .scalar(let text, let style):
            let isPlain = style == .plain || style == .empty
            let value = try scalar(text, isPlain: isPlain, tag: syntax.tag, at: mark)
            composed = Composed(node: Node(value, mark: mark, text: text), size: 1, height: 1)
        case .alias(let name): return try resolve(name, depth: depth, at: mark)
        }
        if let anchor = syntax.anchor { anchors[anchor] = composed }
        return composed
    }

    private mutating func resolve(_ name: String, depth: Int, at mark: Mark) throws(YAMLError) -> Composed {
        guard let anchored = anchors[name] else { throw YAMLError(.unknownAnchor(name), at: mark) }
        guard let composed = anchored else { throw YAMLError(.recursiveAlias(name), at: mark) }
        guard depth + composed.height - 1 <= YAMLLimits.depth else { throw YAMLError(.tooDeep, at: mark) }
        try count(composed.size, at: mark)
        return composed
    }

    private mutating func count(_ nodes: Int, at mark: Mark) throws(YAMLError) {
        expandedNodes += nodes
        if expandedNodes > YAMLLimits.expandedNodes { throw YAMLError(.tooManyExpandedNodes, at: mark) }
    }

    private mutating func sequence(
        _ items: [Syntax.Item], _ tag: Tag?, depth: Int, at mark: Mark
    ) throws(YAMLError) -> Composed {
        try check(tag, allows: .sequence, "a sequence", at: mark)
        var nodes: [Node] = []
        nodes.reserveCapacity(items.count)
        var (size, height) = (1, 0)
        for item in items {
            let composed = try compose(item.value, depth: depth + 1)
            nodes.append(composed.node)
            (size, height) = (size + composed.size, max(height, composed.height))
        }
        return Composed(
            node: Node(.sequence(nodes), mark: mark, text: nil), size: size, height: height + 1)
    }

    private mutating func mapping(
        _ items: [Syntax.Item], _ tag: Tag?, depth: Int, at mark: Mark
    ) throws(YAMLError) -> Composed {
        try check(tag, allows: .mapping, "a mapping", at: mark)
        var entries: [Node.Entry] = []
        var lines: [Node: Int] = [:]
        var (size, height) = (1, 0)
        for item in items {
            guard let keySyntax = item.key else { continue }
            let keyMark = marks.mark(at: keySyntax.start)
            let key = try compose(keySyntax, depth: depth + 1)
            if let line = lines.updateValue(keyMark.line, forKey: key.node) {
                let name = key.node.text ?? "a collection"
                throw YAMLError(.duplicateKey(name, firstLine: line), at: keyMark)
            }
            let value = try compose(item.value, depth: depth + 1)
            entries.append(Node.Entry(key: key.node, value: value.node))
            (size, height) = (size + key.size + value.size, max(height, key.height, value.height))
        }
        return Composed(
            node: Node(.mapping(entries), mark: mark, text: nil), size: size, height: height + 1)
    }

    private func check(
        _ tag: Tag?, allows expected: Tag, _ kind: String, at mark: Mark
    ) throws(YAMLError) {
        guard let tag, tag != expected, tag != .nonSpecific else { return }
        throw YAMLError(.tagMismatch(tag: tag.rawValue, text: kind), at: mark)
    }

    /// A quoted or block scalar is a string, a plain one what the core schema makes of it, unless a
    /// tag says otherwise.
    private func scalar(
        _ text: String, isPlain: Bool, tag: Tag?, at mark: Mark
    ) throws(YAMLError) -> Node.Content {
        guard let tag else { return isPlain ? CoreSchema.resolve(text) : .string(text) }
        if tag == .string || tag == .nonSpecific { return .string(text) }
        switch (tag, CoreSchema.resolve(text)) {
        case (.null, .null): return .null
        case (.bool, .bool(let bool)): return .bool(bool)
        case (.int, .int(let int)): return .int(int)
        case (.float, .float(let float)): return .float(float)
        case (.float, .int(let int)): return .float(Double(int))
        default: throw YAMLError(.tagMismatch(tag: tag.rawValue, text: text), at: mark)
        }
    }
}
