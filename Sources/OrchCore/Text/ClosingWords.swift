/// Keeps what an agent writes into a pull request from closing issues: GitHub closes each that stands behind
/// one of these words when the request is merged.
package enum ClosingWords {
    /// https://docs.github.com/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue
    private static let words: Set = [
        "close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved",
    ]

    /// `text` with a zero-width space in every such word that a reference may follow; a reader sees no
    /// difference.
    package static func silenced(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let end = bytes[position...].firstIndex { !$0.isASCIILetter } ?? bytes.count
            let word = bytes[position..<end]
            if words.contains(String(decoding: word, as: UTF8.self).lowercased()), isReference(bytes[end...])
            {
                output += word.prefix(1) + Array("\u{200B}".utf8) + word.dropFirst()
            } else {
                output += word
            }
            if end < bytes.count { output.append(bytes[end]) }
            position = end + 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// A colon and white space may be between: then `#7`, `owner/name#7`, `GH-7` or an address.
    private static func isReference(_ rest: ArraySlice<UInt8>) -> Bool {
        let target = rest.drop { $0 == UInt8(ascii: ":") || $0 <= UInt8(ascii: " ") }
        guard target.startIndex > rest.startIndex else { return rest.first == UInt8(ascii: "#") }
        let word = String(decoding: target.prefix { $0 > UInt8(ascii: " ") }, as: UTF8.self).lowercased()
        return word.contains("#") || word.hasPrefix("gh-") || word.contains("/issues/")
            || word.contains("/pull/")
    }
}
