/// The first line of a block scalar: `|` or `>`, an indentation digit, `+` or `-` (§8.1.1).
private struct BlockHeader {
    var isFolded = false
    var digit: Int?
    /// `+` keeps the line breaks at the end, `-` strips the last one too.
    var chomping: UInt8?
    var end = 0
}

/// The text of a block scalar as it grows line by line (§8.1.2, §8.1.3).
private struct BlockText {
    let isFolded: Bool
    private(set) var bytes: [UInt8] = []
    /// Line breaks since the last line of text.
    private(set) var breaks = 0
    private var isEmpty = true
    private var wasIndented = false

    init(isFolded: Bool) { self.isFolded = isFolded }

    mutating func add(_ line: ArraySlice<UInt8>) {
        // Folding leaves lines that begin with a blank, and the breaks around them, as they are.
        let isIndented = line.first?.isBlank ?? false
        if isFolded, !isEmpty, !isIndented, !wasIndented {
            let folded = breaks == 1 ? [UInt8.space] : Array(repeating: .lineFeed, count: breaks - 1)
            bytes += folded
        } else {
            bytes += Array(repeating: .lineFeed, count: breaks)
        }
        bytes += line
        (breaks, isEmpty, wasIndented) = (0, false, isIndented)
    }

    mutating func addBreak() { breaks += 1 }

    func chomped(_ chomping: UInt8?) -> String {
        let kept =
            switch chomping {
            case .plus: breaks
            case .dash: 0
            default: isEmpty ? 0 : min(breaks, 1)
            }
        return String(decoding: bytes + Array(repeating: .lineFeed, count: kept), as: UTF8.self)
    }
}

extension Parser {
    /// `|` or `>` and the lines below that are deeper than `parent` (§8.1).
    mutating func blockScalar(parent: Int) throws(YAMLError) -> Syntax {
        let start = position
        let header = try blockHeader()
        let indentation = try blockIndentation(header, parent: parent)
        var text = BlockText(isFolded: header.isFolded)
        var end = header.end
        while !isAtEnd, !isAtMarker, let content = blockLine(indentation) {
            position = content
            skipToLineEnd()
            if content < position { text.add(source.bytes[content..<position]) }
            if content < position || header.chomping == .plus { end = position }
            guard current.isBreak else { break }
            text.addBreak()
            skipBreak()
        }
        let string = text.chomped(header.chomping)
        return Syntax(.scalar(string, .block(headerEnd: header.end)), start..<end)
    }

    private mutating func blockHeader() throws(YAMLError) -> BlockHeader {
        var header = BlockHeader(isFolded: current == .greater)
        position += 1
        while !current.isSeparation {
            if header.digit == nil, current.isDigit, current != .zero {
                header.digit = Int(current - .zero)
            } else if header.chomping == nil, current == .plus || current == .dash {
                header.chomping = current
            } else {
                throw error(current == .hash ? .commentWithoutSpace : .badBlockHeader)
            }
            position += 1
        }
        header.end = position
        skipBlanks()
        if isAtComment { skipToLineEnd() }
        guard current.isBreakOrEnd else { throw error(.badBlockHeader) }
        skipBreak()
        return header
    }

    /// How many spaces to take off each line: as stated, or as many as the first line of text has.
    private func blockIndentation(_ header: BlockHeader, parent: Int) throws(YAMLError) -> Int {
        if let digit = header.digit { return max(parent, 0) + digit }
        var ahead = self
        var deepestBlank: (spaces: Int, offset: Int) = (0, position)
        while !ahead.isAtEnd {
            let spaces = ahead.line.indentation
            ahead.position += spaces
            guard ahead.current.isBreakOrEnd else {
                guard spaces > parent else { return parent + 1 }
                if deepestBlank.spaces > spaces { throw error(.blockIndentation, at: deepestBlank.offset) }
                return spaces
            }
            if spaces > deepestBlank.spaces { deepestBlank = (spaces, ahead.line.start) }
            ahead.skipBreak()
        }
        return max(deepestBlank.spaces, parent + 1)
    }

    /// Where the text of this line begins: at its end if it is blank; `nil` if the scalar has ended.
    private func blockLine(_ indentation: Int) -> Int? {
        let text = line.start + min(line.indentation, indentation)
        if line.indentation >= indentation { return text }
        return text >= source.bytes.count || source.bytes[text].isBreak ? text : nil
    }
}
