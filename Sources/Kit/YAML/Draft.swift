/// A replacement of bytes by text.
struct Splice {
    let range: Range<Int>
    let text: String

    init(_ range: Range<Int>, _ text: String) {
        self.range = range
        self.text = text
    }

    static func insert(_ text: String, at offset: Int) -> Splice { Splice(offset..<offset, text) }
}

/// One state of the text that is edited, with its syntax.
struct Draft: Sendable {
    let source: Source
    let document: Document?
    let root: Node
    let emitter: Emitter
    /// As the first line of the file ends: LF, CR LF or CR.
    let lineBreak: String
    private let hasByteOrderMark: Bool

    init(_ bytes: [UInt8]) throws(YAMLError) {
        source = try Source(bytes)
        hasByteOrderMark = bytes.starts(with: Source.byteOrderMark)
        var parser = Parser(source)
        let documents = try parser.documents()
        if documents.count > 1 {
            throw YAMLError(.severalDocuments, at: source.mark(at: documents[1].root.start))
        }
        document = documents.first
        if let document {
            root = try Composer.compose(document, in: source)
        } else {
            root = .null
        }
        emitter = document.map { Emitter(imitating: $0.root) } ?? Emitter()
        lineBreak = source.firstLineBreak ?? "\n"
    }

    var text: String { String(decoding: applying([]), as: UTF8.self) }

    /// The bytes of the file with the replacements, which do not overlap.
    func applying(_ splices: [Splice]) -> [UInt8] {
        var edited = hasByteOrderMark ? Source.byteOrderMark : []
        var offset = 0
        for splice in splices.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            edited += source.bytes[offset..<splice.range.lowerBound]
            edited += Array(splice.text.utf8)
            offset = splice.range.upperBound
        }
        return edited + source.bytes[offset...]
    }
}

// Lines around an offset.
extension Draft {
    func lineStart(_ offset: Int) -> Int { source.lineStarts[source.line(at: offset)] }

    /// Before the line break, or the end of the text.
    func lineEnd(_ offset: Int) -> Int {
        source.bytes[offset...].firstIndex(where: \.isBreak) ?? source.bytes.count
    }

    /// Past the line break.
    func nextLine(_ offset: Int) -> Int {
        let next = source.line(at: offset) + 1
        return next < source.lineStarts.count ? source.lineStarts[next] : source.bytes.count
    }

    func isFirstOnLine(_ offset: Int) -> Bool {
        source.bytes[lineStart(offset)..<offset].allSatisfy { $0 == .space }
    }

    /// The end of the last line of an entry: a comment deeper than the column of its siblings is its own.
    func entryEnd(_ offset: Int, column: Int) -> Int {
        var end = lineEnd(offset)
        var line = nextLine(offset)
        while line < source.bytes.count {
            let content = source.bytes[line...].firstIndex { !$0.isBlank } ?? source.bytes.count
            let isBlank = content == source.bytes.count || source.bytes[content].isBreak
            if !isBlank {
                guard source.bytes[content] == .hash, content - line > column else { break }
                end = lineEnd(content)
            }
            line = nextLine(line)
        }
        return end
    }

    /// Lines, each on a line of its own after whatever is before.
    func lines(_ lines: [String]) -> String { lines.map { lineBreak + $0 }.joined() }
}

extension Source {
    fileprivate var firstLineBreak: String? {
        guard let first = bytes.firstIndex(where: \.isBreak) else { return nil }
        let isPair =
            bytes[first] == .carriageReturn && first + 1 < bytes.count && bytes[first + 1] == .lineFeed
        return isPair ? "\r\n" : text(first..<first + 1)
    }
}

extension Emitter {
    /// Indents as the first nested collections of the document do.
    init(imitating root: Syntax) {
        self.init()
        guard case .mapping(let items, .block(let column)) = root.content else { return }
        var found = Habits()
        found.look(at: items, column: column)
        if let step = found.step, (1...9).contains(step) { self.step = step }
        if let indents = found.indentsSequences { indentsSequences = indents }
    }
}

/// How a document indents what its keys hold.
private struct Habits {
    var step: Int?
    var indentsSequences: Bool?

    mutating func look(at items: [Syntax.Item], column: Int) {
        for item in items where step == nil || indentsSequences == nil {
            switch item.value.content {
            case .mapping(let nested, .block(let deeper)):
                if item.key != nil { step = step ?? (deeper - column) }
                look(at: nested, column: deeper)
            case .sequence(let nested, .block(let deeper)):
                if item.key != nil { indentsSequences = indentsSequences ?? (deeper > column) }
                look(at: nested, column: deeper)
            default: break
            }
        }
    }
}
