import Platform

/// How much a terminal may be told: width and colours.
struct TerminalStyle {
    /// Columns, 40…100: lines wider than that are hard to read.
    let width: Int
    /// Somebody reads standard output, and lines that are too long wrap.
    let isTerminal: Bool
    /// Bold and colours are welcome: a terminal, and no `NO_COLOR` (https://no-color.org).
    let isStyled: Bool

    init(environment: [String: String]) {
        isTerminal = Terminal.isTerminal(1)
        width = min(max(Terminal.width(1) ?? 80, 40), 100)
        isStyled = isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }

    init(width: Int = 80, isTerminal: Bool = false, isStyled: Bool = false) {
        self.width = width
        self.isTerminal = isTerminal
        self.isStyled = isStyled
    }

    func bold(_ text: String) -> String { styled(text, "1") }
    func dim(_ text: String) -> String { styled(text, "2") }
    func red(_ text: String) -> String { styled(text, "31") }
    func green(_ text: String) -> String { styled(text, "32") }
    func yellow(_ text: String) -> String { styled(text, "33") }

    private func styled(_ text: String, _ code: String) -> String {
        isStyled ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
