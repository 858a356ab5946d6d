/// The one function that every way out goes through (comments, pull requests, chats, streams, logs, rows),
/// before anything is cut to length: half a secret is a secret too.
package struct Redaction: Sendable {
    /// What stands where a secret stood.
    package static let mark = "[REDACTED]"

    /// Shorter values are words, and words are no secrets.
    private static let shortestSecretBytes = 8
    /// A key of many lines is also shown line by line; shorter lines than this are no part worth hiding.
    private static let shortestLineBytes = 16

    /// The exact values by their first byte, each list with the longest first.
    private let secrets: [UInt8: [[UInt8]]]

    /// - Parameter secrets: exact values that must never leave, in any order; white space
    ///   around them is no part of them.
    package init(secrets: [String]) {
        let values = Set(secrets.flatMap(Self.parts)).map { Array($0.utf8) }
        self.secrets = Dictionary(grouping: values.sorted { $0.count > $1.count }) { $0[0] }
    }

    /// The value itself, and each line of one that has several.
    private static func parts(of secret: String) -> [String] {
        let whole = trimmed(secret[...])
        guard whole.utf8.count >= shortestSecretBytes else { return [] }
        let lines = whole.split(whereSeparator: \.isNewline).map(trimmed)
        return [whole] + lines.filter { $0.utf8.count >= shortestLineBytes && !$0.hasPrefix("-----") }
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// `text` with every known secret, and everything that has the format of one, replaced by the mark.
    ///
    /// Secrets that overlap or touch in the text are replaced as one: what is left of the
    /// second would be half a secret.
    package func apply(to text: String) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var secretEnd = 0
        var endsWithMark = false
        for position in bytes.indices {
            let isFree = position >= secretEnd
            let isTouching = position == secretEnd && endsWithMark
            if let length = secretLength(in: bytes, at: position, isFree: isFree, afterSecret: isTouching) {
                if isFree, !isTouching { output += Array(Self.mark.utf8) }
                endsWithMark = true
                secretEnd = max(secretEnd, position + length)
            } else if isFree {
                output.append(bytes[position])
                endsWithMark = false
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// - Parameter isFree: `position` is not inside of another secret, where a token's form has no meaning.
    private func secretLength(
        in bytes: [UInt8], at position: Int, isFree: Bool, afterSecret: Bool
    ) -> Int? {
        let known = secrets[bytes[position]]?.first { bytes[position...].starts(with: $0) }?.count
        guard isFree else { return known }
        let formed = SecretFormat.longest(in: bytes, at: position, afterSecret: afterSecret)
        guard let known, let formed else { return known ?? formed }
        return max(known, formed)
    }
}
