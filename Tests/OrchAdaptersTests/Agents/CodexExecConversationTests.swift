import OrchCore
import Platform
import Testing

@testable import OrchAdapters

@Suite struct CodexExecConversationTests {
    private func conversation() -> any AgentConversation {
        CodexAdapter(hasAppServer: false, zone: .utc).conversation(AgentFixture.request(.codex))
    }

    @Test func `writes nothing, and lets words interrupt it`() {
        var talk = conversation()
        #expect(talk.begin() == [])
        #expect(talk.say("words") == [.resume(words: "words")])
    }

    @Test(
        arguments: [
            ("codex_success.jsonl", nil), ("codex_exec_success.jsonl", nil),
            ("codex_exec_401.jsonl", .authentication),
            (
                "codex_exec_usage_limit.jsonl",
                .usageLimit(resetsAt: Timestamp(iso8601: "2026-11-24T00:26:00Z"))
            ),
            ("codex_exec_context_overflow.jsonl", .contextOverflow),
            ("codex_exec_model_unknown.jsonl", .modelUnavailable("")),
            ("codex_exec_overloaded.jsonl", .usageLimit(resetsAt: AgentFixture.now + .seconds(300))),
            ("codex_model_unsupported.jsonl", .modelUnavailable("")),
            ("codex_rate_limit.jsonl", .usageLimit(resetsAt: nil)),
            ("codex_usage_limit.jsonl", .usageLimit(resetsAt: Timestamp(iso8601: "2026-11-23T22:59:00Z"))),
        ] as [(String, AgentFailure?)])
    func `tells what a run came to`(fixture: String, failure: AgentFailure?) throws {
        let report = try AgentFixture.report(fixture, exit: failure == nil ? 0 : 1)
        #expect(report.failure == failure)
        #expect(report.message.isEmpty == (failure == nil))
    }

    @Test func `tells commands, their failures and the tokens`() throws {
        let report = try AgentFixture.report("codex_exec_success.jsonl")
        let tools = try AgentFixture.events("codex_exec_success.jsonl").tools
        #expect(tools == ["Bash echo hello > NOTES.md", "Bash false", "✗ Bash"])
        #expect(report.usage == Usage(inputTokens: 9300, outputTokens: 150))
    }

    @Test func `a lost connection that comes back is a notice`() {
        var talk = conversation()
        let effects = talk.hear(#"{"type":"error","message":"Reconnecting... 2/5 (stream disconnected)"}"#)
        #expect(effects == [.event(.notice("Reconnecting... 2/5 (stream disconnected)"))])
    }

    @Test func `an error before a turn that ends well is no failure`() {
        var talk = conversation()
        _ = talk.hear(
            #"{"type":"error","message":"rate limit exceeded"}"#,
            #"{"type":"turn.failed","error":{"message":"x"}}"#,
            #"{"type":"turn.started"}"#,
            #"{"type":"turn.completed","usage":{"input_tokens":1,"output_tokens":2}}"#)
        #expect(talk.report(exit: 0, errorTail: "", now: AgentFixture.now).failure == nil)
    }

    @Test func `a turn that fails after one that ended well is a failure`() {
        var talk = conversation()
        _ = talk.hear(
            #"{"type":"turn.completed","usage":{}}"#, #"{"type":"turn.started"}"#,
            #"{"type":"turn.failed","error":{"message":"unexpected status 401 Unauthorized: no"}}"#)
        #expect(talk.report(exit: 1, errorTail: "", now: AgentFixture.now).failure == .authentication)
    }

    @Test func `the message of a failure is the provider's sentence, not its JSON`() throws {
        let report = try AgentFixture.report("codex_model_unsupported.jsonl", exit: 1)
        #expect(
            report.message == "The 'gpt-4.1' model is not supported when using Codex with a ChatGPT account.")
    }
}
