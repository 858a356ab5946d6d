/// Edits a YAML file as a person would: what an edit is not about stays byte for byte — comments,
/// order, quotes, indentation, blank lines, line ends.
///
/// Each edit is checked before it is made: the new text is read, and must hold the expected tree. An
/// edit that throws leaves the text as it was.
///
/// - Whole-line comments outside the value that is replaced or removed stay, those above it included;
///   a comment behind a removed entry goes with it.
/// - A value that is shared through an anchor is not edited, and only files of one document are.
package struct YAMLEditor: Sendable {
    private var draft: Draft

    /// Throws if the text is not YAML, or more than one document.
    package init(_ text: String) throws(YAMLError) {
        try self.init(bytes: Array(text.utf8))
    }

    /// The same for the bytes of a file, which may be no text at all.
    package init(bytes: [UInt8]) throws(YAMLError) {
        draft = try Draft(bytes)
    }

    /// The text as edited so far.
    package var text: String { draft.text }

    /// The value of ``text``.
    package var root: Node { draft.root }

    /// Puts `value` at `path`, in place of what is there or as a new last entry.
    ///
    /// Missing mappings on the way are made; null counts as missing. A value that is there already is
    /// left as it is written.
    package mutating func set(_ path: [PathStep], to value: Node) throws(YAMLError) {
        if let old = root.at(path), old == value, (old.text ?? "").isSameBytes(as: value.text ?? "") {
            return
        }
        let expected = try root.setting(path, to: value)
        if let spliced = splicing(path, to: value), spliced.root.isIdentical(to: expected) {
            self = spliced
            return
        }
        try edit(expecting: expected) { draft, emitter throws(YAMLError) in
            try draft.splicesToSet(path[...], value, emitter)
        }
    }

    /// Removes what is at `path`. The last entry of a collection leaves `{}` or `[]`.
    package mutating func delete(_ path: [PathStep]) throws(YAMLError) {
        let expected = try root.deleting(path)
        try edit(expecting: expected) { draft, emitter throws(YAMLError) in
            try draft.splicesToDelete(path, emitter)
        }
    }

    /// Adds `item` at the end of the sequence at `path`, which is made if it is missing or null.
    package mutating func append(_ item: Node, to path: [PathStep]) throws(YAMLError) {
        let expected = try root.appending(item, to: path)
        guard let old = root.at(path), !old.isNull else { return try set(path, to: [item]) }
        let count = old.sequence?.count ?? 0
        try edit(expecting: expected) { draft, emitter throws(YAMLError) in
            try draft.splicesToInsert([item], at: count, of: path, emitter)
        }
    }

    /// A copy in which the items that a sequence has in common with its new value, at its beginning and at
    /// its end, stay as they are written; nil where there are none, or the others cannot be cut out.
    private func splicing(_ path: [PathStep], to value: Node) -> YAMLEditor? {
        guard let old = root.at(path)?.sequence, let new = value.sequence else { return nil }
        let isSame: (Node, Node) -> Bool = { $0.isIdentical(to: $1) }
        let head = zip(old, new).prefix(while: isSame).count
        let shorter = min(old.count, new.count)
        let tail = zip(old.reversed(), new.reversed()).prefix(shorter - head).prefix(while: isSame).count
        guard head + tail > 0 else { return nil }
        let added = Array(new[head..<new.count - tail])
        var copy = self
        do throws(YAMLError) {
            for _ in head..<old.count - tail { try copy.delete(path + [.index(head)]) }
            if !added.isEmpty {
                let expected = try root.setting(path, to: value)
                try copy.edit(expecting: expected) { draft, emitter throws(YAMLError) in
                    try draft.splicesToInsert(added, at: head, of: path, emitter)
                }
            }
            return copy
        } catch {
            return nil
        }
    }

    /// Makes the edit if the text that results holds the expected tree.
    private mutating func edit(
        expecting expected: Node, _ splices: (Draft, Emitter) throws(YAMLError) -> [Splice]
    ) throws(YAMLError) {
        // A literal block would swallow comments that follow it at its depth; a quoted string does not.
        for allowsLiterals in [true, false] {
            var emitter = draft.emitter
            emitter.allowsLiterals = allowsLiterals
            let edited = draft.applying(try splices(draft, emitter))
            // What cannot be read is as wrong as what reads as another tree: neither is kept.
            if let edited = try? Draft(edited), edited.root.isIdentical(to: expected) {
                draft = edited
                return
            }
        }
        throw YAMLError(.editChangesMore, at: .unwritten)
    }
}
