/// Text as roff(7) takes it, for both groff and mandoc.
enum RoffText {
    /// In bytes; mandoc(1) frowns on longer input lines.
    private static let lineWidth = 80

    /// Within a line: nothing in it is taken for an escape or for a quote of a macro's argument.
    ///
    /// Every hyphen becomes `\-`, a true minus that can be copied and searched for: most of them stand in
    /// options and file names. Other than ASCII is spelled `\[uXXXX]`, since what encoding a man(1) expects
    /// is anybody's guess.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "\"": result += "\\(dq"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            case "\n", "\t", "\r": result += " "
            default: result += scalar.isASCII ? String(scalar) : unicode(scalar)
            }
        }
        return result
    }

    /// A line of its own, spaces kept.
    static func line(_ text: String) -> String { guarded(escaped(text)) }

    /// A paragraph on short lines, with what stands between backticks in bold.
    static func prose(_ text: String) -> [String] {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        guard parts.count % 2 == 1 else { return escaped(text).wrapped(to: lineWidth).map(guarded) }
        let fonts = parts.enumerated().map { $0.offset % 2 == 0 ? escaped($0.element) : bold($0.element) }
        return fonts.joined().wrapped(to: lineWidth).map(guarded)
    }

    static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }

    static func italic(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

    /// A line that begins with a dot would be a request; apostrophes are escaped already.
    private static func guarded(_ line: String) -> String { line.hasPrefix(".") ? "\\&" + line : line }

    private static func unicode(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
    }
}
