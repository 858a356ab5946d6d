import OrchCore
import Testing

@Suite struct ClosingWordsTests {
    private static let space = "\u{200B}"

    @Test(arguments: [
        ("closes #1", "c\(space)loses #1"), ("Fixes: #1", "F\(space)ixes: #1"),
        ("RESOLVED  #2", "R\(space)ESOLVED  #2"),
        ("fix octo/demo#7", "f\(space)ix octo/demo#7"), ("close GH-7", "c\(space)lose GH-7"),
        ("closes https://github.com/o/r/issues/1", "c\(space)loses https://github.com/o/r/issues/1"),
        ("this (closes #1)", "this (c\(space)loses #1)"), ("closes\n#1", "c\(space)loses\n#1"),
    ])
    func `no reference is closed`(text: String, expected: String) {
        #expect(ClosingWords.silenced(text) == expected)
    }

    @Test(arguments: [
        "see #1", "fix the login", "closes the door", "prefixes #1", "fixed.", "", "#1", "résolve",
    ])
    func `other words stay`(text: String) { #expect(ClosingWords.silenced(text) == text) }
}
