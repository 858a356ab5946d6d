extension Draft {
    /// The replacements that put `value` at `path`.
    func splicesToSet(
        _ path: ArraySlice<PathStep>, _ value: Node, _ emitter: Emitter
    ) throws(YAMLError) -> [Splice] {
        guard let (place, rest) = try locate(path) else { return document(nested(value, at: path), emitter) }
        guard case .key(let key)? = rest.first, let (items, layout) = place.collection, !items.isEmpty else {
            return try replace(place, with: nested(value, at: rest), emitter)
        }
        try checkUnshared(place.syntax)
        let entry = Node.Entry(key: .string(key), value: nested(value, at: rest.dropFirst()))
        switch layout {
        case .block(let column):
            return insert(emitter.lines(entry: entry, column: column), after: place, column: column)
        case .flow(let comma):
            let text = "\(emitter.flow(entry.key)): \(emitter.flow(entry.value))"
            return insertInFlow(text, after: items, of: place, comma: comma)
        }
    }

    /// The replacements that add items to the sequence that `path` leads to, before the one at `index` or
    /// behind the last.
    ///
    /// None at all where they would not be lines between lines.
    func splicesToInsert(
        _ new: [Node], at index: Int, of path: [PathStep], _ emitter: Emitter
    ) throws(YAMLError) -> [Splice] {
        guard let (place, _) = try locate(path[...]) else { return [] }
        try checkUnshared(place.syntax)
        guard let (items, layout) = place.collection else { return [] }
        if items.isEmpty { return try replace(place, with: .sequence(new), emitter) }
        let isLast = index == items.count
        switch layout {
        case .flow(let comma):
            guard isLast else { return [] }
            let text = new.map { emitter.flow($0) }.joined(separator: ", ")
            return insertInFlow(text, after: items, of: place, comma: comma)
        case .block(let column):
            let added = new.flatMap { emitter.lines(item: $0, column: column) }
            if isLast { return insert(added, after: place, column: column) }
            if index > 0 {
                let end = entryEnd(items[index - 1].end, column: column)
                return [.insert(lines(added), at: end)]
            }
            guard isFirstOnLine(items[0].start) else { return [] }
            return [.insert(added.map { $0 + lineBreak }.joined(), at: lineStart(items[0].start))]
        }
    }

    /// The value within mappings of one key each, for the steps that lead nowhere yet.
    private func nested(_ value: Node, at path: ArraySlice<PathStep>) -> Node {
        path.reversed().reduce(value) { inner, step in
            if case .key(let key) = step { [.string(key): inner] } else { inner }
        }
    }

    /// The text of a file that had nothing but comments.
    private func document(_ value: Node, _ emitter: Emitter) -> [Splice] {
        let text = emitter.text(of: value, in: .document)
        let lines = text.head.isEmpty ? text.body : [text.head] + text.body
        let isOnNewLine = source.bytes.last?.isBreak ?? true
        let end = source.bytes.count
        return [.insert((isOnNewLine ? "" : lineBreak) + lines.map { $0 + lineBreak }.joined(), at: end)]
    }

    /// Lines for a new last entry of a block collection.
    private func insert(_ new: [String], after place: Place, column: Int) -> [Splice] {
        let end = entryEnd(place.syntax.end, column: column)
        return [.insert(lines(new) + finalBreak(after: end, new), at: end)]
    }

    /// At the end of a file without a final newline a `|` block would lose its own.
    func finalBreak(after offset: Int, _ lines: [String]) -> String {
        let isLast = offset == source.bytes.count
        return isLast && lines.count > 1 ? lineBreak : ""
    }
}
