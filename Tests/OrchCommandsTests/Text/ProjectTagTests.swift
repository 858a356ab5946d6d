import OrchCore
import Testing

@testable import OrchCommands

@Suite struct ProjectTagTests {
    private let both = ProjectTag([app, web])

    @Test func `of several projects each line names its own`() {
        #expect(
            both.naming(web.id, in: "intake: task 42: taken in", of: "intake")
                == "intake: web: task 42: taken in")
    }

    @Test func `one project is not named`() {
        let line = "intake: task 42: taken in"
        #expect(ProjectTag([app]).naming(app.id, in: line, of: "intake") == line)
    }

    @Test func `a line with the folder in it says whose it is`() {
        let line = "observe: /srv/web: cannot be looked at"
        #expect(both.naming(web.id, in: line, of: "observe") == line)
    }

    @Test func `what is no project's is left alone`() {
        let line = "schedule: job backup: its command starts"
        #expect(both.naming(.init(rawValue: "/home/ada/.orch"), in: line, of: "schedule") == line)
    }

    @Test func `a line of the log is one line`() {
        #expect(LogLine.text("collect: the push failed: fatal: no\nfatal: really").contains(": no fatal:"))
    }
}
