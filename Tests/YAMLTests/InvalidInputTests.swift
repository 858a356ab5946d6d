import Testing
import YAML

struct InvalidInputTests {
    static let refused: [(text: String, reason: YAMLError.Reason, place: String)] = [
        ("a:\n\tb: 1", .tabIndentation, "2:1"),
        ("a:\n  b:\n  \t c: 1", .tabIndentation, "3:3"),
        ("-\t- a", .tabIndentation, "1:2"),
        ("a: 1\n\tb: 2", .tabIndentation, "2:1"),
        ("a: [\n\tb ]", .tabIndentation, "2:1"),
        ("a: \"b\n\tc\"", .tabIndentation, "2:1"),
        ("a:\n  b: 1\n   c: 2", .keyInPlainText, "3:5"),
        ("a:\n  b: '1'\n   c: 2", .wrongIndentation(found: 3, expected: 2), "3:4"),
        ("a:\n    b: 1\n  c: 2", .wrongIndentation(found: 2, expected: 0), "3:3"),
        ("- a\n - b\nc", .unexpectedText, "3:1"),
        ("a: 1\nb", .missingColon, "2:1"),
        ("a: 1\nb:2\nc: 3", .missingColon, "2:1"),
        ("a: 1\n- b", .itemAmongKeys, "2:1"),
        ("a: b: c", .mappingOnSameLine, "1:5"),
        ("a: 'b': c", .mappingOnSameLine, "1:7"),
        ("a: - b", .sequenceOnSameLine, "1:4"),
        ("a\nb: 1", .keyInPlainText, "2:2"),
        ("'a\n b': 1", .multilineKey, "2:4"),
        ("[a\n]: 1", .multilineKey, "2:2"),
        ("[a\n: 1]", .missingComma, "2:1"),
        ("a: \"b\" c", .unexpectedText, "1:8"),
        ("a: 'it's'", .unexpectedText, "1:8"),
        ("a: 'b'#c", .commentWithoutSpace, "1:7"),
        ("[a, #b\n]#c", .commentWithoutSpace, "2:2"),
        ("a: @b", .reservedCharacter("@"), "1:4"),
        ("a: `b`", .reservedCharacter("`"), "1:4"),
        ("a: %b", .reservedCharacter("%"), "1:4"),
        ("a: \"b\nc: d", .unterminatedQuote, "1:4"),
        ("a: 'b", .unterminatedQuote, "1:4"),
        ("a: \"\\", .unterminatedQuote, "1:6"),
        ("a: \"\\q\"", .unknownEscape("q"), "1:5"),
        ("a: \"C:\\é\"", .unknownEscape("é"), "1:7"),
        ("a: \"\\x4\"", .badEscapeDigits("\\x4"), "1:5"),
        ("a: \"\\ud800\"", .badEscapeDigits("\\ud800"), "1:5"),
        ("a: \"\\U00110000\"", .badEscapeDigits("\\U00110000"), "1:5"),
        ("a: | b", .badBlockHeader, "1:6"),
        ("a: |0\n b", .badBlockHeader, "1:5"),
        ("a: |\n    \n  b", .blockIndentation, "2:1"),
        ("a: [b, c", .unterminatedFlow("["), "1:4"),
        ("a: {b: c\n---\n", .unterminatedFlow("{"), "1:4"),
        ("[a b, \"c\" d]", .missingComma, "1:11"),
        ("[a}", .missingComma, "1:3"),
        ("[a,, b]", .emptyFlowEntry, "1:4"),
        ("a: !mine b", .unknownTag("!mine"), "1:4"),
        ("a: !!set {b}", .unknownTag("!!set"), "1:4"),
        ("a: !!int x", .tagMismatch(tag: "!!int", text: "x"), "1:4"),
        ("a: !!bool yes", .tagMismatch(tag: "!!bool", text: "yes"), "1:4"),
        ("a: !!seq {}", .tagMismatch(tag: "!!seq", text: "a mapping"), "1:4"),
        ("a: !!str [b]", .tagMismatch(tag: "!!str", text: "a sequence"), "1:4"),
        ("&a &b c", .repeatedProperty, "1:4"),
        ("!!str\n!!int 1", .repeatedProperty, "2:1"),
        ("a: *", .emptyName, "1:4"),
        ("a: * b", .emptyName, "1:4"),
        ("- &a b\n- &c *a", .propertyOnAlias, "2:3"),
        ("a: *b", .unknownAnchor("b"), "1:4"),
        ("--- &a b\n--- *a", .unknownAnchor("a"), "2:5"),
        ("&a [*a]", .recursiveAlias("a"), "1:5"),
        ("a: 1\nb: 2\n'a': 3", .duplicateKey("a", firstLine: 1), "3:1"),
        ("{b: {x: 1, x: 2}}", .duplicateKey("x", firstLine: 1), "1:12"),
        ("%YAML 2.0\n---", .unsupportedVersion("2.0"), "1:1"),
        ("%YAML 1.2\n%YAML 1.2\n---", .repeatedDirective, "2:1"),
        ("%TAG ! tag:x\n---", .tagDirective, "1:1"),
        ("%YAML 1.2\na: 1", .missingDocumentStart, "2:1"),
        ("a: \u{1}", .controlCharacter("\u{1}"), "1:4"),
        ("größe: \u{7F}", .controlCharacter("\u{7F}"), "1:8"),
    ]

    @Test(arguments: refused)
    func `a mistake is named where it stands`(text: String, reason: YAMLError.Reason, place: String) throws {
        let error = try #require(throws: YAMLError.self) { try Node.documents(text) }
        #expect(error.reason == reason)
        #expect(error.mark.description == place)
    }

    @Test(
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF], "1:4"), ([0x61, 0x0A, 0xC3], "2:1"), ([0xC0, 0x80], "1:1"),
            ([0xED, 0xA0, 0x80], "1:1"), ([0xE0, 0x80, 0x80], "1:1"), ([0xF5, 0x80, 0x80, 0x80], "1:1"),
            ([0xFE, 0xFF, 0x00, 0x61], "1:1"), ([0xFF, 0xFE, 0x61, 0x00], "1:1"),
        ] as [([UInt8], String)])
    func `bytes that are no UTF-8 are refused`(bytes: [UInt8], place: String) throws {
        let error = try #require(throws: YAMLError.self) { try Node.parse(bytes: bytes) }
        #expect(error.reason == .notUTF8)
        #expect(error.mark.description == place)
    }

    @Test func `one document is asked for, and a second one refused`() throws {
        let error = try #require(throws: YAMLError.self) { try Node.parse("a: 1\n---\nb: 2\n") }
        #expect(error.reason == .severalDocuments)
        #expect(error.line == 3)
    }

    @Test func `every refusal says what is wrong and what to do`() {
        let reasons =
            InvalidInputTests.refused.map(\.reason) + [
                .inputTooLarge(bytes: 5_000_000), .notUTF8, .severalDocuments, .tooDeep, .tooManyNodes,
                .tooManyExpandedNodes, .missing(path: "a[0]"), .notAMapping(path: "a"),
                .notASequence(path: "a"),
                .shared(anchor: "x"), .editChangesMore,
            ]
        let fallback = YAMLError(.editChangesMore, at: .unwritten).problem
        for reason in reasons {
            let error = YAMLError(reason, at: Mark(line: 2, column: 1))
            #expect(!error.fix.isEmpty)
            #expect(error.problem != fallback || reason == .editChangesMore, "\(reason) has no words")
        }
    }

    @Test func `a tab is answered with spaces, a duplicate with both lines`() throws {
        let tab = try #require(throws: YAMLError.self) { try Node.parse("a:\n\tb: 1") }
        #expect(tab.description == "2:1: a tab is used for indentation; indent with spaces")
        let duplicate = try #require(throws: YAMLError.self) { try Node.parse("a: 1\n\na: 2") }
        #expect(duplicate.problem == "the key `a` on line 3 was given on line 1 already")
    }
}
