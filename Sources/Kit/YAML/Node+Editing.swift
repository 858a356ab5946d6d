// What an edit makes of the tree. The editor compares this with what it reads back.

extension Node {
    /// The tree with `value` at `path`; missing mappings on the way are made, and null counts as missing.
    func setting(_ path: [PathStep], to value: Node) throws(YAMLError) -> Node {
        try edited(path[...], walked: []) { (_: Node?) throws(YAMLError) in value } ?? self
    }

    /// The tree without what is at `path`, which must exist and not be the root.
    func deleting(_ path: [PathStep]) throws(YAMLError) -> Node {
        guard !path.isEmpty, at(path) != nil else { throw missing(path) }
        return try edited(path[...], walked: []) { (_: Node?) throws(YAMLError) in nil } ?? self
    }

    /// The tree with one more item in the sequence at `path`, which is made if it is missing.
    func appending(_ item: Node, to path: [PathStep]) throws(YAMLError) -> Node {
        let made = try edited(path[...], walked: []) { (old: Node?) throws(YAMLError) in
            guard let old, !old.isNull else { return .sequence([item]) }
            guard let items = old.sequence else {
                throw YAMLError(.notASequence(path: path.written), at: old.mark)
            }
            return Node(.sequence(items + [item]), mark: old.mark, text: nil)
        }
        return made ?? self
    }

    private func missing(_ path: [PathStep]) -> YAMLError {
        YAMLError(.missing(path: path.written), at: mark)
    }

    /// `change` gets what is at the end of the path, and gives what is to be there, `nil` for nothing.
    private func edited(
        _ path: ArraySlice<PathStep>, walked: [PathStep],
        _ change: (Node?) throws(YAMLError) -> Node?
    ) throws(YAMLError) -> Node? {
        guard let step = path.first else { return try change(self) }
        let rest = path.dropFirst()
        switch (step, content) {
        case (.key(let key), .mapping(var entries)):
            let found = Node.position(of: key, in: entries.map(\.key))
            let old = found.map { entries[$0].value } ?? .null
            let isLast = rest.isEmpty && found == nil
            let new = isLast ? try change(nil) : try old.edited(rest, walked: walked + [step], change)
            switch (found, new) {
            case (let index?, let new?): entries[index] = Entry(key: entries[index].key, value: new)
            case (let index?, nil): entries.remove(at: index)
            case (nil, let new?): entries.append(Entry(key: .string(key), value: new))
            case (nil, nil): break
            }
            return Node(.mapping(entries), mark: mark, text: nil)
        case (.key(let key), .null):
            let new =
                rest.isEmpty ? try change(nil) : try Node.null.edited(rest, walked: walked + [step], change)
            return new.map { .mapping([Entry(key: .string(key), value: $0)]) } ?? self
        case (.index(let index), .sequence(var items)):
            guard items.indices.contains(index) else { throw missing(walked + [step]) }
            if let new = try items[index].edited(rest, walked: walked + [step], change) {
                items[index] = new
            } else {
                items.remove(at: index)
            }
            return Node(.sequence(items), mark: mark, text: nil)
        case (.key, _): throw YAMLError(.notAMapping(path: walked.written), at: mark)
        case (.index, .null): throw missing(walked + [step])
        case (.index, _): throw YAMLError(.notASequence(path: walked.written), at: mark)
        }
    }
}
