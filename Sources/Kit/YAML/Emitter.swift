/// Writes values in block style.
struct Emitter: Sendable {
    /// Columns between a mapping and what its keys hold, 1–9.
    var step = 2
    /// Whether a sequence stands deeper than its key, or in the key’s column.
    var indentsSequences = true
    /// Whether strings of several lines are written as `|` blocks.
    var allowsLiterals = true
    /// The quotes for the next scalar, where the one that it replaces had some.
    var quotes: ScalarText.Quotes?

    /// A value’s text: what stands on the line of its key or dash, and the whole lines below.
    struct Text: Equatable {
        var head = ""
        var body: [String] = []
    }

    /// What holds the value, and in which column.
    enum Parent {
        case document
        case mapping(column: Int)
        case sequence(column: Int)
    }

    /// The longest key that needs no `? ` (§7.4.2).
    private static let implicitKeyBytes = 1024

    /// The value as it follows `key:`, `-` or nothing. `column` moves a collection that has a line of
    /// its own elsewhere than usual.
    func text(of node: Node, in parent: Parent, column: Int? = nil) -> Text {
        switch node.content {
        case .sequence(let items) where !items.isEmpty:
            let usual = indentsSequences ? childColumn(in: parent) : sequenceColumn(in: parent)
            return collection(items: items, column: column ?? usual, in: parent)
        case .mapping(let entries) where !entries.isEmpty:
            return collection(entries: entries, column: column ?? childColumn(in: parent), in: parent)
        case .string(let string) where allowsLiterals && ScalarText.canBeLiteral(string):
            return literal(string, in: parent)
        default:
            return Text(head: flow(node, isNested: false))
        }
    }

    /// The lines of a mapping’s entry whose key is in `column`.
    func lines(entry: Node.Entry, column: Int) -> [String] {
        let indentation = spaces(column)
        let key = flow(entry.key, isNested: false)
        let value = text(of: entry.value, in: .mapping(column: column))
        let head = value.head.isEmpty ? "" : " " + value.head
        guard key.utf8.count > Emitter.implicitKeyBytes else {
            return ["\(indentation)\(key):\(head)"] + value.body
        }
        return ["\(indentation)? \(key)", "\(indentation):\(head)"] + value.body
    }

    /// The lines of a sequence’s item whose dash is in `column`.
    func lines(item: Node, column: Int) -> [String] {
        let value = text(of: item, in: .sequence(column: column))
        return ["\(spaces(column))- \(value.head)"] + value.body
    }

    /// The value on one line.
    func flow(_ node: Node, isNested: Bool = true) -> String {
        switch node.content {
        case .sequence(let items):
            return "[" + items.map { flow($0) }.joined(separator: ", ") + "]"
        case .mapping(let entries):
            let pairs = entries.map { "\(flow($0.key)): \(flow($0.value))" }
            return "{" + pairs.joined(separator: ", ") + "}"
        default:
            return ScalarText.line(node, isInFlow: isNested, quotes: quotes)
        }
    }

    func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension Emitter {
    private func childColumn(in parent: Parent) -> Int {
        switch parent {
        case .document: 0
        case .mapping(let column): column + step
        case .sequence(let column): column + 2
        }
    }

    private func sequenceColumn(in parent: Parent) -> Int {
        if case .mapping(let column) = parent { column } else { childColumn(in: parent) }
    }

    private func collection(items: [Node], column: Int, in parent: Parent) -> Text {
        block(items.flatMap { lines(item: $0, column: column) }, column: column, in: parent)
    }

    private func collection(entries: [Node.Entry], column: Int, in parent: Parent) -> Text {
        block(entries.flatMap { lines(entry: $0, column: column) }, column: column, in: parent)
    }

    /// The first line of a collection in a sequence follows the dash: `- name: x`.
    private func block(_ lines: [String], column: Int, in parent: Parent) -> Text {
        guard case .sequence = parent, let first = lines.first else { return Text(body: lines) }
        let head = String(decoding: first.utf8.dropFirst(column), as: UTF8.self)
        return Text(head: head, body: Array(lines.dropFirst()))
    }

    /// A `|` block (§8.1). Its indentation must be stated where the first line begins with a space or is
    /// empty, since it is found from that line.
    private func literal(_ string: String, in parent: Parent) -> Text {
        var lines = string.utf8.split(separator: .lineFeed, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let endsWithBreak = lines.last?.isEmpty ?? false
        if endsWithBreak { lines.removeLast() }
        let isStated = lines.first.map { $0.isEmpty || $0.utf8.first == .space } ?? false
        let deeper = if case .sequence = parent { 2 } else { step }
        let column = if case .document = parent { step } else { childColumn(in: parent) }
        let head = "|" + (isStated ? "\(deeper)" : "") + (endsWithBreak ? "" : "-")
        return Text(head: head, body: lines.map { $0.isEmpty ? "" : spaces(column) + $0 })
    }
}
