/// Reads a stream of documents by recursive descent over bytes, in one pass: YAML 1.2.2.
///
/// It follows the specification where readers in use do, with one leniency that they share: the lines
/// of a flow collection may have any indentation, so that `]` can stand under its key. Where the
/// specification leaves a choice, the stricter one is taken.
struct Parser {
    let source: Source
    var position = 0
    var line = Line(start: 0, indentation: 0, content: 0)
    private var depth = 0
    private var nodes = 0

    /// The line that `position` is on.
    struct Line: Equatable {
        var start: Int
        /// Spaces it begins with; a tab is none.
        var indentation: Int
        /// Its first byte that is neither space nor tab.
        var content: Int

        var hasTab: Bool { content - start > indentation }
    }

    init(_ source: Source) {
        self.source = source
        beginLine()
    }
}

extension Parser {
    var current: UInt8 { peek(0) }
    var isAtEnd: Bool { position >= source.bytes.count }
    /// Whether only indentation is left of the position.
    var isFirstOnLine: Bool { position == line.content }

    /// The byte so far ahead; ``UInt8/end`` past the last.
    func peek(_ distance: Int) -> UInt8 {
        let offset = position + distance
        return offset < source.bytes.count ? source.bytes[offset] : .end
    }

    /// Whether here is a `- `, `? ` or `: `.
    func isAtIndicator(_ indicator: UInt8) -> Bool { current == indicator && peek(1).isSeparation }

    /// `---` or `...` at the start of a line (§9.1.2).
    func isAtMarker(_ byte: UInt8) -> Bool {
        position == line.start && current == byte && peek(1) == byte && peek(2) == byte
            && peek(3).isSeparation
    }

    var isAtMarker: Bool { isAtMarker(.dash) || isAtMarker(.dot) }

    /// A comment needs white space before its `#` (§6.6); the start of the text will do.
    var isAtComment: Bool {
        guard current == .hash else { return false }
        return position == 0 || source.bytes[position - 1].isBlank || source.bytes[position - 1].isBreak
    }

    func error(_ reason: YAMLError.Reason, at offset: Int? = nil) -> YAMLError {
        YAMLError(reason, at: source.mark(at: offset ?? position))
    }
}

extension Parser {
    mutating func skipBlanks() {
        while current.isBlank { position += 1 }
    }

    mutating func skipToLineEnd() {
        while !current.isBreakOrEnd { position += 1 }
    }

    /// Past one line break, if one is here.
    mutating func skipBreak() {
        guard current.isBreak else { return }
        position += current == .carriageReturn && peek(1) == .lineFeed ? 2 : 1
        beginLine()
    }

    private mutating func beginLine() {
        let bytes = source.bytes
        var offset = position
        while offset < bytes.count, bytes[offset] == .space { offset += 1 }
        let indentation = offset - position
        while offset < bytes.count, bytes[offset].isBlank { offset += 1 }
        line = Line(start: position, indentation: indentation, content: offset)
    }

    /// To the next byte that is neither white space nor comment, on this line or a later one.
    mutating func skipToContent() throws(YAMLError) {
        while true {
            skipBlanks()
            if current == .hash {
                guard isAtComment else { throw error(.commentWithoutSpace) }
                skipToLineEnd()
            }
            guard current.isBreak else { return }
            skipBreak()
        }
    }

    /// To the end of the line, where nothing but a comment may follow a value.
    mutating func expectLineEnd() throws(YAMLError) {
        skipBlanks()
        if isAtComment { skipToLineEnd() }
        if current.isBreakOrEnd { return }
        if current == .hash { throw error(.commentWithoutSpace) }
        throw error(isAtIndicator(.colon) ? .mappingOnSameLine : .unexpectedText)
    }
}

extension Parser {
    mutating func countNode() throws(YAMLError) {
        nodes += 1
        if nodes > YAMLLimits.nodes { throw error(.tooManyNodes) }
    }

    /// Every way into a node passes here, so that recursion has a bound; ``leave()`` follows.
    mutating func enter() throws(YAMLError) {
        try countNode()
        depth += 1
        guard depth <= YAMLLimits.depth else { throw error(.tooDeep) }
    }

    mutating func leave() { depth -= 1 }
}
