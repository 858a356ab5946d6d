extension Parser {
    /// The first line of a plain scalar (§7.3.3); ``continuePlain`` reads the rest.
    mutating func plainLine(isInFlow: Bool) throws(YAMLError) -> Syntax {
        let start = position
        guard canStartPlain(isInFlow: isInFlow) else { throw plainStartError() }
        let text = source.text(plainRun(isInFlow: isInFlow))
        return Syntax(.scalar(text, .plain), start..<position)
    }

    private func canStartPlain(isInFlow: Bool) -> Bool {
        guard current.isIndicator else { return true }
        let mayBegin = current == .dash || current == .question || current == .colon
        return mayBegin && isPlain(peek(1), isInFlow: isInFlow)
    }

    private func plainStartError() -> YAMLError {
        switch current {
        case .comma, .closeBracket, .closeBrace: error(.unexpectedText)
        case .hash: error(.commentWithoutSpace)
        default: error(.reservedCharacter(Unicode.Scalar(current)))
        }
    }

    /// `ns-plain-safe`.
    private func isPlain(_ byte: UInt8, isInFlow: Bool) -> Bool {
        !byte.isSeparation && !(isInFlow && byte.isFlowIndicator)
    }

    /// Moves to the end of the plain text on this line; blanks at its end are not part of it.
    private mutating func plainRun(isInFlow: Bool) -> Range<Int> {
        let start = position
        var end = position
        while !current.isBreakOrEnd, !isAtComment, isPlain(current, isInFlow: isInFlow) || current.isBlank {
            if current == .colon, !isPlain(peek(1), isInFlow: isInFlow) { break }
            position += 1
            if !source.bytes[position - 1].isBlank { end = position }
        }
        position = end
        return start..<end
    }

    /// Adds the following lines that are deeper than `parent`; a line break among words is a space, and
    /// n + 1 of them are n breaks (§6.5). Anything but a plain scalar is left as it is.
    mutating func continuePlain(_ node: inout Syntax, parent: Int, isInFlow: Bool = false) throws(YAMLError) {
        guard case .scalar(let first, .plain) = node.content else { return }
        var text = first
        while true {
            let (end, endLine) = (position, line)
            let breaks = skipBlankLines()
            guard breaks > 0, !isAtEnd, !isAtMarker, !isAtComment, line.indentation > parent,
                case let run = plainRun(isInFlow: isInFlow), !run.isEmpty
            else {
                (position, line) = (end, endLine)
                break
            }
            text += folded(breaks) + source.text(run)
        }
        node.content = .scalar(text, .plain)
        node.end = position
    }

    /// Past blanks and line breaks to the next text; how many breaks there were.
    mutating func skipBlankLines() -> Int {
        var breaks = 0
        skipBlanks()
        while current.isBreak {
            skipBreak()
            breaks += 1
            skipBlanks()
        }
        return breaks
    }

    /// What so many line breaks between words of a flow scalar stand for (§6.5).
    func folded(_ breaks: Int) -> String {
        breaks == 1 ? " " : String(repeating: "\n", count: breaks - 1)
    }
}
