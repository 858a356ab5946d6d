/// The text of a scalar that reads back as the same scalar: here, and in readers of YAML 1.1.
enum ScalarText {
    enum Quotes { case single, double }

    /// The scalar on one line; a string is quoted only if it must be, or if `quotes` says so.
    static func line(_ node: Node, isInFlow: Bool, quotes: Quotes?) -> String {
        guard let string = node.string else { return number(node) }
        if quotes == nil, isPlain(string, isInFlow: isInFlow) { return string }
        let hasSpecial = string.utf8.contains { $0 == .doubleQuote || $0 == .backslash }
        let prefersSingle = quotes == .single || (quotes == nil && hasSpecial)
        return prefersSingle && isPrintableLine(string) ? singleQuoted(string) : doubleQuoted(string)
    }

    /// A null, boolean or number: as it was read, if it was.
    private static func number(_ node: Node) -> String {
        if let text = node.text, !text.isEmpty, CoreSchema.resolve(text) == node.content { return text }
        return CoreSchema.text(of: node.content) ?? "null"
    }

    /// Several lines of printable text that end with one line break at most: more of them would take in
    /// the blank lines that happen to follow the block.
    static func canBeLiteral(_ string: String) -> Bool {
        let bytes = string.utf8
        guard bytes.contains(.lineFeed), bytes.contains(where: { !$0.isBlank && $0 != .lineFeed }) else {
            return false
        }
        if bytes.suffix(2).elementsEqual([.lineFeed, .lineFeed]) { return false }
        return string.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || $0.isPlainlyVisible }
    }

    private static func isPrintableLine(_ string: String) -> Bool {
        string.unicodeScalars.allSatisfy(\.isPlainlyVisible)
    }

    /// Whether the string can stand without quotes (§7.3.3) and would be read as a string.
    private static func isPlain(_ string: String, isInFlow: Bool) -> Bool {
        let bytes = Array(string.utf8)
        guard let first = bytes.first, let last = bytes.last else { return false }
        let isBegunByDash = first == .dash && bytes.count > 1 && bytes[1] != .space && bytes[1] != .dash
        guard !first.isIndicator || isBegunByDash else { return false }
        guard first != .space, last != .space, last != .colon, !bytes.starts(with: "...".utf8) else {
            return false
        }
        if isInFlow, isBegunByDash ? bytes[1].isFlowIndicator : false { return false }
        for (byte, next) in zip(bytes, bytes.dropFirst()) {
            if (byte == .colon && next == .space) || (byte == .space && next == .hash) { return false }
        }
        if isInFlow, bytes.contains(where: \.isFlowIndicator) { return false }
        return isPrintableLine(string) && !LegacySchema.isSpecial(string)
            && CoreSchema.resolve(string) == .string(string)
    }

    private static func singleQuoted(_ string: String) -> String {
        var text: [UInt8] = [.singleQuote]
        for byte in string.utf8 {
            text.append(byte)
            if byte == .singleQuote { text.append(byte) }
        }
        return String(decoding: text + [.singleQuote], as: UTF8.self)
    }

    private static func doubleQuoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars { text += escaped(scalar) }
        return text + "\""
    }

    /// The escapes of §5.7 that JSON has too, where it has them.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: break
        }
        if scalar.isPlainlyVisible { return String(scalar) }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) = scalar.value > 0xFFFF ? ("U", 8) : scalar.value > 0xFF ? ("u", 4) : ("x", 2)
        return "\\\(letter)" + String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}

extension Unicode.Scalar {
    /// Printable, and neither a line break to YAML 1.1 (NEL, LS, PS) nor a byte order mark.
    fileprivate var isPlainlyVisible: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029, 0xFEFF: false
        default: isPrintableInYAML
        }
    }
}
