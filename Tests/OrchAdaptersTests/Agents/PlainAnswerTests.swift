import OrchCore
import Platform
import Testing

@testable import OrchAdapters

/// Programs that end well without a word of their agent's protocol: wrappers, stand-ins, other versions.
@Suite struct PlainAnswerTests {
    private static let adapters: [any AgentAdapter] = [
        ClaudeAdapter(zone: .utc), CodexAdapter(hasAppServer: false, zone: .utc), OpenCodeAdapter(zone: .utc),
    ]

    private func report(_ lines: [String], of adapter: any AgentAdapter, exit: Int32? = 0) -> AgentReport {
        var conversation = adapter.conversation(AgentFixture.request())
        _ = conversation.begin()
        for line in lines { _ = conversation.receive(line: line) }
        return conversation.report(exit: exit, errorTail: "", now: AgentFixture.now)
    }

    @Test(arguments: [0, 1, 2])
    func `their text is the last word, and no success by itself`(adapter: Int) {
        let report = report(["thinking", #"{"status":"done"}"#], of: Self.adapters[adapter])
        #expect(report.isPlain)
        #expect(report.failure == .reported)
        #expect(report.finalText == "thinking\n{\"status\":\"done\"}\n")
    }

    @Test(arguments: [0, 1, 2])
    func `a failed one is not plain`(adapter: Int) {
        #expect(!report([#"{"status":"done"}"#], of: Self.adapters[adapter], exit: 1).isPlain)
        #expect(!report([#"{"status":"done"}"#], of: Self.adapters[adapter], exit: nil).isPlain)
    }

    @Test(arguments: [0, 1, 2])
    func `one that broke off in the middle of its protocol is not plain`(adapter: Int) {
        let begun = [#"{"type":"system","subtype":"init"}"#, #"{"status":"done"}"#]
        let report = report(begun, of: Self.adapters[adapter])
        #expect(!report.isPlain && report.failure != nil)
    }
}
