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
    /// Whether a secret may begin with the byte: with most it does not, and nothing more is asked.
    private let mayBegin: [Bool]

    /// - Parameter secrets: exact values that must never leave, in any order; white space
    ///   around them is no part of them.
    package init(secrets: [String]) {
        let values = Set(secrets.flatMap(Self.parts)).map { Array($0.utf8) }
        let byFirstByte = Dictionary(grouping: values.sorted { $0.count > $1.count }) { $0[0] }
        self.secrets = byFirstByte
        mayBegin = (UInt8.min...UInt8.max).map { byFirstByte[$0] != nil || SecretFormat.mayBegin(with: $0) }
    }

    /// The value itself, and each line of one that has several.
    private static func parts(of secret: String) -> [String] {
        let whole = secret.trimmed
        guard whole.utf8.count >= shortestSecretBytes else { return [] }
        let lines = whole.split(whereSeparator: \.isNewline).map(\.trimmed)
        let shown = lines.filter { $0.utf8.count >= shortestLineBytes && !$0.hasPrefix("-----") }
        return ([whole] + shown).map(String.init)
    }

    /// `text` with every known secret, and everything that has the format of one, replaced by the mark.
    ///
    /// Secrets that overlap or touch in the text are replaced as one: what is left of the
    /// second would be half a secret.
    package func apply(to text: String) -> String {
        let bytes = Array(text.utf8)
        let spans = spans(in: bytes)
        return spans.isEmpty ? text : Self.replacing(spans, in: bytes)
    }

    /// The text with the mark where each of these stood, which are in order and apart.
    static func replacing(_ spans: [Range<Int>], in bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var place = 0
        for span in spans {
            output += bytes[place..<span.lowerBound]
            output += Array(mark.utf8)
            place = span.upperBound
        }
        output += bytes[place...]
        return String(decoding: output, as: UTF8.self)
    }

    /// Where secrets stand; those that overlap or touch are one.
    func spans(in bytes: [UInt8]) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        for position in bytes.indices where mayBegin[Int(bytes[position])] {
            let end = spans.last?.upperBound
            let isFree = position >= end ?? 0
            guard
                let length = secretLength(
                    in: bytes, at: position, isFree: isFree, afterSecret: position == end)
            else { continue }
            if let last = spans.last, position <= last.upperBound {
                spans[spans.count - 1] = last.lowerBound..<max(last.upperBound, position + length)
            } else {
                spans.append(position..<(position + length))
            }
        }
        return spans
    }

    /// How many bytes at the end look like the beginning of a secret whose rest is still to come.
    func openLength(of bytes: [UInt8]) -> Int {
        let known = secrets.values.joined().map { Self.overlap(of: bytes, with: $0) }.max() ?? 0
        return max(known >= Self.shortestPartBytes ? known : 0, SecretFormat.openLength(of: bytes))
    }

    /// What is shorter gives nothing away, and would be found at the end of many a word.
    private static let shortestPartBytes = 4

    /// The longest secret that is known, in bytes.
    var longestSecretBytes: Int { secrets.values.joined().map(\.count).max() ?? 0 }

    /// The length of the longest end of `text` that `secret` begins with.
    private static func overlap(of text: [UInt8], with secret: [UInt8]) -> Int {
        var length = min(text.count, secret.count - 1)
        while length > 0, !secret.starts(with: text.suffix(length)) { length -= 1 }
        return length
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
