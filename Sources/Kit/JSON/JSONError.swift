/// Why a text is not the JSON that was expected, and where.
package struct JSONError: Error, Hashable {
    package enum Reason: Sendable, Hashable {
        case unexpectedEnd
        /// A byte that cannot stand here.
        case unexpectedByte(UInt8)
        /// More text after the value.
        case trailingText
        /// A backslash followed by what is no escape.
        case invalidEscape
        /// A control character in a string, which must be escaped: RFC 8259 §7.
        case controlCharacter(UInt8)
        /// A number with a leading zero, or without digits where they are needed.
        case invalidNumber
        /// A number that no `Double` can hold.
        case numberOutOfRange
        case tooDeep(limit: Int)
        case tooLarge(limitBytes: Int)
    }

    package let reason: Reason
    /// Bytes before the place.
    package let offset: Int
    /// Counted from 1.
    package let line: Int
    /// Counted from 1 in Unicode scalars.
    package let column: Int
}

extension JSONError {
    init(_ reason: Reason, at offset: Int, of bytes: UnsafeBufferPointer<UInt8>) {
        let before = bytes[..<min(offset, bytes.count)]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        self.reason = reason
        self.offset = offset
        line = 1 + before.reduce(0) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        // Every scalar has one byte that does not continue another: 10xxxxxx.
        column = 1 + before[lineStart...].reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }
}

extension JSONError: CustomStringConvertible {
    package var description: String { "line \(line), column \(column): \(reason)" }
}

extension JSONError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unexpectedEnd: "the text ends within a value"
        case .unexpectedByte(let byte): "unexpected \(Self.name(of: byte))"
        case .trailingText: "text after the value"
        case .invalidEscape: "a backslash that begins no escape"
        case .controlCharacter(let byte): "\(Self.name(of: byte)) in a string"
        case .invalidNumber: "a number JSON does not allow"
        case .numberOutOfRange: "a number too large to hold"
        case .tooDeep(let limit): "more than \(limit) arrays and objects inside one another"
        case .tooLarge(let limit): "more than \(limit) bytes"
        }
    }

    private static func name(of byte: UInt8) -> String {
        (0x21...0x7E).contains(byte)
            ? "“\(Character(Unicode.Scalar(byte)))”" : "byte 0x" + String(byte, radix: 16, uppercase: true)
    }
}
