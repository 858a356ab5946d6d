import KitTesting
import Subprocess
import Testing

struct CommandTests {
    @Test(arguments: [
        (Command("gh", "issue", "list"), "gh issue list"),
        (Command("echo", "a b", "", "it's", "$HOME"), #"echo 'a b' '' 'it'\''s' '$HOME'"#),
        (Command("echo", "two\nlines", "ä"), "echo 'two\nlines' 'ä'"),
        (Command("git", "log", "--format=%H", "a..b"), "git log --format=%H a..b"),
        (Command("ls").with { $0.workingDirectory = "/a b" }, "cd '/a b' && ls"),
    ])
    func `reads as a person would type it`(command: Command, line: String) {
        #expect(command.description == line)
    }

    @Test func `a quoted word is the same word for a shell`() throws {
        var random = SeededGenerator(seed: 1)
        let alphabet = Array("ab '\"\\$`!*?[]{}()<>|&;#~=%\n\tä–")
        let words = (0..<200).map { _ in
            String(
                (0..<Int.random(in: 0...8, using: &random)).map { _ in
                    alphabet.randomElement(using: &random) ?? "a"
                })
        }
        let script = "printf '%s\\0' " + words.map(ShellQuoting.quoted).joined(separator: " ")
        let output = try Command.shell(script).run()
        let seen = output.text.split(separator: "\0", omittingEmptySubsequences: false).dropLast().map(
            String.init)
        #expect(seen == words)
    }

    @Test func `inherits the named variables only, and additions win`() {
        let all = Command.Environment.current()
        let some = Command.Environment.inherit(only: ["PATH", "NO_SUCH_VARIABLE"], adding: ["A": "1"])
        #expect(all["PATH"] != nil)
        #expect(some.values == ["PATH": all["PATH"] ?? "", "A": "1"])
        #expect(Command.Environment.inherit(only: ["PATH"], adding: ["PATH": "/x"]).values == ["PATH": "/x"])
        #expect(Command("x").environment.values.isEmpty)
    }

    @Test func `an environment written twice keeps the last`() {
        let environment: Command.Environment = ["A": "1", "A": "2"]
        #expect(environment["A"] == "2")
    }
}
