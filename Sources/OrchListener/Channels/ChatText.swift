package import OrchCore

/// A text for a chat, without any service's markup: each channel writes its own, and so no text of an agent
/// or a person can be taken for markup.
package struct ChatText: Equatable, Sendable {
    package enum Span: Equatable, Sendable {
        case plain(String)
        case bold(String)
        /// In a fixed width, within a line.
        case code(String)
        /// Lines in a fixed width, apart from the text around them.
        case block(String)
    }

    package private(set) var spans: [Span] = []

    package init() {}

    package init(_ spans: Span...) { for span in spans { append(span) } }

    /// Text with `code` in backticks, as orch's own sentences have it; a backtick without another is itself.
    package init(sentence: String) {
        var rest = sentence[...]
        while let start = rest.firstIndex(of: "`"),
            let end = rest[rest.index(after: start)...].firstIndex(of: "`")
        {
            append(.plain(String(rest[..<start])))
            append(.code(String(rest[rest.index(after: start)..<end])))
            rest = rest[rest.index(after: end)...]
        }
        append(.plain(String(rest)))
    }

    /// Empty spans are left out, and those of one look in a row are one: lines of a block stay a block.
    package mutating func append(_ span: Span) {
        if span.text.isEmpty { return }
        switch (spans.last, span) {
        case (.plain(let old)?, .plain(let new)): spans[spans.count - 1] = .plain(old + new)
        case (.bold(let old)?, .bold(let new)): spans[spans.count - 1] = .bold(old + new)
        case (.code(let old)?, .code(let new)): spans[spans.count - 1] = .code(old + new)
        case (.block(let old)?, .block(let new)): spans[spans.count - 1] = .block(old + new)
        default: spans.append(span)
        }
    }

    package mutating func append(_ text: ChatText) { for span in text.spans { append(span) } }

    package static func + (left: ChatText, right: ChatText) -> ChatText {
        var sum = left
        sum.append(right)
        return sum
    }

    package var isEmpty: Bool { spans.isEmpty }

    /// Without any markup.
    package var plain: String { spans.map(\.text).joined() }

    /// No secret, no control character, no live mention: what every text goes through before it leaves.
    package func clean(_ redaction: Redaction) -> ChatText {
        var clean = ChatText()
        for span in spans {
            clean.append(span.mapping { Mentions.silenced(Printable.text(redaction.apply(to: $0))) })
        }
        return clean
    }
}

extension ChatText.Span {
    package var text: String {
        switch self {
        case .plain(let text), .bold(let text), .code(let text), .block(let text): text
        }
    }

    /// The same look with another text.
    package func mapping(_ change: (String) -> String) -> ChatText.Span {
        switch self {
        case .plain(let text): .plain(change(text))
        case .bold(let text): .bold(change(text))
        case .code(let text): .code(change(text))
        case .block(let text): .block(change(text))
        }
    }
}

extension ChatText: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(sentence: value) }
}
