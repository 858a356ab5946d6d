/// A page of text of a given width, filled from the top.
///
/// No line is longer than the width but one that consists of a single long word, or that was added as it
/// stands.
struct HelpPage {
    let width: Int
    private(set) var lines: [String] = []

    init(width: Int) { self.width = width }

    mutating func add(line: String) { lines.append(line) }

    /// An empty line, unless there is one or the page is empty.
    mutating func addGap() {
        if let last = lines.last, !last.isEmpty { lines.append("") }
    }

    /// Lines after the first are indented by `hanging` more.
    mutating func add(_ text: String, indent: Int = 0, hanging: Int = 0) {
        for (index, line) in text.wrapped(to: width - indent, hanging: hanging).enumerated() {
            lines.append(Self.spaces(indent + (index == 0 ? 0 : hanging)) + line)
        }
    }

    /// Paragraphs wrapped; lines that begin with a space kept, indented by two more.
    mutating func add(discussion: String) {
        for block in TextBlock.blocks(of: discussion) {
            addGap()
            switch block {
            case .paragraph(let text): add(text)
            case .verbatim(let kept): lines += kept.map { "  \($0)" }
            }
        }
    }

    /// `label` at two spaces, `text` from `column` on: on the same line where there is room, else on the
    /// next.
    mutating func add(label: String, text: String, column: Int) {
        let first = lines.count
        // A label begins with spaces to align long options; wrapping would lose them.
        let padding = label.prefix { $0 == " " }.count
        add(String(label.dropFirst(padding)), indent: 2 + padding, hanging: 2)
        let start = lines.count
        add(text, indent: column)
        guard start - first == 1, start < lines.count, lines[first].count + 2 <= column,
            lines[start].count <= width
        else { return }
        lines[first] += Self.spaces(column - lines[first].count) + lines[start].dropFirst(column)
        lines.remove(at: start)
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

/// A part of a discussion.
enum TextBlock: Equatable {
    case paragraph(String)
    case verbatim([String])

    /// Empty lines end a paragraph; lines that begin with a space are verbatim.
    static func blocks(of text: String) -> [TextBlock] {
        var blocks: [TextBlock] = []
        var continues = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            let isEmpty = line.allSatisfy(\.isWhitespace)
            switch (blocks.last, line.hasPrefix(" ")) {
            case _ where isEmpty: break
            case (.paragraph(let start)?, false) where continues:
                blocks[blocks.count - 1] = .paragraph("\(start) \(line)")
            case (.verbatim(let start)?, true) where continues:
                blocks[blocks.count - 1] = .verbatim(start + [line])
            case (_, true): blocks.append(.verbatim([line]))
            case (_, false): blocks.append(.paragraph(line))
            }
            continues = !isEmpty
        }
        return blocks
    }
}
