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

    @Test(
        arguments: [0, 1, 2],
        [
            "429 Too Many Requests: rate limit", "Rate limit exceeded (429)", "Error: HTTP 429",
            "rate limit exceeded: temporarily unavailable", "You've hit your usage limit · resets 3pm (UTC).",
            "Claude AI usage limit reached|1767225600", "5-hour limit reached ∙ try again at 14:00",
        ])
    func `a last line that is nothing but a limit's notice is a limit, unless there is an answer`(
        adapter: Int, line: String
    ) {
        let report = report(["Starting", line, ""], of: Self.adapters[adapter])
        #expect(report.isPlain && report.finalText?.contains(line) == true)
        #expect(report.failure?.word == "usage_limit", "\(String(describing: report.failure))")
        #expect(report.message == line)
    }

    @Test(
        arguments: [0, 1, 2],
        [
            "Rate limit handling was added", "The tests for 429 Too Many Requests pass",
            "429", "429 requests", "I retried after the rate limit and it works now", "limit", "Over.",
            #"{"status":"needs_review","reason":"Rate limit exceeded (429)"}"#,
            "Too many requests\nDone.", String(repeating: "rate limit ", count: 40),
        ])
    func `words about the work are no limit, however they sound`(adapter: Int, text: String) {
        let lines = text.split(separator: "\n").map(String.init)
        let report = report(lines, of: Self.adapters[adapter])
        #expect(report.isPlain && report.failure == .reported)
    }

    @Test func `a command without a protocol that prints the notice last is at its limit, too`() {
        var talk = CommandConversation(prompt: nil, model: "", zone: .utc)
        _ = talk.receive(line: "Rate limit exceeded (429)")
        let limited = talk.report(exit: 0, errorTail: "", now: AgentFixture.now)
        #expect(limited.isPlain && limited.failure == .usageLimit(resetsAt: nil))
        _ = talk.receive(line: "All rate limits are handled")
        let well = talk.report(exit: 0, errorTail: "", now: AgentFixture.now)
        #expect(!well.isPlain && well.failure == nil && well.finalText?.contains("All rate") == true)
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
