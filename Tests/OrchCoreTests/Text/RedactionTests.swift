import KitTesting
import OrchCore
import Testing

@Suite struct RedactionTests {
    private static let secret = "s3cr3t-value-1"

    private func redact(_ text: String, _ secrets: [String] = [secret]) -> String {
        Redaction(secrets: secrets).apply(to: text)
    }

    @Test(arguments: [
        ("", ""), ("nothing", "nothing"), ("s3cr3t-value-", "s3cr3t-value-"),
        ("s3cr3t-value-1", "[REDACTED]"), ("xs3cr3t-value-1x", "x[REDACTED]x"),
        ("a s3cr3t-value-1s3cr3t-value-1 b", "a [REDACTED] b"),
        ("s3cr3ts3cr3t-value-1", "s3cr3t[REDACTED]"), ("🚀s3cr3t-value-1é", "🚀[REDACTED]é"),
        (#"{"key":"s3cr3t-value-1"}"#, #"{"key":"[REDACTED]"}"#),
    ])
    func `a known secret is replaced wherever it stands`(text: String, expected: String) {
        #expect(redact(text) == expected)
    }

    @Test func `of secrets that overlap or hold each other nothing is left`() {
        #expect(redact("abcdefghijkl", ["abcdefgh", "efghijkl"]) == "[REDACTED]")
        #expect(redact("xabcdefghijklx", ["abcdefgh", "abcdefghijkl"]) == "x[REDACTED]x")
        #expect(redact("abcdefghABCDEFGH.", ["abcdefgh", "ABCDEFGH"]) == "[REDACTED].")
    }

    @Test func `short values are words`() {
        #expect(redact("the word is word", ["word"]) == "the word is word")
    }

    @Test func `white space around a value is no part of it`() {
        #expect(redact("key s3cr3t-value-1.", [" s3cr3t-value-1\n"]) == "key [REDACTED].")
    }

    @Test func `a secret of several lines is hidden line by line too`() {
        let key = "-----BEGIN X-----\nMIIEpAIBAAKCAQEA7777\nshort\n-----END X-----"
        #expect(redact("saw MIIEpAIBAAKCAQEA7777 there", [key]) == "saw [REDACTED] there")
        #expect(redact("a short word -----END X-----", [key]) == "a short word -----END X-----")
    }

    private static let token = "16C7e42F292c6912E7710c838347Ae178B4a"

    @Test(arguments: [
        "ghp_\(token)", "GH_TOKEN=ghp_\(token)", "https://x-access-token:ghp_\(token)@github.com/o/r",
        "?t=gho_\(token)", "(ghs_\(token))", "/ghu_\(token)", "-ghr_\(token)", "github_pat_\(token)",
        "sk-\(token)", "key:sk-ant-api03-\(token)", "xoxb-\(token)", "AKIA\(token)", "AIza\(token)",
        "npm_\(token)", "pypi-\(token)", "glpat-\(token)", "Authorization: Bearer \(token)",
        "authorization: bearer \(token)", "access_token=\(token)", "TOKEN=\(token)",
    ])
    func `what has the form of a token is replaced`(text: String) {
        #expect(!redact(text).contains(Self.token))
        #expect(redact(text).contains(Redaction.mark))
    }

    @Test(arguments: [
        "task-1234567890123456789012", "risk-free-and-much-longer", "ghp_short", "AKIA", "a Bearer of news",
        "desk-lamp-with-a-long-name", "the tokens=", "xghp_\(token)",
    ])
    func `words that look a little like one stay`(text: String) { #expect(redact(text) == text) }

    @Test func `a token that touches a secret is a token`() {
        #expect(redact("s3cr3t-value-1ghp_\(Self.token)") == "[REDACTED]")
    }

    @Test(arguments: ["", "RSA ", "OPENSSH ", "ENCRYPTED "]) func `private keys go as a whole`(kind: String) {
        let key = "-----BEGIN \(kind)PRIVATE KEY-----\nMIIE+/=\n-----END \(kind)PRIVATE KEY-----"
        #expect(redact("a \(key) b") == "a [REDACTED] b")
        #expect(redact("a -----BEGIN \(kind)PRIVATE KEY-----\nMIIE") == "a [REDACTED]")
        #expect(
            redact(#"{"a":"-----BEGIN \#(kind)PRIVATE KEY-----\nMII","b":1}"#) == #"{"a":"[REDACTED]","b":1}"#
        )
    }

    @Test func `certificates are public`() {
        let certificate = "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----"
        #expect(redact(certificate) == certificate)
    }

    @Test func `whatever surrounds it, no known secret and no eight bytes of one get through`() {
        var generator = SeededGenerator(seed: 1)
        let alphabet = Array("ab1-_= \"{}\n@é🚀")
        for _ in 0..<2_000 {
            let secrets = (0..<3).map { _ in
                String(
                    (0..<Int.random(in: 8...12, using: &generator)).map { _ in
                        "ab1".randomElement(using: &generator) ?? "a"
                    })
            }
            var text = ""
            for _ in 0..<Int.random(in: 0...20, using: &generator) {
                text.append(alphabet.randomElement(using: &generator) ?? " ")
                if generator.chance(30) { text += secrets.randomElement(using: &generator) ?? "" }
            }
            let once = redact(text, secrets)
            #expect(secrets.allSatisfy { !once.contains($0) })
            #expect(redact(once, secrets) == once)
        }
    }

    @Test func `half a megabyte takes no time`() {
        let text = String(repeating: "-----BEGIN PRIVATE KEY-----\" sk-x ghp_y Bearer z ", count: 10_000)
        #expect(processorTime { _ = redact(text) } < .seconds(20))
    }
}
