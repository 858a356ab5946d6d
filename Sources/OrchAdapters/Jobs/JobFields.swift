import YAML

/// The fields of one entry, in either of v0's spellings: below `task:` as people write them, or beside the
/// others as its `job add` does. What is empty is not there.
struct JobFields {
    let node: Node
    /// What the entry is called in messages.
    let name: String

    init(_ node: Node, name: String) {
        self.node = node
        self.name = name
    }

    func text(_ key: String) -> String? { Self.text(node[key]) }

    /// A field of the task.
    func task(_ key: String) -> String? { Self.text(node["task"]?[key]) ?? Self.text(node[key]) }

    /// A list, or words with commas between.
    var labels: [String] {
        guard let labels = node["task"]?["labels"] ?? node["labels"] else { return [] }
        let words =
            labels.sequence?.compactMap(\.text) ?? (labels.text ?? "").split(separator: ",").map(String.init)
        return words.map { String($0.trimmingSpaces()) }.filter { !$0.isEmpty }
    }

    /// v0 writes its flags as text, `"1"` and `"0"` among them; nil for anything else.
    func flag(_ key: String) -> Bool? {
        switch text(key)?.lowercased() {
        case "true", "1", "yes", "on": true
        case "false", "0", "no", "off": false
        default: nil
        }
    }

    private static func text(_ node: Node?) -> String? {
        guard let node, !node.isNull, let text = node.text, !text.isEmpty, text != "null" else { return nil }
        return text
    }
}

extension StringProtocol {
    fileprivate func trimmingSpaces() -> SubSequence {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return self[start..<end]
    }
}
