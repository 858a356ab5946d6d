/// A text in Telegram's MarkdownV2 (Bot API, “MarkdownV2 style”).
enum TelegramMarkup {
    /// Every character that may mean something anywhere in a plain part.
    private static let special: Set<Character> = [
        "_", "*", "[", "]", "(", ")", "~", "`", ">", "#", "+", "-", "=", "|", "{", "}", ".", "!", "\\",
    ]
    /// What means something within code.
    private static let specialInCode: Set<Character> = ["`", "\\"]

    static func text(_ text: ChatText) -> String {
        text.spans.map { span in
            switch span {
            case .plain(let text): escaped(text, special)
            case .bold(let text): around(text, "*", special)
            case .code(let text): around(text, "`", specialInCode)
            case .block(let text): "```\n\(escaped(text, specialInCode))\n```"
            }
        }.joined()
    }

    /// An entity of nothing but blanks is none to Telegram, and an error.
    private static func around(_ text: String, _ mark: String, _ special: Set<Character>) -> String {
        text.allSatisfy(\.isWhitespace) ? escaped(text, special) : mark + escaped(text, special) + mark
    }

    /// Character by character: a mark with an accent upon it is one that needs an escape all the same.
    private static func escaped(_ text: String, _ special: Set<Character>) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if special.contains(Character(scalar)) { escaped.append("\\") }
            escaped.append(scalar)
        }
        return String(escaped)
    }
}
