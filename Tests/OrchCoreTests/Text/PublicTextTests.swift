import KitTesting
import OrchCore
import Testing

@Suite struct PublicTextTests {
    private static let quiet = "\u{200B}"

    @Test(arguments: [
        ("@alice", "@\(quiet)alice"), ("hi @alice!", "hi @\(quiet)alice!"), ("(@a)", "(@\(quiet)a)"),
        ("@org/team", "@\(quiet)org/team"), ("_@alice_", "_@\(quiet)alice_"), ("**@a**", "**@\(quiet)a**"),
        ("@alice @bob", "@\(quiet)alice @\(quiet)bob"), ("&#64;alice", "&#64;\(quiet)alice"),
        ("&#0064;alice", "&#0064;\(quiet)alice"), ("&#X0040;a", "&#X0040;\(quiet)a"), ("&#640;a", "&#640;a"),
        ("&commat;alice", "&commat;\(quiet)alice"), ("\\@alice", "\\@\(quiet)alice"),
        ("é@alice", "é@\(quiet)alice"),
        ("a@b.c", "a@b.c"), ("@", "@"), ("@@", "@@"), ("@ alice", "@ alice"), ("", ""), ("&", "&"),
        ("a&#64;b.c", "a&#64;b.c"),
    ])
    func `a mention is silenced, and an address stays`(text: String, expected: String) {
        #expect(Mentions.silenced(text) == expected)
        #expect(Mentions.silenced(expected) == expected)
    }

    @Test func `no random text calls anybody`() {
        var generator = SeededGenerator(seed: 2)
        let parts = ["@", "a", "_", " ", "&#64;", "<!--", "-->", "é", "\n", "`", "/"]
        for _ in 0..<3_000 {
            let text = (0..<12).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
            let clean = Array(PublicText(Redaction(secrets: [])).clean(text).utf8)
            for (position, byte) in clean.enumerated() where byte == UInt8(ascii: "@") {
                let next = position + 1 < clean.count ? clean[position + 1] : 0
                let isMention =
                    next == UInt8(ascii: "a") && (position == 0 || clean[position - 1] != UInt8(ascii: "a"))
                #expect(!isMention, "\(text)")
            }
            #expect(!String(decoding: clean, as: UTF8.self).contains("<!--"))
        }
    }

    @Test func `secrets go first, so that nothing hides one`() {
        let text = PublicText(Redaction(secrets: ["pass@alice-123"])).clean("x pass@alice-123")
        #expect(text == "x [REDACTED]")
    }
}
