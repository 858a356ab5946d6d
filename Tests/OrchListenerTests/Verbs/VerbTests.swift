import JSON
import OrchCore
import OrchListener
import Subprocess
import Testing

@Suite struct VerbTests {
    private func task(_ text: String) throws -> TaskReference { try #require(TaskReference(text)) }

    @Test func `people's words go by standard input, never as an argument`() throws {
        let words = "--help $(touch pwned)"
        var new = try #require(Verb.NewTask(words: "\(words)\n\n second \(words)"))
        new.agent = .claude
        let verbs: [Verb] = [.new(new), .say(try task("i1"), words: words)]
        for verb in verbs {
            #expect(!verb.spelling.arguments.contains { $0.contains("pwned") })
            #expect(verb.spelling.input.holds(words))
        }
        #expect(Verb.new(new).spelling.arguments == ["task", "add", "--json", "--agent=claude", "-"])
    }

    @Test func `a verb is a command of orch, of one project or of all`() throws {
        #expect(
            Verb.kill(try task("site/42")).spelling.arguments == [
                "task", "kill", "--json", "--project=site", "42",
            ])
        #expect(Verb.list(project: nil).spelling.arguments == ["task", "list", "--json", "--global"])
        #expect(Verb.pause(project: nil).spelling.arguments == ["pause", "--json"])
    }

    @Test func `who may look may not steer, and who may steer may not publish`() throws {
        let id = try task("1")
        #expect(Verb.why(id).role == .viewer)
        #expect(Verb.say(id, words: "x").role == .operator)
        #expect(Verb.merge(id).role == .owner)
        #expect(Role.viewer < .operator && Role.operator < .owner)
        #expect(Verb.merge(id).isDangerous && Verb.kill(id).isDangerous && !Verb.retry(id).isDangerous)
    }

    @Test func `the project that is meant is added where none is named`() throws {
        let tag = try #require(ProjectTag("site"))
        #expect(Verb.why(try task("1")).inProject(tag).task?.project == tag)
        #expect(Verb.why(try task("other/1")).inProject(tag).task?.project?.rawValue == "other")
        #expect(Verb.pause(project: nil).inProject(tag) == .pause(project: nil))
    }

    @Test(arguments: Verb.names)
    func `every verb can be made of fields, and names itself`(_ name: String) throws {
        let fields: JSONObject = ["id": 42, "agent": "claude", "text": "x", "title": "t", "project": "site"]
        let verb = try Verb(named: name, fields: fields)
        #expect(verb.name == name)
        #expect(verb.spelling.arguments.contains("--project=site"))
    }

    private static let mistakes: [(String, JSONObject, VerbMistake)] = [
        ("fly", [:], .unknown("fly")),
        ("kill", [:], .missing("id", verb: "kill")),
        ("kill", ["id": .null], .missing("id", verb: "kill")),
        ("kill", ["id": "-9"], .invalid("id", value: "-9", verb: "kill")),
        ("say", ["id": "1", "text": " \n"], .empty(verb: "say")),
        ("new", ["title": "\n"], .empty(verb: "new")),
        ("assign", ["id": "1", "agent": "A B"], .invalid("agent", value: "A B", verb: "assign")),
        ("list", ["project": "--x"], .invalid("project", value: "--x", verb: "list")),
    ]

    @Test(arguments: mistakes)
    func `fields that make no verb are refused by name`(
        _ name: String, _ fields: JSONObject, _ expected: VerbMistake
    ) {
        #expect(throws: expected) { try Verb(named: name, fields: fields) }
        #expect(!expected.problem.isEmpty && !expected.fix.isEmpty)
    }
}

extension Command.Input {
    fileprivate func holds(_ words: String) -> Bool {
        guard case .bytes(let bytes) = self else { return false }
        return String(decoding: bytes, as: UTF8.self).contains(words)
    }
}
