import Testing

@testable import Arguments

struct SuggestionTests {
    private static let names = ["task", "tick", "list", "install", "doctor", "agents.claude.model", "x"]

    @Test(arguments: ["", "y", "tt", "zzzz", "tas-k-s-x", "instruct", String(repeating: "a", count: 65)])
    func `nothing is suggested for a word unlike all names`(word: String) {
        #expect(Suggestion.closest(to: word, in: Self.names) == nil)
    }

    @Test(arguments: [
        ("tsak", "task"), ("tasks", "task"), ("TASK", "task"), ("lst", "list"), ("isntal", "install"),
        ("ins", "install"),
        ("do", "doctor"), ("docter", "doctor"), ("agents.cluade.modle", "agents.claude.model"),
        ("tik", "tick"),
    ])
    func `the closest name is suggested`(word: String, name: String) {
        #expect(Suggestion.closest(to: word, in: Self.names) == name)
    }

    @Test func `among equally close names the first wins`() {
        #expect(Suggestion.closest(to: "bat", in: ["cat", "hat"]) == "cat")
    }

    @Test(arguments: [
        ("", "", 0), ("abc", "", 3), ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1),
        ("kitten", "sitting", 3), ("ca", "abc", 3), ("specter", "spectre", 1), ("naïve", "naive", 1),
    ])
    func `mistakes are counted as Damerau and Levenshtein do`(first: String, second: String, count: Int) {
        let (one, other) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        #expect(Suggestion.mistakes(one, other) == count)
        #expect(Suggestion.mistakes(other, one) == count)
    }
}
