/// What a block node may be at the place where it begins.
struct BlockContext {
    /// The column of the collection that it is in, -1 for the document: its own lines are to be deeper.
    let parent: Int
    /// After `- `, `? ` and the `: ` of a `? ` a collection may begin on the same line (§8.2.1).
    let allowsInlineCollection: Bool
    /// A sequence under a key may stand in the column of the key (§8.2.3).
    let allowsSameColumn: Bool
}

extension Parser {
    /// The node that follows an indicator or begins a document, on this line or the next ones.
    mutating func blockNode(_ context: BlockContext) throws(YAMLError) -> Syntax {
        try enter()
        defer { leave() }
        let begin = position
        try skipToContent()
        guard try isWithin(context) else { return .empty(at: begin) }
        return try blockContent(context, from: begin)
    }

    /// Whether what is here belongs to the context, by its indentation.
    private func isWithin(_ context: BlockContext) throws(YAMLError) -> Bool {
        guard !isAtEnd, !isAtMarker else { return false }
        guard isFirstOnLine else { return true }
        if line.indentation > context.parent { return true }
        if line.hasTab { throw error(.tabIndentation, at: line.start + line.indentation) }
        return context.allowsSameColumn && line.indentation == context.parent && isAtIndicator(.dash)
    }

    /// Tag and anchor belong to the whole node if they stand on their own line, and else to what is on
    /// theirs, which may be a mapping's first key (§8.2.2):
    ///
    ///     &whole
    ///     &key name: value
    private mutating func blockContent(
        _ context: BlockContext, from begin: Int
    ) throws(YAMLError) -> Syntax {
        var own: Properties?
        var onLine = try properties()
        while let found = onLine {
            let end = position
            skipBlanks()
            guard isAtComment || current.isBreakOrEnd else { break }
            own = try merged(own, found)
            try skipToContent()
            guard try isWithin(context) else { return Syntax.empty(at: end).with(own) }
            onLine = try properties()
            skipBlanks()
        }
        let node = try blockCollectionOrScalar(context, from: begin, key: onLine)
        let properties = node.isKeyed ? own : try merged(own, onLine)
        return try node.syntax.with(checked(properties, for: node.syntax))
    }

    private func merged(_ one: Properties?, _ other: Properties?) throws(YAMLError) -> Properties? {
        guard var one, let other else { return one ?? other }
        let isRepeated = (one.anchor != nil && other.anchor != nil) || (one.tag != nil && other.tag != nil)
        if isRepeated { throw error(.repeatedProperty, at: other.start) }
        one.anchor = one.anchor ?? other.anchor
        one.tag = one.tag ?? other.tag
        return one
    }

    /// A node; `isKeyed` if it is a mapping that took the properties for its first key.
    private typealias Found = (syntax: Syntax, isKeyed: Bool)

    private mutating func blockCollectionOrScalar(
        _ context: BlockContext, from begin: Int, key: Properties?
    ) throws(YAMLError) -> Found {
        if isAtIndicator(.dash) {
            if let key { throw error(.sequenceOnSameLine, at: key.start) }
            try checkCollectionStart(context, from: begin, at: position, .sequenceOnSameLine)
            return (try blockSequence(column: position - line.start), false)
        }
        let start = key?.start ?? position
        let startLine = line
        if isAtIndicator(.question), key == nil {
            try checkCollectionStart(context, from: begin, at: start, .mappingOnSameLine)
            return (try blockMapping(column: start - line.start, firstKey: nil), false)
        }
        if current == .pipe || current == .greater { return (try blockScalar(parent: context.parent), false) }
        var node = try lineNode(parent: context.parent)
        let end = position
        if line == startLine {
            skipBlanks()
            if isAtIndicator(.colon) {
                try checkCollectionStart(context, from: begin, at: start, .mappingOnSameLine)
                let first = try node.with(checked(key, for: node))
                return (try blockMapping(column: start - line.start, firstKey: first), true)
            }
            position = end
            try continuePlain(&node, parent: context.parent)
        }
        skipBlanks()
        if line != startLine, isAtIndicator(.colon) {
            throw error(node.isPlain ? .keyInPlainText : .multilineKey)
        }
        try expectLineEnd()
        return (node, false)
    }

    /// A block collection needs its own line or a `- ` before it, and no tab left of it (§6.1).
    private func checkCollectionStart(
        _ context: BlockContext, from begin: Int, at start: Int, _ reason: YAMLError.Reason
    ) throws(YAMLError) {
        guard start == line.content || context.allowsInlineCollection else { throw error(reason) }
        let gap = (start == line.content ? line.start : begin)..<start
        if let tab = source.bytes[gap].firstIndex(of: .tab) { throw error(.tabIndentation, at: tab) }
    }

    /// An alias may have no properties (§7.1).
    func checked(_ properties: Properties?, for node: Syntax) throws(YAMLError) -> Properties? {
        if let properties, case .alias = node.content { throw error(.propertyOnAlias, at: properties.start) }
        return properties
    }

    /// What can begin and end on one line: an alias, a quoted scalar, a flow collection, or the first
    /// line of a plain scalar; nothing, before a `: `.
    mutating func lineNode(parent: Int) throws(YAMLError) -> Syntax {
        switch current {
        case .star: return try alias()
        case .doubleQuote: return try doubleQuoted(parent: parent)
        case .singleQuote: return try singleQuoted(parent: parent)
        case .openBracket, .openBrace: return try flowCollection(parent: parent)
        case .colon where isAtIndicator(.colon): return .empty(at: position)
        default: return try plainLine(isInFlow: false)
        }
    }
}
