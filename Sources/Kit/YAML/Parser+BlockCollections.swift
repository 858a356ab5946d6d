extension Parser {
    /// A block sequence (§8.2.1) whose first `-` is here.
    mutating func blockSequence(column: Int) throws(YAMLError) -> Syntax {
        let start = position
        let context = BlockContext(parent: column, allowsInlineCollection: true, allowsSameColumn: false)
        var items: [Syntax.Item] = []
        repeat {
            let dash = position
            position += 1
            let indicatorEnd = position
            let value = try blockNode(context)
            items.append(Syntax.Item(start: dash, key: nil, indicatorEnd: indicatorEnd, value: value))
            try skipToContent()
        } while try isContinued(at: column) && isAtIndicator(.dash)
        return Syntax(.sequence(items, .block(column: column)), start..<(items.last?.end ?? start))
    }

    /// A block mapping (§8.2.2). `firstKey` has been read if it is an implicit one.
    mutating func blockMapping(column: Int, firstKey: Syntax?) throws(YAMLError) -> Syntax {
        let start = firstKey?.start ?? position
        var items: [Syntax.Item] = []
        var key = firstKey
        repeat {
            if let known = key {
                items.append(try implicitItem(known, column: column))
            } else if isAtIndicator(.question) {
                items.append(try explicitItem(column: column))
            } else {
                items.append(try implicitItem(implicitKey(), column: column))
            }
            key = nil
            try skipToContent()
        } while try isContinued(at: column)
        return Syntax(.mapping(items, .block(column: column)), start..<(items.last?.end ?? start))
    }

    /// Whether another entry follows in this column. A deeper line belongs to nothing: the value that
    /// it could have continued has ended.
    private func isContinued(at column: Int) throws(YAMLError) -> Bool {
        guard !isAtEnd, !isAtMarker else { return false }
        guard isFirstOnLine else { throw error(.unexpectedText) }
        if line.hasTab { throw error(.tabIndentation, at: line.start + line.indentation) }
        guard line.indentation <= column else {
            throw error(.wrongIndentation(found: line.indentation, expected: column))
        }
        return line.indentation == column
    }

    private mutating func implicitKey() throws(YAMLError) -> Syntax {
        if isAtIndicator(.dash) { throw error(.itemAmongKeys) }
        try countNode()
        let startLine = line
        let start = position
        let properties = try properties()
        skipBlanks()
        let node = try lineNode(parent: line.indentation)
        guard line == startLine else { throw error(.multilineKey, at: start) }
        skipBlanks()
        guard isAtIndicator(.colon) else { throw error(.missingColon, at: start) }
        return try node.with(checked(properties, for: node))
    }

    /// The position is at the `:` after the key.
    private mutating func implicitItem(_ key: Syntax, column: Int) throws(YAMLError) -> Syntax.Item {
        position += 1
        let indicatorEnd = position
        let context = BlockContext(parent: column, allowsInlineCollection: false, allowsSameColumn: true)
        let value = try blockNode(context)
        return Syntax.Item(start: key.start, key: key, indicatorEnd: indicatorEnd, value: value)
    }

    /// `? key`, and on its own line, `: value`.
    private mutating func explicitItem(column: Int) throws(YAMLError) -> Syntax.Item {
        let context = BlockContext(parent: column, allowsInlineCollection: true, allowsSameColumn: true)
        let start = position
        position += 1
        let key = try blockNode(context)
        try skipToContent()
        guard try isContinued(at: column), isAtIndicator(.colon) else {
            try countNode()
            let end = max(key.end, start + 1)
            return Syntax.Item(start: start, key: key, indicatorEnd: nil, value: .empty(at: end))
        }
        position += 1
        let indicatorEnd = position
        return Syntax.Item(start: start, key: key, indicatorEnd: indicatorEnd, value: try blockNode(context))
    }
}
