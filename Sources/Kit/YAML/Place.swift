/// Where in the source a path leads.
struct Place {
    let syntax: Syntax
    let slot: Slot
    /// The collection it is in and its index there; `nil` for the root.
    let owner: (syntax: Syntax, index: Int)?

    /// What announces the value.
    enum Slot {
        case document(markerEnd: Int?)
        /// After a `:` or `-` of a block collection in that column.
        case block(Syntax.Item, column: Int)
        case flow(Syntax.Item)
    }
}

extension Draft {
    /// The node that the longest part of `path` that exists leads to, and the rest of the path.
    ///
    /// Throws if the way leads through an alias or a shared anchor: a change there would show elsewhere.
    func locate(_ path: ArraySlice<PathStep>) throws(YAMLError) -> (place: Place, rest: ArraySlice<PathStep>)?
    {
        guard let document else { return nil }
        var place = Place(syntax: document.root, slot: .document(markerEnd: document.markerEnd), owner: nil)
        var node = root
        var rest = path
        while let step = rest.first {
            try checkUnshared(place.syntax)
            guard let index = node.position(of: step), let child = place.child(at: index) else { break }
            node = node.child(at: index)
            place = child
            rest = rest.dropFirst()
        }
        return (place, rest)
    }

    /// Throws if a change within this node would change what an alias stands for.
    func checkUnshared(_ syntax: Syntax) throws(YAMLError) {
        if case .alias(let name) = syntax.content {
            throw YAMLError(.shared(anchor: name), at: source.mark(at: syntax.start))
        }
        try checkUnshared([syntax.anchor], except: syntax.end..<syntax.end)
    }

    /// Throws if an alias outside of the range needs an anchor within it.
    func checkRemovable(_ nodes: [Syntax], in range: Range<Int>) throws(YAMLError) {
        var names = Names()
        for node in nodes { names.collect(from: node) }
        try checkUnshared(names.anchors.map { $0 }, except: range)
    }

    private func checkUnshared(_ anchors: [String?], except range: Range<Int>) throws(YAMLError) {
        let anchors = Set(anchors.compactMap { $0 })
        guard !anchors.isEmpty, let document else { return }
        var names = Names()
        names.collect(from: document.root)
        for alias in names.aliases where anchors.contains(alias.name) && !range.contains(alias.offset) {
            throw YAMLError(.shared(anchor: alias.name), at: source.mark(at: alias.offset))
        }
    }
}

/// The anchors and aliases of a part of the document.
private struct Names {
    var anchors: [String] = []
    var aliases: [(name: String, offset: Int)] = []

    mutating func collect(from syntax: Syntax) {
        if let anchor = syntax.anchor { anchors.append(anchor) }
        switch syntax.content {
        case .alias(let name): aliases.append((name, syntax.start))
        case .scalar: break
        case .sequence(let items, _), .mapping(let items, _):
            for item in items {
                if let key = item.key { collect(from: key) }
                collect(from: item.value)
            }
        }
    }
}

extension Place {
    /// The items of a collection and how it is laid out.
    var collection: (items: [Syntax.Item], layout: Syntax.Layout)? {
        switch syntax.content {
        case .sequence(let items, let layout), .mapping(let items, let layout): (items, layout)
        case .scalar, .alias: nil
        }
    }

    fileprivate func child(at index: Int) -> Place? {
        guard let (items, layout) = collection else { return nil }
        let slot: Slot =
            switch layout {
            case .block(let column): .block(items[index], column: column)
            case .flow: .flow(items[index])
            }
        return Place(syntax: items[index].value, slot: slot, owner: (syntax, index))
    }
}

extension Node {
    fileprivate func position(of step: PathStep) -> Int? {
        switch (step, content) {
        case (.key(let key), .mapping(let entries)): Node.position(of: key, in: entries.map(\.key))
        case (.index(let index), .sequence(let items)): items.indices.contains(index) ? index : nil
        default: nil
        }
    }

    fileprivate func child(at index: Int) -> Node {
        switch content {
        case .sequence(let items): items[index]
        case .mapping(let entries): entries[index].value
        default: self
        }
    }
}
