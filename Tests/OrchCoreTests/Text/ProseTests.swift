import OrchCore
import Testing

@Suite struct ProseTests {
    @Test(arguments: [
        ("plain", ["plain"]), ("a\r\nb", ["a", "b"]), ("> quoted\nsaid", ["", "said"]),
        ("  > quoted", [""]), ("```\ncode\n```\nsaid", ["", "", "", "said"]),
        ("```swift\ncode", ["", ""]), ("~~~\n```\n~~~\nsaid", ["", "", "", "said"]),
        ("````\n```\n````\nsaid", ["", "", "", "said"]), ("    indented", [""]), ("\tindented", [""]),
        ("one `code` two", ["one   two"]), ("``a ` b`` two", ["  two"]), ("a ` b", ["a   b"]),
        ("she said \"do it\" once", ["she said   once"]), ("“do it” once", ["  once"]),
        ("it's 5\" wide", ["it's 5\" wide"]), ("a<!-- hidden -->b", ["ab"]), ("a<!-- hidden", ["a"]),
    ])
    func `only what the author says counts`(text: String, lines: [String]) {
        #expect(Prose.lines(of: text) == lines)
    }

    /// GitHub takes 65,536 characters; each of these once was, or would be, quadratic.
    @Test(arguments: ["`", "“", "\"", "<!--", ">\n", "```\n", "` `` "])
    func `the longest comment is read in no time`(piece: String) {
        let text = String(repeating: piece, count: 65_536 / piece.count)
        #expect(!Prose.lines(of: text).isEmpty)
        #expect(CommentReading.meaning(of: text) != .mention)
    }
}
