extension Draft {
    /// The replacements that remove what is at `path`.
    func splicesToDelete(_ path: [PathStep], _ emitter: Emitter) throws(YAMLError) -> [Splice] {
        guard let (place, _) = try locate(path[...]), let owner = place.owner,
            let (ownerPlace, _) = try locate(path.dropLast()), let (items, layout) = ownerPlace.collection
        else { return [] }
        let item = items[owner.index]
        try checkRemovable([item.key, item.value].compactMap { $0 }, in: item.start..<item.end)
        if items.count == 1 {
            return try replace(ownerPlace, with: item.key == nil ? [] : [:], emitter)
        }
        switch layout {
        case .block(let column): return [deleteInBlock(owner.index, of: items, column: column)]
        case .flow(let comma): return deleteInFlow(owner.index, of: items, comma: comma)
        }
    }

    /// The lines of an entry of a block collection, one of at least two.
    private func deleteInBlock(_ index: Int, of items: [Syntax.Item], column: Int) -> Splice {
        let item = items[index]
        let end = entryEnd(item.end, column: column)
        guard isFirstOnLine(item.start) else {
            return deleteAfterDash(item, end: end, next: items[index + 1])
        }
        let start = lineStart(item.start)
        if end < source.bytes.count { return Splice(start..<nextLine(end), "") }
        // The last line of a file without final newline: the one before becomes such a line.
        return Splice((start == 0 ? 0 : lineEnd(lineStart(start - 1)))..<end, "")
    }

    /// The first entry of `- a: 1`: the next one moves up to the dash, unless there are comments above it.
    private func deleteAfterDash(_ item: Syntax.Item, end: Int, next: Syntax.Item) -> Splice {
        if nextLine(end) == lineStart(next.start) { return Splice(item.start..<next.start, "") }
        let dashEnd = source.bytes[..<item.start].lastIndex { !$0.isBlank } ?? item.start
        return Splice(dashEnd + 1..<end, "")
    }
}
