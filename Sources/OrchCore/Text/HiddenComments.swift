/// HTML comments: what the readers of an issue do not see must not steer its agent either.
package enum HiddenComments {
    private static let opening = Array("<!--".utf8)
    private static let closing = Array("-->".utf8)

    /// `text` without them; one that is not closed goes to the end, as on GitHub.
    ///
    /// Those in examples of code go too: telling the two apart needs a whole Markdown parser, and an attacker
    /// needs only one case that it gets wrong.
    package static func removed(from text: String) -> String {
        var rest = Array(text.utf8)[...]
        var visible: [UInt8] = []
        while let start = index(of: opening, in: rest) {
            visible += rest[..<start]
            // `<!-->` is a whole comment:
            // https://html.spec.whatwg.org/multipage/parsing.html#comment-start-state
            let inside = rest[(start + 2)...]
            guard let end = index(of: closing, in: inside) else {
                return String(decoding: visible, as: UTF8.self)
            }
            rest = rest[(end + closing.count)...]
        }
        return String(decoding: visible + rest, as: UTF8.self)
    }

    private static func index(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.indices.first { bytes[$0] == pattern[0] && bytes[$0...].starts(with: pattern) }
    }
}
