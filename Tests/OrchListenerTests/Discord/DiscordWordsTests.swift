import JSON
import KitTesting
import Testing

@testable import OrchListener

struct DiscordWordsTests {
    @Test func `every command is one that chats understand`() throws {
        let sample = [
            "id": "42", "project": "site", "agent": "codex", "title": "Fix it", "text": "use postgres",
        ]
        for command in DiscordCommands.registration.array ?? [] {
            let options = (command["options"].array ?? []).compactMap { option -> JSONValue? in
                guard let name = option["name"].string, let value = sample[name] else { return nil }
                return ["name": .string(name), "value": .string(value)]
            }
            let data: JSONValue = ["type": 1, "name": command["name"], "options": .array(options)]
            let typed = try #require(DiscordCommands.typed(data))
            if case .mistake(let mistake)? = ChatGrammar().wish(typed) {
                Issue.record("\(typed): \(mistake.problem)")
            }
        }
        let understood = Verb.names.filter { ChatGrammar().wish("/" + $0) != .mistake(.unknown("/" + $0)) }
        #expect(understood.count > 10)
        #expect(Set(understood).subtracting(DiscordCommands.names) == [], "every verb of chats is a command")
    }

    @Test func `options are typed in the order of the words, in a task's own thread too`() {
        let data: JSONValue = [
            "type": 1, "name": "say",
            "options": [["name": "text", "value": "files are missing"], ["name": "id", "value": "3"]],
        ]
        let typed = DiscordCommands.typed(data)
        #expect(typed == "/say #3 files are missing")
        let wish = ChatGrammar(in: TaskReference("42")).wish(typed ?? "")
        #expect(TaskReference("3").map { wish == .verb(.say($0, words: "files are missing")) } == true)
        #expect(DiscordCommands.typed(["type": 1, "name": "list"]) == "/list")
        #expect(DiscordCommands.typed(["type": 2, "name": "list"]) == nil)
    }

    @Test(arguments: [
        ("1. one\n2. two", "1\\. one\n2\\. two"), ("version 1.2", "version 1.2"),
        ("- a\n  - b", "\\- a\n  \\- b"),
        ("a - b # c > d", "a - b # c > d"), ("# t", "\\# t"), ("-# small", "\\-# small"),
        ("a_b*c", "a\\_b\\*c"),
        ("see https://x.example/a_b_c.", "see <https://x.example/a_b_c>."), ("https://", "https://"),
        ("(http://x.example/)", "(<http://x.example/>)"), ("<@42> @here", "\\<\\@42> \\@here"),
        ("\\*", "\\\\\\*"),
    ])
    func `only what means something is escaped`(_ text: String, _ markdown: String) {
        #expect(DiscordMarkdown.text(of: ChatText(.plain(text))) == markdown)
        #expect(ShownMarkdown.text(of: markdown) == text)
    }

    @Test func `whatever a text holds is shown as it is`() {
        var random = SeededGenerator(seed: 2000)
        let pieces = [
            "*", "**", "_", "__", "~~", "`", "``", "```", "|", "||", ">", ">>> ", "#", "-", "+", "1", ".",
            "[a]", "(b)",
            "<@1>", "\\", "\n", " ", "x", "é", "👩‍👩‍👧", "https://x.example/a_b", "@everyone", ":smile:",
            "http://", "<", "@",
        ]
        for _ in 0..<3000 {
            let text = (0...random.below(12)).map { _ in random.pick(pieces) }.joined()
            #expect(ShownMarkdown.text(of: DiscordMarkdown.text(of: ChatText(.plain(text)))) == text)
            if !text.allSatisfy(\.isWhitespace) {
                #expect(ShownMarkdown.text(of: DiscordMarkdown.text(of: ChatText(.bold(text)))) == text)
            }
        }
    }

    /// To Swift a backtick with what goes upon it is a character of its own; to Discord it is a backtick.
    @Test(arguments: ["\u{301}", "\u{200D}", "\u{FE0F}"])
    func `nothing upon a mark hides it`(_ mark: String) {
        func ticks(_ text: ChatText) -> String {
            let shown = DiscordMarkdown.text(of: text).unicodeScalars
            return String(String.UnicodeScalarView(shown.filter { !mark.unicodeScalars.contains($0) }))
        }
        let hostile = "a```\(mark)\n@everyone **b**"
        let block = DiscordMarkdown.text(of: ChatText(.block(hostile)))
        let fences = block.unicodeScalars.split(separator: "\n").count {
            $0.starts(with: "```".unicodeScalars)
        }
        #expect(fences == 2)
        #expect(ticks(ChatText(.block(hostile))) == "```\na``\u{200B}`\n@everyone **b**\n```")
        #expect(ticks(ChatText(.code("a``\(mark)b"))) == "`` a`\u{200B}`b ``")
        #expect(ticks(ChatText(.code("a`\(mark)b"))) == "`` a`b ``")
        #expect(ticks(ChatText(.plain("*\(mark)@\(mark)everyone`\(mark)"))) == "\\*\\@everyone\\`")
        #expect(ticks(ChatText(.plain("#\(mark) 1.\(mark)"))) == "\\# 1.")
    }

    @Test func `code ends where it ends, whatever it holds`() {
        for text in ["a", "a`b", "``", "a``b```c", "`", "\\", "**x**", "<@1>"] {
            #expect(ShownMarkdown.text(of: DiscordMarkdown.text(of: ChatText(.code(text)))) == text)
            let block = DiscordMarkdown.text(of: ChatText(.plain("x"), .block(text), .plain("y")))
            #expect(ShownMarkdown.text(of: block) == "x\(text)y")
        }
    }
}
