extension Parser {
    /// `'…'`, in which only `''` is special (§7.3.2).
    mutating func singleQuoted(parent: Int) throws(YAMLError) -> Syntax {
        let start = position
        var text: [UInt8] = []
        position += 1
        while true {
            if current == .singleQuote {
                position += 1
                guard current == .singleQuote else { break }
                text.append(.singleQuote)
                position += 1
            } else if current.isBreakOrEnd {
                try foldQuoted(&text, keeping: 0, parent: parent, openedAt: start)
            } else {
                text.append(current)
                position += 1
            }
        }
        return Syntax(.scalar(String(decoding: text, as: UTF8.self), .singleQuoted), start..<position)
    }

    /// `"…"` with the escapes of §5.7.
    mutating func doubleQuoted(parent: Int) throws(YAMLError) -> Syntax {
        let start = position
        var text: [UInt8] = []
        // What an escape wrote is text even where it is white space at the end of a line.
        var escaped = 0
        position += 1
        while current != .doubleQuote {
            if current == .backslash {
                position += 1
                if current.isBreak {
                    try skipEscapedBreak(&text, parent: parent, openedAt: start)
                } else {
                    text += Array(String(try escape()).utf8)
                }
                escaped = text.count
            } else if current.isBreakOrEnd {
                try foldQuoted(&text, keeping: escaped, parent: parent, openedAt: start)
            } else {
                text.append(current)
                position += 1
            }
        }
        position += 1
        return Syntax(.scalar(String(decoding: text, as: UTF8.self), .doubleQuoted), start..<position)
    }

    /// Folds a line break within quotes, and drops the blanks around it (§7.3.1).
    private mutating func foldQuoted(
        _ text: inout [UInt8], keeping: Int, parent: Int, openedAt start: Int
    ) throws(YAMLError) {
        while text.count > keeping, text.last?.isBlank == true { text.removeLast() }
        let breaks = skipBlankLines()
        try checkQuotedLine(parent: parent, openedAt: start)
        text += Array(folded(breaks).utf8)
    }

    /// A `\` at the end of a line joins it to the next; empty lines in between still count.
    private mutating func skipEscapedBreak(
        _ text: inout [UInt8], parent: Int, openedAt start: Int
    ) throws(YAMLError) {
        let breaks = skipBlankLines()
        try checkQuotedLine(parent: parent, openedAt: start)
        text += Array(repeating: .lineFeed, count: breaks - 1)
    }

    private func checkQuotedLine(parent: Int, openedAt start: Int) throws(YAMLError) {
        guard !isAtEnd, !isAtMarker else { throw error(.unterminatedQuote, at: start) }
        if line.indentation > parent { return }
        if line.hasTab { throw error(.tabIndentation, at: line.start + line.indentation) }
        throw error(.unterminatedQuote, at: start)
    }

    /// The character that the escape at the position stands for; the backslash has been passed.
    private mutating func escape() throws(YAMLError) -> Unicode.Scalar {
        let (letter, start) = (current, position)
        position += 1
        switch letter {
        case UInt8(ascii: "0"): return "\0"
        case UInt8(ascii: "a"): return "\u{7}"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "t"), .tab: return "\t"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "v"): return "\u{B}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "e"): return "\u{1B}"
        case .space: return " "
        case .doubleQuote: return "\""
        case UInt8(ascii: "/"): return "/"
        case .backslash: return "\\"
        case UInt8(ascii: "N"): return "\u{85}"
        case UInt8(ascii: "_"): return "\u{A0}"
        case UInt8(ascii: "L"): return "\u{2028}"
        case UInt8(ascii: "P"): return "\u{2029}"
        case .letterX: return try scalar(digits: 2, from: start - 1)
        case UInt8(ascii: "u"): return try scalar(digits: 4, from: start - 1)
        case UInt8(ascii: "U"): return try scalar(digits: 8, from: start - 1)
        case .end: throw error(.unterminatedQuote, at: start)
        default: throw error(.unknownEscape(firstScalar(at: start)), at: start - 1)
        }
    }

    private func firstScalar(at offset: Int) -> Unicode.Scalar {
        let text = source.text(offset..<min(offset + 4, source.bytes.count))
        return text.unicodeScalars.first ?? "\u{FFFD}"
    }

    /// Hexadecimal digits; two `\u` surrogates in a row are one character, as JSON writes them
    /// (RFC 8259 §7).
    private mutating func scalar(digits: Int, from start: Int) throws(YAMLError) -> Unicode.Scalar {
        var value = try hexadecimal(digits: digits, from: start)
        let isHigh = digits == 4 && value & 0xFC00 == 0xD800
        if isHigh, current == .backslash, peek(1) == UInt8(ascii: "u") {
            position += 2
            let low = try hexadecimal(digits: 4, from: start)
            value = low & 0xFC00 == 0xDC00 ? 0x10000 + (value & 0x3FF) << 10 + (low & 0x3FF) : value
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw error(.badEscapeDigits(source.text(start..<position)), at: start)
        }
        return scalar
    }

    private mutating func hexadecimal(digits: Int, from start: Int) throws(YAMLError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = current.hexadecimalValue else {
                throw error(.badEscapeDigits(source.text(start..<position)), at: start)
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
