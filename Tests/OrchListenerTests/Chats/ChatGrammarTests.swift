import JSON
import OrchCore
import OrchListener
import Testing

@Suite struct ChatGrammarTests {
    private let plain = ChatGrammar()

    private func inTask() throws -> ChatGrammar { ChatGrammar(in: try task("site/i7")) }
    private func task(_ text: String) throws -> TaskReference { try #require(TaskReference(text)) }

    @Test func `a message without words is nothing`() {
        #expect(plain.wish("") == nil)
        #expect(plain.wish(" \n\t ") == nil)
    }

    @Test func `plain words are a new task, the first line its title`() throws {
        var new = Verb.NewTask(title: "Fix the login")
        new.body = "Safari loops\nsince 2.3"
        #expect(plain.wish("  Fix the login\n\nSafari loops\nsince 2.3 ") == .verb(.new(new)))
    }

    @Test func `in a task's conversation plain words are for its agent`() throws {
        let wish = try inTask().wish("use postgres, not mysql")
        #expect(wish == .verb(.say(try task("site/i7"), words: "use postgres, not mysql")))
        #expect(try inTask().wish("/new Another") == .verb(.new(Verb.NewTask(title: "Another"))))
    }

    @Test(arguments: [
        ("/kill 42", "kill"), ("/kill@orch_bot #42", "kill"), ("/KILL 42", "kill"), ("/merge 42", "merge"),
        ("/retry 42", "retry"), ("/why\n42", "why"), ("/get 42", "show"), ("/approve 42 please", "approve"),
    ])
    func `a command names its task`(_ text: String, _ name: String) throws {
        #expect(plain.wish(text) == .verb(try Verb(named: name, fields: ["id": 42])))
    }

    @Test func `in a task's conversation the id may be left out`() throws {
        #expect(try inTask().wish("/kill") == .verb(.kill(try task("site/i7"))))
        #expect(try inTask().wish("/kill 42") == .verb(.kill(try task("42"))))
        #expect(try inTask().wish("/assign codex") == .verb(.assign(try task("site/i7"), agent: .codex)))
        #expect(try inTask().wish("/watch") == .watch(try task("site/i7")))
        #expect(
            try inTask().wish("/say 3 files are missing")
                == .verb(.say(try task("site/i7"), words: "3 files are missing")))
    }

    @Test func `words keep their lines`() throws {
        #expect(plain.wish("/say 42 one\n  two") == .verb(.say(try task("42"), words: "one\n  two")))
    }

    @Test(arguments: [
        ("/fly", VerbMistake.unknown("/fly")), ("/", .unknown("/")), ("/kill", .missing("id", verb: "kill")),
        ("/kill them", .invalid("id", value: "them", verb: "kill")), ("/say 42", .empty(verb: "say")),
        ("/new", .empty(verb: "new")), ("/assign 42", .missing("agent", verb: "assign")),
        ("/assign 42 --x", .invalid("agent", value: "--x", verb: "assign")),
        ("/pause --all", .invalid("project", value: "--all", verb: "pause")),
        ("/use ../x", .invalid("project", value: "../x", verb: "use")),
    ])
    func `a command that makes no sense says what is missing`(_ text: String, _ mistake: VerbMistake) {
        #expect(plain.wish(text) == .mistake(mistake))
    }

    @Test func `yes and no are answers, and nothing else`() throws {
        for word in ["yes", "YES", "y", "/yes", "/y"] { #expect(try inTask().wish(word) == .confirm) }
        for word in ["no", "/no", "/cancel"] { #expect(plain.wish(word) == .decline) }
        #expect(try inTask().wish("yes, please") != .confirm)
    }

    @Test func `overviews are of all projects unless one is named`() throws {
        #expect(plain.wish("/list") == .verb(.list(project: nil)))
        #expect(plain.wish("/cost site") == .verb(.cost(project: ProjectTag("site"))))
        #expect(plain.wish("/start") == .help)
        #expect(plain.wish("/unwatch") == .unwatch(nil))
    }
}
