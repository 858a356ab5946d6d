import Template
import Testing

struct TemplateTests {
    @Test(
        arguments: [
            ("{{A", .unclosedTag(line: 1)),
            ("x\n{{A}\n}", .unclosedTag(line: 2)),
            ("{{A\n}}", .unclosedTag(line: 1)),
            ("{{}}", .invalidTag("", line: 1)),
            ("{{ }}", .invalidTag(" ", line: 1)),
            ("{{a}}", .invalidTag("a", line: 1)),
            ("{{1A}}", .invalidTag("1A", line: 1)),
            ("{{A B}}", .invalidTag("A B", line: 1)),
            ("{{A-B}}", .invalidTag("A-B", line: 1)),
            ("{{É}}", .invalidTag("É", line: 1)),
            ("{{{A}}}", .invalidTag("{A", line: 1)),
            ("{{#if}}{{/if}}", .invalidTag("#if", line: 1)),
            ("{{#if a}}{{/if}}", .invalidTag("#if a", line: 1)),
            ("{{#if A B}}{{/if}}", .invalidTag("#if A B", line: 1)),
            ("{{#unless A}}{{/unless}}", .invalidTag("#unless A", line: 1)),
            ("{{/IF}}", .invalidTag("/IF", line: 1)),
            ("\n\n{{#if A}}\nx", .unclosedIf("A", line: 3)),
            ("{{#if A}}\n{{#if B}}\n{{/if}}", .unclosedIf("A", line: 1)),
            ("{{/if}}", .strayEndIf(line: 1)),
            ("{{#if A}}{{/if}}\n{{/if}}", .strayEndIf(line: 2)),
            ("a\n{{else}}", .strayElse(line: 2)),
            ("{{#if A}}\n{{else}}\n{{else}}\n{{/if}}", .strayElse(line: 3)),
        ] as [(String, TemplateError)])
    func `a mistake is an error that names its line`(source: String, error: TemplateError) {
        #expect(throws: error) { try TemplateText(source) }
    }

    @Test(arguments: [
        ("", ""),
        ("plain } text }} { with braces", "plain } text }} { with braces"),
        ("{{A}}", "1"),
        ("{{ A }}-{{\tA}}", "1-1"),
        ("{\"a\":{\"b\":{{A}}}}", "{\"a\":{\"b\":1}}"),
        ("no line break at the end {{A}}", "no line break at the end 1"),
        ("{{A}}{{A}}\n", "11\n"),
        ("{{TEXT_2}} naïve 日本", "<naïve> naïve 日本"),
        ("${{{{ github.ref }}", "${{ github.ref }}"),
        ("{{{{A}} is {{A}}", "{{A}} is 1"),
        ("{{#if A}}yes{{else}}no{{/if}}", "yes"),
        ("{{#if EMPTY}}yes{{else}}no{{/if}}", "no"),
        ("{{#if ABSENT}}yes{{else}}no{{/if}}", "no"),
        ("[{{#if ABSENT}}yes{{/if}}]", "[]"),
        ("{{#if ABSENT}}{{ABSENT}}{{/if}}", ""),
        ("{{#if A}}{{#if ABSENT}}x{{else}}y{{/if}}z{{else}}{{#if A}}q{{/if}}{{/if}}", "yz"),
        ("[{{EMPTY}}]", "[]"),
    ])
    func `places are filled in and conditions decided`(source: String, expected: String) throws {
        let values = ["A": "1", "EMPTY": "", "TEXT_2": "<naïve>"]
        #expect(try TemplateText(source).render(values) == expected)
    }

    @Test(arguments: [
        ("a\n{{#if A}}\nb\n{{/if}}\nc\n", "a\nb\nc\n"),
        ("a\n  {{#if A}}\t\n  b\n\t{{/if}}  \nc\n", "a\n  b\nc\n"),
        ("a\n{{#if NO}}\nb\n{{else}}\nc\n{{/if}}\nd", "a\nc\nd"),
        ("a\n{{#if NO}}\nb\n{{/if}}\nc", "a\nc"),
        ("{{#if A}}\r\nb\r\n{{/if}}\r\nc\r\n", "b\r\nc\r\n"),
        ("{{#if A}}\nb\n{{/if}}", "b\n"),
        ("{{#if A}}\n\nb\n\n{{/if}}\n", "\nb\n\n"),
        ("x {{#if A}}\nb\n{{/if}}\n", "x \nb\n"),
        ("{{#if A}} x\nb\n{{/if}}\n", " x\nb\n"),
        ("{{#if A}}{{/if}}\nb", "\nb"),
        ("{{A}}\nb", "1\nb"),
        ("  {{A}}  \n", "  1  \n"),
    ])
    func `a line with only a condition's tag vanishes, no other does`(source: String, expected: String) throws
    {
        #expect(try TemplateText(source).render(["A": "1"]) == expected)
    }

    @Test(arguments: ["{{B}}", "{{#if B}}", "{{", "}}", "{{/if}}", "\\", "$&", "{{A}}", "a\nb\n", "{{{{"])
    func `what a value holds is never looked at`(value: String) throws {
        #expect(try TemplateText("<{{A}}>{{B}}").render(["A": value, "B": "b"]) == "<\(value)>b")
    }

    @Test func `a value next to a brace makes no tag`() throws {
        let template = try TemplateText("{{A}}{{B}}")
        #expect(try template.render(["A": "{{", "B": "A}}"]) == "{{A}}")
    }

    @Test func `a place without a value is an error with its line, where it is kept`() throws {
        let template = try TemplateText("a\n{{#if A}}\n{{B}}\n{{/if}}\n")
        #expect(throws: TemplateError.unknownVariable("B", line: 3)) { try template.render(["A": "1"]) }
        #expect(try template.render([:]) == "a\n")
        #expect(try template.render(["A": "1", "B": "b", "UNASKED": "x"]) == "a\nb\n")
    }

    @Test func `the variables are those of places and conditions, in every part`() throws {
        let template = try TemplateText("{{A}}{{#if B}}{{C}}{{else}}{{#if D}}{{E}}{{/if}}{{/if}}{{{{F}}{{A}}")
        #expect(template.variables == ["A", "B", "C", "D", "E"])
    }

    @Test func `conditions nest to a limit`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "{{#if A}}", count: depth) + "x" + String(repeating: "{{/if}}", count: depth)
        }
        #expect(try TemplateText(nested(64)).render(["A": "1"]) == "x")
        #expect(throws: TemplateError.tooDeep(limit: 64, line: 1)) { try TemplateText(nested(65)) }
    }

    @Test func `text without tags comes out unchanged`() throws {
        var random = SplitMix(state: 42)
        let alphabet: [Character] = ["a", " ", "\n", "}", "é", "\t", "\r\n", "#", "/"]
        for _ in 0..<500 {
            let text = String((0..<random.next() % 60).map { _ in alphabet[Int(random.next() % 9)] })
            #expect(try TemplateText(text).render([:]) == text)
        }
    }

    @Test func `no text crashes the parser, and each error has a line of the text`() {
        var random = SplitMix(state: 7)
        let pieces = [
            "{{", "}}", "{", "}", "#if ", "/if", "else", "A", " ", "\n", "{{#if A}}", "{{/if}}", "{{else}}",
        ]
        for _ in 0..<2000 {
            let text = (0..<random.next() % 14).map { _ in pieces[Int(random.next() % 13)] }.joined()
            let lineCount = text.split(separator: "\n", omittingEmptySubsequences: false).count
            do throws(TemplateError) {
                _ = try TemplateText(text).render(["A": "1"])
            } catch {
                #expect((1...lineCount).contains(error.line), "\(text): \(error)")
            }
        }
    }
}

extension TemplateError {
    fileprivate var line: Int {
        switch self {
        case .invalidTag(_, let line), .unclosedTag(let line), .unclosedIf(_, let line), .strayElse(let line),
            .strayEndIf(let line), .tooDeep(_, let line), .unknownVariable(_, let line):
            line
        }
    }
}

/// A generator with the same numbers everywhere: SplitMix64.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
