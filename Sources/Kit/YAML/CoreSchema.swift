/// The core schema of YAML 1.2.2, §10.3.2: what an untagged plain scalar means.
///
/// `yes`, `on`, `012` (twelve) and `1:30` are what they look like, unlike in YAML 1.1; and `<<` is a
/// key like any other: the merge key belongs to 1.1, and the core schema has none.
enum CoreSchema {
    /// The value of a plain scalar with this text.
    static func resolve(_ text: String) -> Node.Content {
        // Most scalars are words: their first byte tells, before they are compared with anything.
        guard text.utf8.first.map(mayBeSpecial) ?? true else { return .string(text) }
        return switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: number(text) ?? .string(text)
        }
    }

    private static func mayBeSpecial(_ first: UInt8) -> Bool {
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), .plus, .dash, .dot, UInt8(ascii: "~"), UInt8(ascii: "n"),
            UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
            true
        default: false
        }
    }

    /// The text that resolves to this scalar; `nil` for a collection.
    static func text(of content: Node.Content) -> String? {
        switch content {
        case .null: "null"
        case .bool(let bool): bool ? "true" : "false"
        case .int(let int): String(int)
        case .float(let float): text(of: float)
        case .string(let string): string
        case .sequence, .mapping: nil
        }
    }

    private static func text(of float: Double) -> String {
        if float.isNaN { return ".nan" }
        if float.isInfinite { return float < 0 ? "-.inf" : ".inf" }
        return float.description
    }

    static func number(_ text: String) -> Node.Content? {
        var bytes = Array(text.utf8)[...]
        guard let first = bytes.first, first < .colon else { return nil }  // digits, signs and dot
        if bytes.starts(with: [.zero, .letterO]) { return integer(bytes.dropFirst(2), radix: 8) }
        if bytes.starts(with: [.zero, .letterX]) { return integer(bytes.dropFirst(2), radix: 16) }
        if first == .plus || first == .dash { bytes.removeFirst() }
        if !bytes.isEmpty, bytes.allSatisfy(\.isDigit) {
            return Int(text).map { .int($0) } ?? Double(text).map { .float($0) }
        }
        return special(text) ?? (isDecimal(bytes) ? Double(text).map { .float($0) } : nil)
    }

    /// Digits of the radix alone; more of them than `Int` holds make a float.
    private static func integer(_ digits: ArraySlice<UInt8>, radix: Int) -> Node.Content? {
        guard !digits.isEmpty else { return nil }
        var exact: Int? = 0
        var rounded = 0.0
        for digit in digits {
            guard let value = digit.hexadecimalValue, value < radix else { return nil }
            exact = exact.flatMap { sum in
                let (product, isTooLarge) = sum.multipliedReportingOverflow(by: radix)
                let (next, isStillTooLarge) = product.addingReportingOverflow(value)
                return isTooLarge || isStillTooLarge ? nil : next
            }
            rounded = rounded * Double(radix) + Double(value)
        }
        return exact.map { .int($0) } ?? .float(rounded)
    }

    private static func special(_ text: String) -> Node.Content? {
        return switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": .float(-.infinity)
        case ".nan", ".NaN", ".NAN": .float(.nan)
        default: nil
        }
    }

    /// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, the sign already taken off.
    private static func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
        let whole = bytes.prefix(while: \.isDigit)
        var rest = bytes.dropFirst(whole.count)
        if rest.first == .dot {
            let fraction = rest.dropFirst().prefix(while: \.isDigit)
            if whole.isEmpty && fraction.isEmpty { return false }
            rest = rest.dropFirst(1 + fraction.count)
        } else if whole.isEmpty {
            return false
        }
        guard let exponent = rest.first else { return true }
        guard exponent == .letterE || exponent == .capitalE else { return false }
        rest.removeFirst()
        if rest.first == .plus || rest.first == .dash { rest.removeFirst() }
        return !rest.isEmpty && rest.allSatisfy(\.isDigit)
    }
}
