/// What the author of a comment says in words of their own: without hidden comments, quotes, code and what
/// stands in double quotes.
///
/// Not a Markdown parser: where the two could differ, less counts as said.
package enum Prose {
    /// The lines, in order; those that are quoted or code are empty.
    package static func lines(of text: String) -> [String] {
        var fence: Fence?
        return HiddenComments.removed(from: text).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).map { line in
            if let open = fence {
                if open.isClosed(by: line) { fence = nil }
                return ""
            }
            fence = Fence(opening: line)
            return fence == nil && !isSetApart(line) ? spoken(line) : ""
        }
    }

    /// A quote, or code by its indentation.
    private static func isSetApart(_ line: Substring) -> Bool {
        if line.hasPrefix("\t") || line.hasPrefix("    ") { return true }
        return line.drop { $0 == " " }.first == ">"
    }

    /// A line without code and without what is quoted.
    private static func spoken(_ line: Substring) -> String {
        var spoken = ""
        var rest = line
        // Looked for in vain, and not again: a line of nothing but opening quotes is no reason to take long.
        var unclosed: Set<Character> = []
        while let next = rest.first {
            if next == "`" {
                let ticks = rest.prefix { $0 == "`" }
                rest = rest.dropFirst(ticks.count)
                // Ticks without their like are only ticks.
                if let end = closing(ticks.count, in: rest) { rest = rest[end...] }
                spoken += " "
            } else if let mark = quotes[next], !unclosed.contains(mark) {
                let inside = rest.dropFirst()
                if let end = inside.firstIndex(of: mark) {
                    rest = inside[end...].dropFirst()
                    spoken += " "
                } else {
                    unclosed.insert(mark)
                    rest = inside
                    spoken.append(next)
                }
            } else {
                spoken.append(next)
                rest = rest.dropFirst()
            }
        }
        return spoken
    }

    /// Behind the run of exactly so many ticks.
    private static func closing(_ count: Int, in text: Substring) -> Substring.Index? {
        var rest = text
        while let start = rest.firstIndex(of: "`") {
            let run = rest[start...].prefix { $0 == "`" }
            if run.count == count { return run.endIndex }
            rest = rest[run.endIndex...]
        }
        return nil
    }

    /// What ends the quote that begins with it.
    private static let quotes: [Character: Character] = ["\"": "\"", "“": "”", "«": "»"]

    /// A line of three or more ticks or tildes, and what ends it: CommonMark 0.31, §4.5.
    private struct Fence {
        private let mark: Character
        private let length: Int

        init?(opening line: Substring) {
            let text = line.drop { $0 == " " }
            guard let mark = text.first, mark == "`" || mark == "~" else { return nil }
            let run = text.prefix { $0 == mark }
            guard run.count >= 3, mark == "~" || !text[run.endIndex...].contains("`") else { return nil }
            self.mark = mark
            length = run.count
        }

        func isClosed(by line: Substring) -> Bool {
            let text = line.drop { $0 == " " }
            let run = text.prefix { $0 == mark }
            return run.count >= length && text[run.endIndex...].allSatisfy { $0 == " " || $0 == "\t" }
        }
    }
}
