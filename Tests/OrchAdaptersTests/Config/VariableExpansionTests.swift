import Testing

@testable import OrchAdapters

@Suite struct VariableExpansionTests {
    private let environment = ["A": "1", "EMPTY": "", "LONG_1": "x y", "TRICK": "${A}"]

    @Test(arguments: [
        ("${", VariableExpansion.Failure.notClosed), ("${A", .notClosed), ("x${A} ${", .notClosed),
        ("${}", .notAName("")), ("${1A}", .notAName("1A")), ("${a b}", .notAName("a b")),
        ("${A:+x}", .notAName("A:+x")),
        ("${A:}", .notAName("A:")), ("${é}", .notAName("é")), ("${NONE}", .missing("NONE")),
        ("${A}${NONE}", .missing("NONE")),
    ])
    func `what cannot be replaced is refused`(text: String, failure: VariableExpansion.Failure) {
        #expect(throws: failure) { try VariableExpansion.expand(text, from: environment) }
    }

    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("$A $", "$A $"), ("${A}", "1"), ("<${A}-${LONG_1}>", "<1-x y>"),
        ("${EMPTY}", ""), ("${EMPTY:-d}", "d"), ("${NONE:-d}", "d"), ("${NONE:-}", ""), ("${A:-d}", "1"),
        ("${NONE:-a:-b $ c}", "a:-b $ c"), ("$${A}", "${A}"), ("$$${A}", "$${A}"), ("$$A", "$$A"),
        ("${TRICK}", "${A}"), ("ü${A}ü", "ü1ü"),
    ])
    func `references are replaced once and all else stays`(text: String, expected: String) throws {
        #expect(try VariableExpansion.expand(text, from: environment) == expected)
    }
}
