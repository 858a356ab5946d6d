extension ChatText {
    /// The text in as few messages as it takes, each within the limit: cut at line ends, and within a line
    /// only where that alone is too long, between characters then.
    ///
    /// - Parameters:
    ///   - limit: of `length`; a character that alone is longer is left out.
    ///   - length: as the channel counts; it grows with the text.
    package func parts(limit: Int, length: (ChatText) -> Int) -> [ChatText] {
        if length(self) <= limit { return isEmpty ? [] : [self] }
        var parts: [ChatText] = []
        var current = ChatText()
        for line in lines {
            let grown = current + line
            if length(grown) <= limit {
                current = grown
                continue
            }
            if !current.isEmpty { parts.append(current) }
            current = ChatText()
            for piece in Self.pieces(of: line, limit: limit, length: length) {
                if !current.isEmpty { parts.append(current) }
                current = piece
            }
        }
        if !current.isEmpty { parts.append(current) }
        return parts.map(\.withoutEdges).filter { !$0.isEmpty }
    }

    /// With their ends; lines of a block are blocks again.
    private var lines: [ChatText] {
        var lines: [ChatText] = []
        var current = ChatText()
        for span in spans {
            for part in span.text.split(after: \.isNewline) {
                current.append(span.mapping { _ in String(part) })
                guard part.last?.isNewline == true else { continue }
                lines.append(current)
                current = ChatText()
            }
        }
        return current.isEmpty ? lines : lines + [current]
    }

    private static func pieces(of line: ChatText, limit: Int, length: (ChatText) -> Int) -> [ChatText] {
        var pieces: [ChatText] = []
        var current = ChatText()
        for span in line.spans {
            var rest = Array(span.text)[...]
            while !rest.isEmpty {
                let count = fitting(rest, like: span, behind: current, limit: limit, length: length)
                if count > 0 {
                    current.append(span.mapping { _ in String(rest.prefix(count)) })
                    rest = rest.dropFirst(count)
                } else if current.isEmpty {
                    rest = rest.dropFirst()
                } else {
                    pieces.append(current)
                    current = ChatText()
                }
            }
        }
        return current.isEmpty ? pieces : pieces + [current]
    }

    /// How many characters still fit, by halving: what fits is a prefix.
    private static func fitting(
        _ characters: ArraySlice<Character>, like span: Span, behind text: ChatText, limit: Int,
        length: (ChatText) -> Int
    ) -> Int {
        var low = 0
        var high = characters.count
        while low < high {
            let middle = (low + high + 1) / 2
            var grown = text
            grown.append(span.mapping { _ in String(characters.prefix(middle)) })
            if length(grown) <= limit { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// Line ends at both ends look like nothing in a message of its own.
    private var withoutEdges: ChatText {
        var trimmed = ChatText()
        for (place, span) in spans.enumerated() {
            trimmed.append(
                span.mapping { text in
                    var rest = text[...]
                    if place == 0 { rest = rest.drop(while: \.isNewline) }
                    if place == spans.count - 1 {
                        while rest.last?.isNewline == true { rest = rest.dropLast() }
                    }
                    return String(rest)
                })
        }
        return trimmed
    }
}

extension String {
    /// Like `split`, with each separator kept at the end of what it ends.
    fileprivate func split(after isEnd: (Character) -> Bool) -> [Substring] {
        var parts: [Substring] = []
        var start = startIndex
        for place in indices where isEnd(self[place]) {
            let end = index(after: place)
            parts.append(self[start..<end])
            start = end
        }
        return start < endIndex ? parts + [self[start...]] : parts
    }
}
