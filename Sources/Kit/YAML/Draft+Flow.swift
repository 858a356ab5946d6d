// Flow collections: `[a, b]`, on one line or with a line for each entry.
extension Draft {
    func replaceInFlow(_ item: Syntax.Item, with text: String) -> [Splice] {
        let old = item.value
        if !old.isEmpty || old.start < old.end { return [Splice(old.start..<old.end, text)] }
        if let indicatorEnd = item.indicatorEnd { return [.insert(" " + text, at: indicatorEnd)] }
        return [.insert(item.key == nil ? text : ": " + text, at: item.end)]
    }

    /// A new last entry: behind the last one, or on a line of its own if the bracket is not on that one's
    /// line.
    func insertInFlow(
        _ text: String, after items: [Syntax.Item], of place: Place, comma: Int?
    ) -> [Splice] {
        guard let last = items.last else { return [] }
        let afterLast = comma.map { $0 + 1 } ?? last.end
        let closeLine = source.line(at: place.syntax.end - 1)
        guard source.line(at: afterLast) != closeLine else {
            return [.insert(comma == nil ? ", \(text)" : " \(text)", at: afterLast)]
        }
        let line = lineBreak + indentation(after: last, of: place) + text
        let insertion = Splice.insert(comma == nil ? line : line + ",", at: lineEnd(afterLast))
        return comma == nil ? [.insert(",", at: last.end), insertion] : [insertion]
    }

    /// As the last entry is indented; where it has no line of its own, deeper than what holds the collection
    /// (§7.4).
    private func indentation(after last: Syntax.Item, of place: Place) -> String {
        let blanks = source.bytes[lineStart(last.start)...].prefix(while: \.isBlank)
        if isFirstOnLine(last.start) { return String(decoding: blanks, as: UTF8.self) }
        let column = if case .block(_, let column) = place.slot { column } else { blanks.count }
        return emitter.spaces(column + emitter.step)
    }

    /// One entry less, of at least two. The comma before the last one goes with it, unless that stays
    /// behind on another line, where it may.
    func deleteInFlow(_ index: Int, of items: [Syntax.Item], comma: Int?) -> [Splice] {
        let item = items[index]
        let isLast = index == items.count - 1
        let afterEntry = isLast ? (comma.map { $0 + 1 } ?? item.end) : commaEnd(after: item.end)
        if isAlone(from: item.start, to: afterEntry) {
            return [Splice(lineStart(item.start)..<nextLine(afterEntry), "")]
        }
        if !isLast {
            let next = items[index + 1].start
            return [Splice(item.start..<(isSameLine(afterEntry, next) ? next : afterEntry), "")]
        }
        let previous = items[index - 1].end
        return [Splice((isSameLine(previous, item.start) ? previous : item.start)..<item.end, "")]
    }

    private func isSameLine(_ one: Int, _ other: Int) -> Bool {
        source.line(at: one) == source.line(at: other)
    }

    /// Past the comma between an entry that ends here and the next; comments may be in between.
    private func commaEnd(after offset: Int) -> Int {
        var offset = offset
        while offset < source.bytes.count, source.bytes[offset] != .comma {
            offset = source.bytes[offset] == .hash ? lineEnd(offset) : offset + 1
        }
        return offset + 1
    }

    /// Whether nothing else is on the lines of the range but a comment behind it.
    private func isAlone(from start: Int, to end: Int) -> Bool {
        guard source.bytes[lineStart(start)..<start].allSatisfy(\.isBlank) else { return false }
        let next = source.bytes[end...].first { !$0.isBlank } ?? .end
        return next.isBreakOrEnd || next == .hash
    }
}
