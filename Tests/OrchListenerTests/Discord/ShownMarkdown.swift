import Testing

/// Reads Discord's Markdown as its clients show it, and records everything that would be shown as more than
/// text.
struct ShownMarkdown {
    private var rest: Substring
    private var shown = ""
    private var isBold = false

    static func text(of markdown: String) -> String {
        var reader = ShownMarkdown(rest: markdown[...])
        reader.read()
        // Nobody sees it.
        return reader.shown.filter { $0 != "\u{200B}" }
    }

    private init(rest: Substring) { self.rest = rest }

    private mutating func read() {
        while let character = rest.first {
            if let fence = ["```", "``", "`"].first(where: rest.hasPrefix) {
                readCode(fence)
            } else if rest.hasPrefix("**") {
                isBold.toggle()
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("<http") {
                shown += rest.dropFirst().prefix { $0 != ">" }
                rest = rest.drop { $0 != ">" }.dropFirst()
            } else if character == "\\", let next = rest.dropFirst().first, !next.isLetter, !next.isNumber,
                !next.isWhitespace
            {
                shown.append(next)
                rest = rest.dropFirst(2)
            } else {
                judge(character)
                shown.append(character)
                rest = rest.dropFirst()
            }
        }
        #expect(!isBold, "bold does not end")
    }

    private mutating func readCode(_ fence: String) {
        rest = rest.dropFirst(fence.count)
        var code = ""
        while !rest.isEmpty, !rest.hasPrefix(fence) { code.append(rest.removeFirst()) }
        #expect(rest.hasPrefix(fence), "code does not end")
        rest = rest.dropFirst(fence.count)
        let edges: Set<Character> = fence == "```" ? ["\n"] : fence == "``" ? [" "] : []
        if let first = code.first, edges.contains(first) { code.removeFirst() }
        if let last = code.last, edges.contains(last) { code.removeLast() }
        shown += code
    }

    private func judge(_ character: Character) {
        let line = shown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).last ?? ""
        let isAtStart = line.allSatisfy(\.isWhitespace)
        if "\\*_~`|<[]@".contains(character) {
            Issue.record("\(character) means something behind “\(shown)”")
        }
        if isAtStart, ">#-+".contains(character) {
            Issue.record("\(character) begins a line behind “\(shown)”")
        }
        if character == ".", !line.isEmpty, line.drop(while: \.isWhitespace).allSatisfy(\.isNumber),
            !isAtStart
        {
            Issue.record("a list begins behind “\(shown)”")
        }
    }
}
