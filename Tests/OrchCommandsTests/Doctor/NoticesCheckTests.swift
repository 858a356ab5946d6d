import OrchCore
import Testing

@testable import OrchCommands

@Suite struct NoticesCheckTests {
    private func findings(_ name: String, _ change: (inout NoticeSink) -> Void) -> [Finding] {
        var settings = Settings()
        var sink = NoticeSink()
        change(&sink)
        settings.notify = [name: sink]
        return NoticesCheck(settings: settings) { $0 == "tell" ? "/bin/tell" : nil }.findings()
    }

    @Test func `who is told nothing is no trouble`() {
        #expect(NoticesCheck(settings: Settings()) { _ in nil }.findings().map(\.level) == [.ok])
    }

    @Test func `a sink that cannot tell anybody is a problem`() {
        #expect(findings("mine") { _ in }.map(\.level) == [.problem])
        #expect(findings("desktop") { _ in }.map(\.level) == [.problem])
        #expect(findings("telegram") { $0.level = .info }.first?.text.contains("no way") == true)
        #expect(findings("telegram") { $0.place = "7" }.first?.text.contains("none is configured") == true)
        #expect(findings("mine") { $0.command = ["absent"] }.first?.text.contains("“absent”") == true)
        #expect(findings("mine") { $0.command = ["/nonexistent/tell"] }.map(\.level) == [.problem])
    }

    @Test func `one that can is named`() {
        #expect(findings("mine") { $0.command = ["tell", "me"] } == [.ok("notices", "told: mine")])
        #expect(findings("mine") { $0.command = ["/bin/sh"] } == [.ok("notices", "told: mine")])
    }
}
