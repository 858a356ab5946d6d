import KitTesting
import Testing
import YAML

/// Random edits of the corpus: the tree is the edited one, and no line away from the edit changes.
struct RandomEditTests {
    /// A node of a tree and the way to it.
    private struct Spot {
        let path: [PathStep]
        let node: Node
        /// Of the line where its entry begins, 1 for the first; its key’s, if it has one.
        let firstLine: Int
    }

    private static func spots(_ node: Node, path: [PathStep] = [], firstLine: Int = 1) -> [Spot] {
        var found = [Spot(path: path, node: node, firstLine: firstLine)]
        for (index, item) in (node.sequence ?? []).enumerated() {
            found += spots(item, path: path + [.index(index)], firstLine: item.mark.line)
        }
        for entry in node.mapping ?? [] {
            guard let key = entry.key.string, node[key] == entry.value else { continue }
            found += spots(entry.value, path: path + [.key(key)], firstLine: entry.key.mark.line)
        }
        return found
    }

    /// The line where the first node after the spot begins; `nil` if it is the last or there are aliases,
    /// whose nodes are marked elsewhere.
    private static func lineAfter(_ spot: Spot, in spots: [Spot]) -> Int? {
        let isOrdered = zip(spots, spots.dropFirst()).allSatisfy { $0.firstLine <= $1.firstLine }
        let later = spots.drop { $0.path != spot.path }.drop { $0.path.starts(with: spot.path) }
        return isOrdered ? later.first?.firstLine : nil
    }

    private static func lines(_ text: String) -> [Substring.UTF8View.SubSequence] {
        text.utf8.split(omittingEmptySubsequences: false) { $0 == 10 }
    }

    private func editable() throws -> [String] {
        try Corpus.accepted.flatMap { try Corpus.cases($0) }
            .map { String(decoding: $0.bytes, as: UTF8.self) }
            .filter { (try? YAMLEditor($0))?.root.mapping?.isEmpty == false }
    }

    @Test(arguments: 1...4)
    func `a random edit does what it says and nothing else`(seed: Int) throws {
        var source = RandomNode(seed: UInt64(seed))
        let texts = try editable()
        try #require(texts.count > 200)
        var refusals: [YAMLError] = []
        for _ in 0..<1000 {
            let text = source.random.pick(texts)
            var editor = try YAMLEditor(text)
            let before = editor.root
            let spots = RandomEditTests.spots(before)
            let spot = source.random.pick(spots)
            let edit = edit(of: spot, &source)
            do throws(YAMLError) {
                try editor.apply(edit)
                #expect(try Node.parse(editor.text) == editor.root)
                check(edit, from: before, to: editor.root, "\(edit) in:\n\(text)\nbecame:\n\(editor.text)")
                checkLines(text, editor.text, spot: spot, spots: spots, edit)
            } catch {
                refusals.append(error)
                #expect(editor.text == text)
            }
        }
        let unexpected = refusals.filter { error in
            if case .shared = error.reason { false } else { error.reason != .missing(path: "the document") }
        }
        // Left are a pair without braces, and blank lines that a `|+` above would take in.
        #expect(unexpected.count <= 3, "\(unexpected.map(\.reason))")
    }

    private func edit(of spot: Spot, _ source: inout RandomNode) -> EditExample.Edit {
        switch (source.random.below(4), spot.node.content) {
        case (0, _): .delete(spot.path)
        case (1, .mapping), (1, .null): .set(spot.path + [.key("a new key")], source.node(depth: 3))
        case (1, .sequence): .append(spot.path, source.node(depth: 3))
        default: .set(spot.path, source.node(depth: 3))
        }
    }

    /// The edited place holds what it is to hold, and its siblings are as many as they should be.
    private func check(_ edit: EditExample.Edit, from before: Node, to root: Node, _ note: String) {
        switch edit {
        case .set(let path, let value): #expect(root.at(path) == value, "\(note)")
        case .append(let path, let item):
            let items = before.at(path)?.sequence ?? []
            #expect(root.at(path)?.sequence == items + [item], "\(note)")
        case .delete(let path):
            let owner = Array(path.dropLast())
            if case .key? = path.last { #expect(root.at(path) == nil, "\(note)") }
            let (old, new) = (before.at(owner)?.children ?? [], root.at(owner)?.children ?? [])
            #expect(new.count == old.count - 1 && Set(new).isSubset(of: Set(old)), "\(note)")
        }
    }

    /// Every line above the edited entry, and every one from the line after the next entry’s first, is as it
    /// was. (That line itself may change: it may hold the edited entry too, or move up to a dash.)
    private func checkLines(
        _ before: String, _ after: String, spot: Spot, spots: [Spot], _ edit: EditExample.Edit
    ) {
        let (old, new) = (RandomEditTests.lines(before), RandomEditTests.lines(after))
        var untouched = spot.firstLine - 1
        // The dash of an item may stand above it, on a line of its own.
        if case .index? = spot.path.last {
            let previous = spots.prefix { $0.path != spot.path }.last
            untouched = min(untouched, previous?.firstLine ?? 0)
        }
        // The only entry of a collection leaves `{}` or `[]` on the line of its owner.
        if case .delete(let path) = edit {
            let owner = spots.first { $0.path == Array(path.dropLast()) }
            untouched = min(untouched, (owner?.firstLine ?? 1) - 1)
        }
        #expect(
            new.starts(with: old.prefix(untouched)) { $0.elementsEqual($1) },
            "\(edit) in:\n\(before)\nbecame:\n\(after)")
        guard let next = RandomEditTests.lineAfter(spot, in: spots) else { return }
        let tail = old.dropFirst(next)
        #expect(
            new.suffix(tail.count).elementsEqual(tail) { $0.elementsEqual($1) },
            "\(edit) in:\n\(before)\nbecame:\n\(after)")
    }
}

extension Node {
    fileprivate var children: [Node] { sequence ?? mapping?.map(\.value) ?? [] }
}
