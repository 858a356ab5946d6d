extension JSONParser {
    /// Parses a string whose opening quote is the next byte.
    mutating func parseString() throws(JSONError) -> String {
        position += 1
        let start = position
        skipPlain()
        guard try peek() != UInt8(ascii: "\"") else {
            defer { position += 1 }
            return text(from: start)
        }
        return try parseEscaped(from: start)
    }

    private func text(from start: Int) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
    }

    /// Skips what stands for itself.
    private mutating func skipPlain() {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { return }
            position += 1
        }
    }

    private mutating func parseEscaped(from start: Int) throws(JSONError) -> String {
        scratch.removeAll(keepingCapacity: true)
        var plainStart = start
        while true {
            scratch.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[plainStart..<position]))
            let byte = try peek()
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: scratch, as: UTF8.self)
            case UInt8(ascii: "\\"): try parseEscape()
            default: throw error(.controlCharacter(byte))
            }
            plainStart = position
            skipPlain()
        }
    }

    private mutating func parseEscape() throws(JSONError) {
        let start = position
        position += 1
        let byte = try peek()
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(byte)
        case UInt8(ascii: "b"): scratch.append(0x08)
        case UInt8(ascii: "f"): scratch.append(0x0C)
        case UInt8(ascii: "n"): scratch.append(0x0A)
        case UInt8(ascii: "r"): scratch.append(0x0D)
        case UInt8(ascii: "t"): scratch.append(0x09)
        case UInt8(ascii: "u"): scratch.append(contentsOf: try parseScalar(from: start).utf8)
        default: throw error(.invalidEscape, at: start)
        }
    }

    /// Parses the digits of `\uXXXX` and, after a high surrogate, the `\uXXXX` of its low one.
    private mutating func parseScalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let unit = try parseHexadecimal(from: start)
        guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
        let afterLead = position
        guard bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
            return "\u{FFFD}"
        }
        position += 2
        let trail = try parseHexadecimal(from: afterLead)
        guard UTF16.isTrailSurrogate(trail) else {
            // A lone lead; what follows it is an escape of its own.
            position = afterLead
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(trail & 0x3FF))) ?? "\u{FFFD}"
    }

    private mutating func parseHexadecimal(from start: Int) throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try peek())).hexDigitValue else {
                throw error(.invalidEscape, at: start)
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}
