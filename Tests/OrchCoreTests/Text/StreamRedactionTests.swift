import KitTesting
import OrchCore
import Testing

@Suite struct StreamRedactionTests {
    private static let secret = "s3cr3t-value-1"
    private static let token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"

    private func shown(_ pieces: [String], secrets: [String] = [secret]) -> [String] {
        var stream = StreamRedaction(Redaction(secrets: secrets))
        return pieces.map { stream.apply(to: $0) }
    }

    private static func cut(_ text: String, at place: Int) -> [String] {
        [String(text.prefix(place)), String(text.dropFirst(place))]
    }

    @Test func `what is whole is hidden as ever, and everything else stays`() {
        #expect(
            shown(["", "a s3cr3t-value-1 b", "", "plain", "task-"]) == [
                "", "a [REDACTED] b", "", "plain", "task-",
            ])
    }

    /// Less than four bytes give nothing away.
    @Test(arguments: 4..<secret.count) func `a known secret is hidden in both pieces`(cut: Int) {
        let pieces = Self.cut("x \(Self.secret) y", at: cut + 2)
        #expect(shown(pieces) == ["x [REDACTED]", "[REDACTED] y"])
    }

    @Test(arguments: 1..<4) func `its first bytes alone are no secret, its rest is`(cut: Int) {
        let pieces = Self.cut(Self.secret, at: cut)
        #expect(shown(pieces) == [pieces[0], "[REDACTED]"])
    }

    @Test(arguments: 8..<token.count) func `a token is hidden in both pieces`(cut: Int) {
        let pieces = Self.cut("x \(Self.token) y", at: cut + 2)
        #expect(shown(pieces) == ["x [REDACTED]", "[REDACTED] y"])
    }

    @Test func `byte by byte no more than three of a secret are seen`() {
        let pieces = (Self.secret + "." + Self.token).map { String($0) }
        let text = shown(pieces).filter { $0 != Redaction.mark }.joined()
        #expect(text == "s3c.ghp_16C")
    }

    @Test func `a private key is hidden line by line, up to its end`() {
        let lines =
            ["-----BEGIN RSA PRIVATE KEY-----"] + (1...60).map { "MIIEpAIBAAKCAQEA\($0)" }
            + ["-----END RSA PRIV", "ATE KEY-----", "and on it goes"]
        let shown = shown(lines)
        #expect(shown.dropLast().allSatisfy { $0 == Redaction.mark })
        #expect(shown.last == "and on it goes")
    }

    @Test func `somebody who only speaks of a key is heard again`() {
        let lines =
            ["look for -----BEGIN PRIVATE KEY-----"] + (1...200).map { "This is line \($0), and no key." }
            + Array(repeating: String(repeating: "x", count: 1000), count: 20)
        #expect(shown(lines).last?.hasPrefix("xxx") == true)
    }

    @Test func `cut anywhere, a text says what it says in one piece, or less`() {
        var generator = SeededGenerator(seed: 7)
        let text = "before \(Self.token) between s3cr3t-value-1s3cr3t-value-1 after token=abcdefghij end"
        for _ in 0..<100 {
            var rest = text[...]
            var pieces: [String] = []
            while !rest.isEmpty {
                let count = Int.random(in: 1...20, using: &generator)
                pieces.append(String(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            let shown = shown(pieces).joined()
            for secret in [Self.token, Self.secret, "abcdefghij"] {
                for start in 0...(secret.count - 8) {
                    #expect(!shown.contains(secret.dropFirst(start).prefix(8)), "\(pieces)")
                }
            }
            for word in ["before", "between", "after", "end"]
            where pieces.contains(where: { $0.contains(word) }) {
                #expect(shown.contains(word), "\(pieces)")
            }
        }
    }
}
