extension Parser {
    /// `[…]` or `{…}` (§7.4), whose bracket is here.
    mutating func flowCollection(parent: Int) throws(YAMLError) -> Syntax {
        let (open, start) = (current, position)
        let isMapping = open == .openBrace
        let close: UInt8 = isMapping ? .closeBrace : .closeBracket
        var items: [Syntax.Item] = []
        var comma: Int?
        position += 1
        try skipInFlow(parent: parent, openedAt: start)
        while current != close {
            guard current != .comma else { throw error(.emptyFlowEntry) }
            let flow = Flow(parent: parent, start: start)
            items.append(isMapping ? try flowEntry(flow) : try flowItem(flow))
            try skipInFlow(parent: parent, openedAt: start)
            comma = current == .comma ? position : nil
            guard comma != nil || current == close else { throw error(.missingComma) }
            if comma != nil { position += 1 }
            try skipInFlow(parent: parent, openedAt: start)
        }
        position += 1
        let layout = Syntax.Layout.flow(trailingComma: comma)
        return Syntax(isMapping ? .mapping(items, layout) : .sequence(items, layout), start..<position)
    }

    /// What the entries of one flow collection have in common.
    private struct Flow {
        /// Of the block collection around it: tabs may not stand in for its indentation.
        let parent: Int
        let start: Int
    }

    /// To the next token on this line or a later one; only an error ends the text here.
    private mutating func skipInFlow(parent: Int, openedAt start: Int) throws(YAMLError) {
        let from = line
        try skipToContent()
        if isAtEnd || isAtMarker {
            throw error(.unterminatedFlow(Unicode.Scalar(source.bytes[start])), at: start)
        }
        if line != from, line.hasTab, line.indentation <= parent {
            throw error(.tabIndentation, at: line.start + line.indentation)
        }
    }

    /// Whether a value follows: after a JSON-like key its colon needs no space (§7.4.2).
    private func isAtFlowColon(after key: Syntax?) -> Bool {
        guard current == .colon else { return false }
        return peek(1).isSeparation || peek(1).isFlowIndicator || key?.isJSONLike ?? false
    }

    /// A node within a flow collection; nothing, before `,`, `:` or the end.
    private mutating func flowNode(_ flow: Flow) throws(YAMLError) -> Syntax {
        try enter()
        defer { leave() }
        let properties = try properties()
        let end = position
        if properties != nil { try skipInFlow(parent: flow.parent, openedAt: flow.start) }
        let isClosed = current == .comma || current == .closeBracket || current == .closeBrace
        if isClosed || isAtFlowColon(after: nil) {
            return Syntax.empty(at: properties == nil ? position : end).with(properties)
        }
        let node = try flowContent(flow)
        return try node.with(checked(properties, for: node))
    }

    private mutating func flowContent(_ flow: Flow) throws(YAMLError) -> Syntax {
        switch current {
        case .star: return try alias()
        // The lines of a flow collection may have any indentation, and so may those of its scalars.
        case .doubleQuote: return try doubleQuoted(parent: -1)
        case .singleQuote: return try singleQuoted(parent: -1)
        case .openBracket, .openBrace: return try flowCollection(parent: flow.parent)
        default:
            var node = try plainLine(isInFlow: true)
            try continuePlain(&node, parent: -1, isInFlow: true)
            return node
        }
    }

    /// An entry of `{…}`: `key: value`, `? key : value`, or a key alone.
    private mutating func flowEntry(_ flow: Flow) throws(YAMLError) -> Syntax.Item {
        let start = position
        if isAtIndicator(.question) {
            position += 1
            try skipInFlow(parent: flow.parent, openedAt: flow.start)
        }
        let key = try flowNode(flow)
        let keyEnd = (position, line)
        try skipInFlow(parent: flow.parent, openedAt: flow.start)
        guard isAtFlowColon(after: key) else {
            (position, line) = keyEnd
            try countNode()
            let value = Syntax.empty(at: max(key.end, start))
            return Syntax.Item(start: start, key: key, indicatorEnd: nil, value: value)
        }
        return try flowValue(key, start: start, flow)
    }

    /// An item of `[…]`: a node, or a single pair, which is a mapping of one entry (§7.4.1).
    private mutating func flowItem(_ flow: Flow) throws(YAMLError) -> Syntax.Item {
        let start = position
        if isAtIndicator(.question) {
            let entry = try flowEntry(flow)
            return singlePair(entry)
        }
        let startLine = line
        let key = try flowNode(flow)
        let end = position
        skipBlanks()
        guard isAtFlowColon(after: key) else {
            position = end
            return Syntax.Item(start: start, key: nil, indicatorEnd: nil, value: key)
        }
        guard line == startLine else { throw error(.multilineKey, at: start) }
        return singlePair(try flowValue(key, start: start, flow))
    }

    private func singlePair(_ entry: Syntax.Item) -> Syntax.Item {
        let pair = Syntax(.mapping([entry], .flow(trailingComma: nil)), entry.start..<entry.end)
        return Syntax.Item(start: entry.start, key: nil, indicatorEnd: nil, value: pair)
    }

    /// The value after the `:` that is here.
    private mutating func flowValue(
        _ key: Syntax, start: Int, _ flow: Flow
    ) throws(YAMLError) -> Syntax.Item {
        position += 1
        let indicatorEnd = position
        try skipInFlow(parent: flow.parent, openedAt: flow.start)
        let isEmpty = current == .comma || current == .closeBracket || current == .closeBrace
        let value = isEmpty ? .empty(at: indicatorEnd) : try flowNode(flow)
        return Syntax.Item(start: start, key: key, indicatorEnd: indicatorEnd, value: value)
    }
}
