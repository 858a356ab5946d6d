extension Source {
    /// Throws at the first byte that is not UTF-8 (RFC 3629 §4) or not printable (§5.1, `c-printable`).
    func checkCharacters() throws(YAMLError) {
        var offset = 0
        while offset < bytes.count {
            if bytes[offset] >= .space && bytes[offset] < 0x7F {
                offset += 1
                continue
            }
            guard let (scalar, length) = scalar(at: offset) else {
                throw YAMLError(.notUTF8, at: mark(at: offset))
            }
            guard scalar.isPrintableInYAML else {
                throw YAMLError(.controlCharacter(scalar), at: mark(at: offset))
            }
            offset += length
        }
    }

    /// The scalar that begins here and its length in bytes; `nil` if the bytes are no UTF-8.
    private func scalar(at offset: Int) -> (Unicode.Scalar, length: Int)? {
        let lead = bytes[offset]
        let length: Int
        var value: UInt32
        switch lead {
        case 0x00...0x7F: (length, value) = (1, UInt32(lead))
        case 0xC2...0xDF: (length, value) = (2, UInt32(lead & 0x1F))
        case 0xE0...0xEF: (length, value) = (3, UInt32(lead & 0x0F))
        case 0xF0...0xF4: (length, value) = (4, UInt32(lead & 0x07))
        default: return nil
        }
        guard offset + length <= bytes.count else { return nil }
        for byte in bytes[offset + 1..<offset + length] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let isOverlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000)
        guard !isOverlong, let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, length)
    }
}

extension Unicode.Scalar {
    /// `c-printable` (§5.1): what may stand in a document unescaped.
    var isPrintableInYAML: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
