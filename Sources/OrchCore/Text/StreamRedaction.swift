/// Redaction of a text that comes in pieces: a secret that is torn between two of them is hidden in both.
///
/// Nothing is held back for it: the end of a piece that looks like the beginning of a secret is hidden at
/// once, and what the next pieces add to it when they come.
package struct StreamRedaction: Sendable {
    private let redaction: Redaction
    /// The end of what came before, as it was.
    private var tail: [UInt8] = []
    private let tailLimitBytes: Int

    /// A token may be so long, a known secret longer.
    private static let shortestTailBytes = 256
    /// The bound where a “secret” is a document.
    private static let longestTailBytes = 4096

    /// What stands for an open block of a private key, however long that has become.
    private static let keyBlock = Array("-----BEGIN PRIVATE KEY-----".utf8)
    /// A key is shorter; behind that many bytes an unfinished block was only somebody's words.
    private static let keyLimitBytes = 16 << 10
    private var keyBytes = 0

    package init(_ redaction: Redaction) {
        self.redaction = redaction
        tailLimitBytes = min(max(Self.shortestTailBytes, redaction.longestSecretBytes), Self.longestTailBytes)
    }

    /// The next piece, without what it holds of secrets.
    package mutating func apply(to piece: String) -> String {
        let bytes = Array(piece.utf8)
        if bytes.isEmpty { return piece }
        let before = tail.count
        let joined = tail + bytes
        var spans = redaction.spans(in: joined)
        let open = redaction.openLength(of: joined)
        if open > 0 { Self.add((joined.count - open)..<joined.count, to: &spans) }
        remember(joined, newBytes: bytes.count)
        let own = spans.filter { $0.upperBound > before }.map {
            max(0, $0.lowerBound - before)..<($0.upperBound - before)
        }
        return own.isEmpty ? piece : Redaction.replacing(own, in: bytes)
    }

    private static func add(_ span: Range<Int>, to spans: inout [Range<Int>]) {
        guard let last = spans.last, span.lowerBound <= last.upperBound else { return spans.append(span) }
        spans[spans.count - 1] =
            min(last.lowerBound, span.lowerBound)..<max(last.upperBound, span.upperBound)
    }

    private mutating func remember(_ joined: [UInt8], newBytes: Int) {
        guard SecretFormat.openKeyBlock(in: joined) != nil else {
            keyBytes = 0
            tail = Array(joined.suffix(tailLimitBytes))
            return
        }
        keyBytes += newBytes
        // The block's last bytes too: the line that ends it may itself be torn.
        let block = Self.keyBlock + joined.suffix(Self.keyBlock.count)
        tail = keyBytes <= Self.keyLimitBytes ? block : []
    }
}
