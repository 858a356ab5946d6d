import JSON
import OrchCore
import Subprocess
import Testing

@testable import OrchAdapters

@Suite struct NoticeProgramTests {
    private let noon = Timestamp(seconds: 1_800_000_000)

    private func waiting(_ id: Int, _ kind: Notice.Kind = .needsReview) -> WaitingNotice {
        let key = TaskKey(project: Project.ID(rawValue: "/srv/app"), backend: .github, id: "7")
        var notice = Notice(kind, key: "k\(id)", about: key, text: "--help; $(rm) “x” \(id)", at: noon)
        notice.run = Run.ID(rawValue: 17)
        notice.url = "https://example.com/7"
        return WaitingNotice(id: id, notice: notice, dueAt: noon, tries: 0)
    }

    private func program(
        _ name: String, _ message: [WaitingNotice], _ configure: (inout NoticeSink) -> Void = { _ in }
    ) -> Command? {
        var sink = NoticeSink()
        configure(&sink)
        return NoticeProgram.command(for: sink, named: name, message: message, environment: ["PATH": "/bin"])
    }

    @Test func `a program of the user's gets facts, and no text as an argument`() throws {
        let command = try #require(program("phone", [waiting(3)]) { $0.command = ["tell", "me"] })
        #expect(command.program == "tell")
        #expect(command.arguments == ["me"])
        let text = "--help; $(rm) “x” 3 https://example.com/7"
        for (name, value) in [
            "ORCH_NOTICE_KIND": "needs_review", "ORCH_NOTICE_LEVEL": "attention", "ORCH_NOTICE_TEXT": text,
            "ORCH_NOTICE_COUNT": "1", "ORCH_PROJECT_DIR": "/srv/app", "ORCH_TASK_ID": "7", "ORCH_RUN": "17",
            "ORCH_NOTICE_URL": "https://example.com/7", "PATH": "/bin",
        ] {
            #expect(command.environment[name] == value, "\(name)")
        }
        guard case .bytes(let input) = command.input else { throw Missing() }
        let json = try JSONValue(parsing: input)
        #expect(json["sink"].string == "phone")
        #expect(json["text"].string == text)
        #expect(json["notices"].array?.count == 1)
        #expect(json["notices"].array?.first?["task"].string == "7")
    }

    private struct Missing: Error {}

    @Test func `several at once have the level of the highest, and no facts of one`() throws {
        let command = try #require(
            program("phone", [waiting(1), waiting(2, .agentBroken)]) { $0.command = ["tell"] })
        #expect(command.environment["ORCH_NOTICE_LEVEL"] == "alarm")
        #expect(command.environment["ORCH_NOTICE_COUNT"] == "2")
        #expect(command.environment["ORCH_TASK_ID"] == "")
    }

    @Test func `the desktop is told by one argument behind the options`() throws {
        let command = try #require(program("desktop", [waiting(1, .agentBroken)]))
        #expect(command.arguments.last == "--help; $(rm) “x” 1 https://example.com/7")
        #expect(command.arguments.contains("--"))
    }

    @Test func `the desktop may have a program of the user's instead`() throws {
        #expect(program("desktop", [waiting(1)]) { $0.command = ["mine"] }?.program == "mine")
    }

    @Test func `a chat is the listener's, and a sink without a way is nobody's`() {
        #expect(program("telegram", [waiting(1)]) { $0.place = "7" } == nil)
        #expect(program("phone", [waiting(1)]) == nil)
        var chat = NoticeSink()
        #expect(chat.teller(named: "telegram") == nil, "it has no place")
        chat.place = "7"
        #expect(chat.teller(named: "telegram") == .listener(.telegram))
        #expect(chat.teller(named: "phone") == nil)
        let among = ["phone": chat, "telegram": chat]
        #expect(Telling.sinks(for: waiting(1).notice, among: among) == ["telegram"])
    }
}
