// The characters that YAML gives a meaning to (§5), as bytes: every one of them is ASCII.
extension UInt8 {
    /// What the parser sees past the last byte. The source holds no NUL: YAML forbids it.
    static let end: UInt8 = 0
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let bang = UInt8(ascii: "!")
    static let doubleQuote = UInt8(ascii: "\"")
    static let hash = UInt8(ascii: "#")
    static let percent = UInt8(ascii: "%")
    static let ampersand = UInt8(ascii: "&")
    static let singleQuote = UInt8(ascii: "'")
    static let star = UInt8(ascii: "*")
    static let plus = UInt8(ascii: "+")
    static let comma = UInt8(ascii: ",")
    static let dash = UInt8(ascii: "-")
    static let dot = UInt8(ascii: ".")
    static let zero = UInt8(ascii: "0")
    static let colon = UInt8(ascii: ":")
    static let less = UInt8(ascii: "<")
    static let greater = UInt8(ascii: ">")
    static let question = UInt8(ascii: "?")
    static let capitalE = UInt8(ascii: "E")
    static let openBracket = UInt8(ascii: "[")
    static let backslash = UInt8(ascii: "\\")
    static let closeBracket = UInt8(ascii: "]")
    static let underscore = UInt8(ascii: "_")
    static let letterE = UInt8(ascii: "e")
    static let letterO = UInt8(ascii: "o")
    static let letterX = UInt8(ascii: "x")
    static let openBrace = UInt8(ascii: "{")
    static let pipe = UInt8(ascii: "|")
    static let closeBrace = UInt8(ascii: "}")

    var isDigit: Bool { self &- .zero < 10 }
    var isBlank: Bool { self == .space || self == .tab }
    var isBreak: Bool { self == .lineFeed || self == .carriageReturn }
    var isBreakOrEnd: Bool { isBreak || self == .end }
    /// Whether an indicator before this byte is one: `- `, `: ` and `? ` need a separation.
    var isSeparation: Bool { isBlank || isBreakOrEnd }

    /// `,[]{}`: what ends a plain scalar within a flow collection (§7.4).
    var isFlowIndicator: Bool {
        switch self {
        case .comma, .openBracket, .closeBracket, .openBrace, .closeBrace: true
        default: false
        }
    }

    /// A byte that no plain scalar starts with; `-`, `?` and `:` may, before a non-space (§7.3.3).
    var isIndicator: Bool {
        switch self {
        case .dash, .question, .colon, .hash, .ampersand, .star, .bang, .pipe, .greater, .singleQuote,
            .doubleQuote, .percent, UInt8(ascii: "@"), UInt8(ascii: "`"):
            true
        default: isFlowIndicator
        }
    }

    var hexadecimalValue: Int? {
        switch self {
        case .zero...UInt8(ascii: "9"): Int(self - .zero)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(self - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(self - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
