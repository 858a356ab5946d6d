import OrchCore
import Testing

@Suite struct ClippingTests {
    @Test func `a text that fits stays whole`() {
        #expect("".clipped(toBytes: 0) == "" && "abc".clipped(toBytes: 3) == "abc")
    }

    @Test(arguments: 0...40) func `no text is ever longer than its limit, nor cut inside a character`(
        limit: Int
    ) {
        let texts = [
            String(repeating: "a", count: 60), String(repeating: "é", count: 60),
            String(repeating: "🚀", count: 300), "👩‍👩‍👧‍👦" + String(repeating: "x", count: 60),
            "e" + String(repeating: "\u{301}", count: 60),
        ]
        for text in texts {
            let clipped = text.clipped(toBytes: limit)
            #expect(clipped.utf8.count <= limit)
            #expect(clipped.isEmpty || clipped.hasSuffix("…"))
            #expect(text.hasPrefix(String(clipped.dropLast())))
        }
    }

    @Test(arguments: [("", ""), ("a\nb", "a"), ("a\r\nb", "a"), ("\nb", ""), ("a", "a"), ("a\u{2028}b", "a")])
    func `the first line ends at any line end`(text: String, expected: String) {
        #expect(text.firstLine == expected)
    }

    @Test(arguments: [
        ("plain\n\ttext", "plain\n\ttext"), ("\u{1B}[31mred\u{1B}[0m", "red"), ("a\rb\u{7}", "a\nb"),
        ("a\r\nb\r", "a\nb"), ("\u{9B}31mx", "x"), ("\u{1B}]8;;http://e\u{7}link\u{1B}]8;;\u{1B}\\", "link"),
        ("\u{1B}]0;title\u{9C}x", "x"), ("\u{1B}(Bx\u{1B}=y\u{1B}cz", "xyz"), ("\u{1B}P1$qm\u{1B}\\x", "x"),
        ("a\u{1B}", "a"), ("a\u{1B}[", "a"), ("a\u{1B}[31", "a31"),
        ("a\u{1B}]0;never ended", "a0;never ended"),
        ("\u{1B}\u{1B}[31mx", "x"), ("\u{1B}[3\u{1B}[31mx", "x"), ("\u{1B}[31\nx", "\nx"),
        ("\u{202E}txt.exe", "txt.exe"), ("\u{2066}x\u{2069}", "x"), ("👩‍👧é", "👩‍👧é"),
        ("a\u{0}b\u{7F}c", "abc"),
    ])
    func `nothing that a terminal obeys is shown`(text: String, expected: String) {
        #expect(Printable.text(text) == expected)
    }
}
