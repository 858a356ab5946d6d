import OrchCore
import Testing

@testable import OrchAdapters

@Suite struct RunLogReaderTests {
    private static let secret = "correct-horse-battery"
    private let log: GrowingLog
    private let run: Run

    init() throws {
        log = try GrowingLog()
        let key = TaskKey(project: .init(rawValue: "/srv/app"), backend: .internal, id: "i1")
        let draft = RunDraft(
            task: key, kind: .work, agent: .demo, root: log.folder, now: Timestamp(seconds: 0))
        run = Run(id: .init(rawValue: 1), draft: draft, directory: log.folder)
    }

    private func reader(from start: Int = 0) -> RunLogReader {
        RunLogReader(run, from: start, redaction: Redaction(secrets: [Self.secret]))
    }

    private func say(_ text: String) throws { try log.append(#"{"kind":"text","text":"\#(text)"}"# + "\n") }

    @Test func `shows what the pane shows`() throws {
        try log.append(#"{"kind":"tool","tool":"Bash","text":"ls \#u{5C}u001b[31m-l"}"# + "\n")
        try log.append(
            #"{"kind":"begun"}"# + "\n" + "no JSON\n" + #"{"kind":"usage","input_tokens":3}"# + "\n")
        var reader = reader()
        let entries = try reader.next()
        #expect(entries.map(\.event.text) == ["▸ Bash ls -l", "", ""])
        #expect(entries.map(\.event.kind) == ["tool", "begun", "usage"])
    }

    @Test func `hides a secret that is torn between two events, from wherever it is read`() throws {
        try say("the password is correct-horse-b")
        try say("attery, keep it")
        var whole = reader()
        let entries = try whole.next()
        #expect(entries.map(\.event.text) == ["the password is [REDACTED]", "[REDACTED], keep it"])
        var later = reader(from: try #require(entries.first).end)
        #expect(try later.next().map(\.event.text) == ["[REDACTED], keep it"])
    }

    @Test func `hides a secret with colours in it`() throws {
        try say(#"correct-\u001b[1mhorse-\u001b[0mbattery"#)
        var reader = reader()
        #expect(try reader.next().map(\.event.text) == ["[REDACTED]"])
    }

    @Test func `goes on where another reader stopped`() throws {
        for number in 1...50 { try say("line \(number)") }
        var whole = reader()
        let entries = try whole.next()
        for place in entries.indices {
            var later = reader(from: entries[place].end)
            #expect(try later.next().map(\.end) == entries[(place + 1)...].map(\.end))
        }
    }
}
