/// Cuts Swift source into tokens. It knows comments, strings of every kind and interpolation, because rules
/// must not trip over what is only said; it knows no regular expression literals, which this code does not
/// use.
///
/// It works on raw bytes, in plain loops: in a debug build, which is what tests are, anything
/// generic costs ten times as much.
struct SwiftScanner: ~Copyable {
    private let bytes: UnsafePointer<UInt8>
    private let count: Int
    private var index = 0
    private var line = 1
    private var tokens: [SwiftToken] = []

    static func tokens(of bytes: [UInt8]) -> [SwiftToken] {
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return [] }
            var scanner = SwiftScanner(start, count: buffer.count)
            scanner.scanCode(isInterpolation: false)
            return scanner.tokens
        }
    }

    private init(_ bytes: UnsafePointer<UInt8>, count: Int) {
        self.bytes = bytes
        self.count = count
    }

    /// Up to the end of the file, or to the parenthesis that closes an interpolation.
    private mutating func scanCode(isInterpolation: Bool) {
        var depth = 0
        while let byte = peek() {
            switch byte {
            case .newline, .space, .tab, .carriageReturn: advance()
            case .slash where peek(1) == .slash: scanLineComment()
            case .slash where peek(1) == .star: scanBlockComment()
            case .quote: scanString(hashes: 0)
            case .hash where hashesBeforeQuote() > 0: scanString(hashes: hashesBeforeQuote())
            case .backtick: scanQuotedName()
            case let byte where byte.isWordStart: scanWord()
            default:
                if byte == .open { depth += 1 }
                if byte == .close { depth -= 1 }
                if isInterpolation, depth < 0 { return advance() }
                scanMark()
            }
        }
    }

    private func peek(_ offset: Int = 0) -> UInt8? {
        index + offset < count ? bytes[index + offset] : nil
    }

    private mutating func advance() {
        guard index < count else { return }
        if bytes[index] == .newline { line += 1 }
        index += 1
    }

    private mutating func advance(_ steps: Int) {
        var left = steps
        while left > 0 {
            advance()
            left -= 1
        }
    }

    private func text(from start: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes + start, count: index - start), as: UTF8.self)
    }

    private mutating func add(_ kind: SwiftToken.Kind, from start: Int, line: Int) {
        tokens.append(SwiftToken(kind: kind, text: text(from: start), line: line))
    }
}

// MARK: - One token each

extension SwiftScanner {
    private mutating func scanMark() {
        let start = index
        advance(peek() == .dash && peek(1) == .greater ? 2 : 1)
        add(.mark, from: start, line: line)
    }

    private mutating func scanWord() {
        let start = index
        advance()
        while let byte = peek(), byte.isWordPart { advance() }
        let length = index - start
        if peek() == .exclamation, length <= 3, ["try", "as"].contains(text(from: start)) { advance() }
        add(.word, from: start, line: line)
    }

    private mutating func scanQuotedName() {
        let start = index
        advance()
        while let byte = peek(), byte != .backtick, byte != .newline { advance() }
        advance()
        add(.word, from: start, line: line)
    }

    private mutating func scanLineComment() {
        let start = index
        while let byte = peek(), byte != .newline { advance() }
        add(.comment, from: start, line: line)
    }

    /// They nest.
    private mutating func scanBlockComment() {
        let start = index
        let firstLine = line
        var depth = 0
        repeat {
            switch (peek(), peek(1)) {
            case (.slash, .star):
                depth += 1
                advance(2)
            case (.star, .slash):
                depth -= 1
                advance(2)
            default: advance()
            }
        } while depth > 0 && index < count
        add(.comment, from: start, line: firstLine)
    }
}

// MARK: - Strings

extension SwiftScanner {
    /// How many `#` stand here before a quote; 0 where they begin no string.
    private func hashesBeforeQuote() -> Int {
        var count = 0
        while peek(count) == .hash { count += 1 }
        return peek(count) == .quote ? count : 0
    }

    private mutating func scanString(hashes: Int) {
        let firstLine = line
        advance(hashes)
        let quotes = peek(1) == .quote && peek(2) == .quote ? 3 : 1
        advance(quotes)
        var text: [UInt8] = []
        while let byte = peek(), !isEnd(quotes: quotes, hashes: hashes), quotes == 3 || byte != .newline {
            guard byte == .backslash, hasHashes(hashes, at: 1) else {
                text.append(byte)
                advance()
                continue
            }
            advance(1 + hashes)
            if peek() == .open {
                advance()
                scanCode(isInterpolation: true)
            } else {
                text.append(peek() ?? .backslash)
                advance()
            }
        }
        advance(quotes + hashes)
        tokens.append(SwiftToken(kind: .string, text: String(decoding: text, as: UTF8.self), line: firstLine))
    }

    private func isEnd(quotes: Int, hashes: Int) -> Bool {
        guard peek() == .quote, quotes == 1 || peek(1) == .quote && peek(2) == .quote else { return false }
        return hasHashes(hashes, at: quotes)
    }

    private func hasHashes(_ count: Int, at offset: Int) -> Bool {
        var place = 0
        while place < count, peek(offset + place) == .hash { place += 1 }
        return place == count
    }
}

extension UInt8 {
    fileprivate static let newline = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let tab = UInt8(ascii: "\t")
    fileprivate static let space = UInt8(ascii: " ")
    fileprivate static let slash = UInt8(ascii: "/")
    fileprivate static let star = UInt8(ascii: "*")
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let hash = UInt8(ascii: "#")
    fileprivate static let backtick = UInt8(ascii: "`")
    fileprivate static let backslash = UInt8(ascii: "\\")
    fileprivate static let open = UInt8(ascii: "(")
    fileprivate static let close = UInt8(ascii: ")")
    fileprivate static let dash = UInt8(ascii: "-")
    fileprivate static let greater = UInt8(ascii: ">")
    fileprivate static let exclamation = UInt8(ascii: "!")

    fileprivate var isWordStart: Bool { isWordPart || self == UInt8(ascii: "@") || self == .hash }

    /// Letters, digits, `_`, `$`, and whatever is not ASCII.
    fileprivate var isWordPart: Bool {
        let lowered = self | 0x20
        return lowered >= 0x61 && lowered <= 0x7A || self >= 0x30 && self <= 0x39 || self == 0x5F
            || self == 0x24 || self >= 0x80
    }
}
