/// A text as Discord's Markdown, in which nothing but our own spans means something:
/// https://discord.com/developers/docs/reference#message-formatting
///
/// It goes by Unicode scalars: to Discord a backtick with an accent upon it is a backtick.
enum DiscordMarkdown {
    static func text(of text: ChatText) -> String {
        text.spans.map(text(of:)).joined()
    }

    private static func text(of span: ChatText.Span) -> String {
        switch span {
        case .plain(let text): escaped(text)
        case .bold(let text): text.allSatisfy(\.isWhitespace) ? text : "**\(escaped(text))**"
        case .code(let text): code(text)
        case .block(let text): "```\n\(unfenced(text))\n```"
        }
    }

    /// A zero-width space, which keeps backticks from being a fence.
    private static let divider: Unicode.Scalar = "\u{200B}"

    /// Within a line; a backtick in it takes two around it.
    private static func code(_ text: String) -> String {
        guard text.unicodeScalars.contains("`") else { return "`\(text)`" }
        return "`` \(parted(text, longest: 1)) ``"
    }

    private static func unfenced(_ text: String) -> String {
        var text = parted(text, longest: 2)
        if text.last?.isNewline == true { text.removeLast() }
        return text
    }

    /// With a divider within each row of backticks that is longer.
    private static func parted(_ text: String, longest: Int) -> String {
        var parted = String.UnicodeScalarView()
        var row = 0
        for scalar in text.unicodeScalars {
            row = scalar == "`" ? row + 1 : 0
            if row > longest {
                parted.append(divider)
                row = 1
            }
            parted.append(scalar)
        }
        return String(parted)
    }

    /// What means something wherever it stands; a backslash before it makes it itself.
    private static let special: Set<Character> = ["\\", "*", "_", "~", "`", "|", "<", "[", "]", "@"]
    /// What does so at the beginning of a line: quotes, headings and lists.
    private static let leading: Set<Character> = [">", "#", "-", "+"]

    private static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        var line = LineStart()
        var isWordStart = true
        while let scalar = rest.first {
            if isWordStart, let address = address(rest) {
                // Between these Discord reads nothing but the address, and shows only that.
                escaped += "<\(Substring(address))>".unicodeScalars
                rest = rest.dropFirst(address.count)
                (isWordStart, line) = (false, .over)
                continue
            }
            let character = Character(scalar)
            let isMarkup =
                special.contains(character) || line == .blank && leading.contains(character)
                || line == .number && character == "."
            if isMarkup { escaped.append("\\") }
            escaped.append(scalar)
            line.take(character)
            isWordStart = character.isWhitespace || character == "("
            rest = rest.dropFirst()
        }
        return String(escaped)
    }

    /// What has come of a line so far, as far as it makes a list of it.
    private enum LineStart {
        case blank
        case number
        case over

        init() { self = .blank }

        mutating func take(_ character: Character) {
            if character.isNewline {
                self = .blank
            } else if character.isASCII, character.isNumber, self != .over {
                self = .number
            } else if !(self == .blank && character.isWhitespace) {
                self = .over
            }
        }
    }

    /// The address at the beginning of the text. Its last character is one of a path, not of a sentence.
    private static func address(_ text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView? {
        guard ["https://", "http://"].contains(where: { text.starts(with: $0.unicodeScalars) }) else {
            return nil
        }
        var address = text.prefix {
            let character = Character($0)
            return character.isASCII
                && (character.isLetter || character.isNumber || "/:.-_~?&=%+,;#@!".contains(character))
        }
        while let last = address.last, ".,;:?!~_".unicodeScalars.contains(last) {
            address = address.dropLast()
        }
        let written = String(address)
        return written.hasSuffix("//") || written.hasSuffix("/:") ? nil : address
    }
}
