import KitTesting
import Testing

@testable import OrchCommands

struct SystemdWordTests {
    @Test(arguments: ["a\nb", "a\u{0}b", "tab\there", "\u{7f}"])
    func `a control character cannot be written`(text: String) {
        #expect(throws: ServiceError.unwritable(what: "it", value: text)) {
            try SystemdWord.quoted(text, what: "it")
        }
    }

    @Test func `a program with a dollar sign cannot be written`() {
        #expect(throws: ServiceError.self) { try SystemdWord.program("/opt/$HOME/orch") }
    }

    @Test(arguments: [
        ("plain", #""plain""#), ("two words", #""two words""#), (#"a"b\c"#, #""a\"b\\c""#),
        ("50%", #""50%%""#),
        ("%h", #""%%h""#), ("", #""""#),
    ])
    func `text becomes one quoted word`(text: String, word: String) throws {
        #expect(try SystemdWord.quoted(text, what: "it") == word)
    }

    @Test(arguments: [
        ("", []), ("  a   b ", ["a", "b"]), (#"A=b "C=d e" 'F=g"h'"#, ["A=b", "C=d e", #"F=g"h"#]),
        (#"a\ b"#, ["a b"]), ("''", [""]), ("%h/%%", ["%h/%"]),
    ])
    func `a line falls into words`(line: String, words: [String]) {
        #expect(SystemdWord.words(in: line) == words)
    }

    @Test(arguments: 0..<200)
    func `what is written is read again`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("ab %%\"'\\$ =/é,;#")
        let texts = (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
            String(
                (0..<Int.random(in: 0..<12, using: &generator)).compactMap { _ in
                    alphabet.randomElement(using: &generator)
                })
        }
        let line = try texts.map { try SystemdWord.quoted($0, what: "it") }.joined(separator: " ")
        #expect(SystemdWord.words(in: line) == texts)
    }
}
