extension Draft {
    /// The replacements that write `value` in place of what is there.
    func replace(_ place: Place, with value: Node, _ emitter: Emitter) throws(YAMLError) -> [Splice] {
        var emitter = emitter
        if case .alias = place.syntax.content {
        } else {
            try checkRemovable([place.syntax], in: place.syntax.start..<place.syntax.end)
        }
        if value.string != nil { emitter.quotes = place.syntax.quotes }
        switch place.slot {
        case .flow(let item):
            return replaceInFlow(item, with: emitter.flow(value))
        case .document(let markerEnd):
            return replaceRoot(place.syntax, markerEnd: markerEnd, with: value, emitter)
        case .block(let item, let column):
            let parent: Emitter.Parent =
                item.key == nil ? .sequence(column: column) : .mapping(column: column)
            guard let indicatorEnd = item.indicatorEnd else {
                let text = emitter.text(of: value, in: parent)
                let head = emitter.spaces(column) + (text.head.isEmpty ? ":" : ": \(text.head)")
                return [.insert(lines([head] + text.body), at: lineEnd(item.end))]
            }
            if place.syntax.keepsPlace(for: value, on: source) {
                return [Splice(place.syntax.start..<place.syntax.end, emitter.flow(value, isNested: false))]
            }
            let isBelow = source.line(at: place.syntax.start) != source.line(at: indicatorEnd)
            guard isBelow, !place.syntax.isEmpty else {
                let text = emitter.text(of: value, in: parent)
                return replaceOnLine(place.syntax, after: indicatorEnd, with: text)
            }
            let usual = place.syntax.column(besides: value, in: parent)
            let text = emitter.text(of: value, in: parent, column: usual)
            return replaceBelow(place.syntax, after: indicatorEnd, with: text)
        }
    }

    /// A value that begins on the line of its indicator. Comments on that line stay: the text’s further
    /// lines go below them.
    private func replaceOnLine(_ old: Syntax, after gap: Int, with text: Emitter.Text) -> [Splice] {
        if old.isEmpty, old.start == old.end {
            let head = text.head.isEmpty ? "" : " " + text.head
            return [.insert(head, at: gap), below(gap, text.body)]
        }
        let start = text.head.isEmpty ? gap : old.start
        guard case .scalar(_, .block(let headerEnd)) = old.content else {
            return [Splice(start..<old.end, text.head), below(old.end, text.body)]
        }
        let bodyStart = lineEnd(headerEnd)
        let bodyEnd = max(bodyStart, old.end)
        let final = finalBreak(after: bodyEnd, [text.head] + text.body)
        return [Splice(start..<headerEnd, text.head), Splice(bodyStart..<bodyEnd, lines(text.body) + final)]
    }

    /// Lines below the one that holds the offset.
    private func below(_ offset: Int, _ body: [String]) -> Splice {
        let end = lineEnd(offset)
        return .insert(lines(body) + finalBreak(after: end, [""] + body), at: end)
    }

    /// A value that has lines of its own: a collection takes their place. A scalar takes that of one on a
    /// line, and goes up to the key from all else.
    private func replaceBelow(_ old: Syntax, after gap: Int, with text: Emitter.Text) -> [Splice] {
        if old.isInline, text.body.isEmpty { return [Splice(old.start..<old.end, text.head)] }
        let first = lineStart(old.start)
        let end = lineEnd(old.end)
        if text.head.isEmpty { return [Splice(first..<end, text.body.joined(separator: lineBreak))] }
        let previousEnd = lineEnd(lineStart(first - 1))
        if previousEnd == lineEnd(gap) {
            return [.insert(" " + text.head, at: gap), Splice(previousEnd..<end, lines(text.body))]
        }
        return [.insert(" " + text.head, at: gap), below(gap, text.body), Splice(previousEnd..<end, "")]
    }

    private func replaceRoot(
        _ old: Syntax, markerEnd: Int?, with value: Node, _ emitter: Emitter
    ) -> [Splice] {
        let text = emitter.text(of: value, in: .document)
        if let markerEnd, old.isEmpty || source.line(at: old.start) == source.line(at: markerEnd) {
            return replaceOnLine(old, after: markerEnd, with: text)
        }
        let all = text.head.isEmpty ? text.body : [text.head] + text.body
        let end = lineEnd(old.end)
        return [Splice(old.start..<end, all.joined(separator: lineBreak) + finalBreak(after: end, all))]
    }
}

extension Syntax {
    var isEmpty: Bool {
        if case .scalar(_, .empty) = content { true } else { false }
    }

    /// Whether it has no lines that belong to it by their indentation.
    fileprivate var isInline: Bool {
        switch content {
        case .scalar(_, .block), .sequence(_, .block), .mapping(_, .block): false
        default: true
        }
    }

    /// Whether a collection may be written where this one is: in brackets on one line, with something in
    /// them.
    fileprivate func keepsPlace(for value: Node, on source: Source) -> Bool {
        let isCollection = value.sequence?.isEmpty == false || value.mapping?.isEmpty == false
        switch content {
        case .sequence(let items, .flow), .mapping(let items, .flow):
            return isCollection && !items.isEmpty && source.line(at: start) == source.line(at: end)
        default: return false
        }
    }

    fileprivate var quotes: ScalarText.Quotes? {
        switch content {
        case .scalar(_, .singleQuoted): .single
        case .scalar(_, .doubleQuoted): .double
        default: nil
        }
    }

    /// The column of this block collection, if `value` may stand in it too: it must be deeper than its
    /// mapping, unless both are sequences.
    fileprivate func column(besides value: Node, in parent: Emitter.Parent) -> Int? {
        switch (content, parent) {
        case (.sequence(_, .block(let column)), _) where value.sequence != nil: column
        case (.mapping(_, .block(let column)), _) where value.mapping != nil: column
        case (.sequence(_, .block(let column)), .mapping(let outer)) where column > outer: column
        case (.mapping(_, .block(let column)), .mapping): column
        default: nil
        }
    }
}
