/// What every text goes through before others read it on a tracker: no secret, no live
/// mention, no marker of orch's own.
///
/// A forged marker (`<!-- orch:key:run-7 -->`) in an agent's words would let a later
/// look-up find the wrong comment.
package struct PublicText: Sendable {
    private let redaction: Redaction

    package init(_ redaction: Redaction) { self.redaction = redaction }

    /// To be called before anything is cut to length.
    package func clean(_ text: String) -> String {
        Mentions.silenced(Self.withoutComments(redaction.apply(to: text)))
    }

    /// `<!--` begins a comment wherever it stands; with something in it, it is text like any other.
    private static func withoutComments(_ text: String) -> String {
        let opening = Array("<!--".utf8)
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        for (position, byte) in bytes.enumerated() {
            output.append(byte)
            if byte == opening[0], bytes[position...].starts(with: opening) {
                output += Array("\u{200B}".utf8)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
