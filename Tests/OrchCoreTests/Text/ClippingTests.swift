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
        ("plain\n\ttext", "plain\n\ttext"), ("\u{1B}[31mred\u{1B}[0m", "[31mred[0m"), ("a\rb\u{7}", "ab"),
        ("\u{9B}31m", "31m"), ("\u{202E}txt.exe", "txt.exe"), ("\u{2066}x\u{2069}", "x"), ("👩‍👧é", "👩‍👧é"),
        ("a\u{0}b\u{7F}c", "abc"),
    ])
    func `nothing that a terminal obeys is shown`(text: String, expected: String) {
        #expect(Printable.text(text) == expected)
    }
}
