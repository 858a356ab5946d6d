import KitTesting
import OrchCore
import OrchListener
import Testing

@Suite struct ChatTextTests {
    private func parts(_ text: ChatText, limit: Int) -> [ChatText] {
        text.parts(limit: limit) { $0.plain.utf16.count }
    }

    @Test func `nothing to say is no message`() {
        #expect(parts(ChatText(), limit: 10) == [])
        #expect(parts(ChatText(.plain("")), limit: 10) == [])
        #expect(parts(ChatText(.plain("\n\n\n\n\n")), limit: 2) == [])
    }

    @Test func `what fits is one message`() {
        #expect(parts("as it is", limit: 8) == ["as it is"])
    }

    @Test func `a text is cut at line ends, and these are dropped there`() {
        let text = ChatText(.plain("one\ntwo\nthree\n"), .block("a\nb\n"))
        #expect(
            parts(text, limit: 8) == [
                "one\ntwo", ChatText(.plain("three\n"), .block("a")), ChatText(.block("b")),
            ])
    }

    @Test func `a line that alone is too long is cut between characters`() {
        #expect(parts(ChatText(.plain("ab👩‍👩‍👧cd")), limit: 9).map(\.plain) == ["ab", "👩‍👩‍👧c", "d"])
    }

    @Test func `a character that fits nowhere is left out`() {
        #expect(parts(ChatText(.plain("a👩‍👩‍👧b")), limit: 3).map(\.plain) == ["a", "b"])
    }

    @Test func `no part is over the limit, and nothing but blanks is lost`() {
        var random = SeededGenerator(seed: 7)
        let alphabet: [Character] = ["a", "é", "\n", " ", "`", "👍🏽", "x", "y"]
        for _ in 0..<200 {
            var text = ChatText()
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                let word = String(
                    (0..<Int.random(in: 0...40, using: &random)).map { _ in
                        alphabet[Int.random(in: alphabet.indices, using: &random)]
                    })
                let spans: [ChatText.Span] = [.plain(word), .bold(word), .code(word), .block(word)]
                text.append(spans[Int.random(in: spans.indices, using: &random)])
            }
            let limit = Int.random(in: 8...30, using: &random)
            let parts = parts(text, limit: limit)
            #expect(parts.allSatisfy { $0.plain.utf16.count <= limit && !$0.isEmpty })
            let left = parts.map(\.plain).joined().filter { !$0.isNewline }
            #expect(left == text.plain.filter { !$0.isNewline })
        }
    }

    @Test func `a sentence's backticks become code, and one alone stays`() {
        #expect(
            ChatText(sentence: "say `orch x`, or `y").spans == [
                .plain("say "), .code("orch x"), .plain(", or `y"),
            ])
    }

    @Test func `what leaves holds no secret, no escape and no live mention`() {
        let redaction = Redaction(secrets: ["hunter2hunter2"])
        let text = ChatText(.block("\u{1B}[31mhunter2hunter2\u{1B}[0m"), .plain(" @everyone"))
        let clean = text.clean(redaction)
        #expect(clean.spans == [.block("[REDACTED]"), .plain(" @\u{200B}everyone")])
    }
}
