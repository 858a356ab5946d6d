import OrchCore
import Platform
import Testing

@testable import OrchAdapters

/// A host that takes over a run rebuilds everything from the recorded stream.
@Suite struct ReplayTests {
    private static func fixtures() throws -> [String] {
        try Directory.names(in: AgentFixture.folder).filter { $0 != "README.md" }.sorted()
    }

    @Test(arguments: try fixtures())
    func `a stream heard again gives the same effects and the same report`(fixture: String) throws {
        let lines = try AgentFixture.lines(fixture)
        func play() -> ([AgentEffect], AgentReport) {
            var talk = AgentFixture.adapter(forFixture: fixture).conversation(AgentFixture.request())
            let effects = talk.begin() + lines.flatMap { talk.receive(line: $0) }
            return (effects, talk.report(exit: 0, errorTail: "", now: AgentFixture.now))
        }
        let (first, second) = (play(), play())
        #expect(first.0 == second.0)
        #expect(first.1 == second.1)
    }

    @Test(arguments: try fixtures())
    func `a stream that breaks off anywhere is no success before its end is told`(fixture: String) throws {
        let lines = try AgentFixture.lines(fixture)
        var talk = AgentFixture.adapter(forFixture: fixture).conversation(AgentFixture.request())
        for line in lines.prefix(1) where lines.count > 1 { _ = talk.receive(line: line) }
        #expect(talk.report(exit: 137, errorTail: "", now: AgentFixture.now).failure != nil)
    }

    @Test(arguments: try fixtures())
    func `no stream makes another agent's conversation fail or succeed`(fixture: String) throws {
        let lines = try AgentFixture.lines(fixture)
        let own = AgentFixture.adapter(forFixture: fixture).name
        let others: [any AgentAdapter] = [
            ClaudeAdapter(zone: .utc), CodexAdapter(zone: .utc), OpenCodeAdapter(zone: .utc),
        ]
        for adapter in others where adapter.name != own {
            var talk = adapter.conversation(AgentFixture.request())
            for line in lines { _ = talk.receive(line: line) }
            let report = talk.report(exit: 1, errorTail: "", now: AgentFixture.now)
            #expect(report.failure != nil, "\(adapter.name) took \(fixture) for a success")
        }
    }
}
