import JSON
import OrchCore
import Platform
import Testing

@testable import OrchAdapters

@Suite struct ClaudeConversationTests {
    private func conversation() -> any AgentConversation {
        ClaudeAdapter(zone: .utc).conversation(AgentFixture.request())
    }

    private let result = #"{"type":"result","subtype":"success","is_error":false,"result":"words"}"#

    @Test func `writes the task first and a person's words whenever they come`() {
        var talk = conversation()
        #expect(talk.begin().written.map { $0["message"]["content"][0]["text"] } == ["TASK WORDS"])
        #expect(talk.say("two\nlines").written.map { $0["message"]["content"][0]["text"] } == ["two\nlines"])
    }

    @Test func `keeps words that begin with a slash from being a command to the program`() {
        var talk = conversation()
        #expect(talk.say("/cost is a file").written[0]["message"]["content"][0]["text"] == " /cost is a file")
    }

    @Test func `finishes at the result when every message was read`() throws {
        var talk = conversation()
        _ = talk.begin()
        let effects = try AgentFixture.lines("claude_stream_steered.jsonl").flatMap { talk.receive(line: $0) }
        #expect(effects.last == .finish)
        #expect(effects.filter { $0 == .finish }.count == 1)
    }

    @Test func `stays open at a result while a person's words are unread`() throws {
        var talk = conversation()
        _ = talk.begin()
        _ = talk.say("late")
        let effects = try AgentFixture.lines("claude_stream_late_words.jsonl").map { talk.receive(line: $0) }
        let finishes = effects.indices.filter { effects[$0].contains(.finish) }
        #expect(finishes == [effects.count - 1])
        #expect(talk.report(exit: 0, errorTail: "", now: AgentFixture.now).finalText == "second")
    }

    @Test func `asks for a process of their own for words that come after the end`() {
        var talk = conversation()
        _ = talk.hear(result)
        #expect(talk.say("more") == [.resume(words: "more")])
    }

    @Test func `refuses what only a person could decide`() {
        var talk = conversation()
        let answer = talk.hear(
            #"{"type":"control_request","request_id":"7","request":{"subtype":"can_use_tool"}}"#)
        #expect(answer.written[0]["response"]["subtype"] == "error")
        #expect(answer.written[0]["response"]["request_id"] == "7")
    }

    @Test func `tells session, model, tools and their failures`() throws {
        var talk = conversation()
        let events = try AgentFixture.lines("claude_stream_success.jsonl").flatMap { talk.receive(line: $0) }
            .events
        #expect(
            events.filter { if case .usage = $0 { false } else { true } } == [
                .session("4df7640e-7e7d-4d1c-b288-4761975219a8"), .model("claude-opus-5-5"),
                .tool(name: "Bash", detail: "echo hello > NOTES.md"), .tool(name: "Bash", detail: "false"),
                .toolFailed(name: "Bash", detail: "Exit code 1"),
                .text(try #require(AgentFixture.report("claude_stream_success.jsonl").finalText)),
            ])
    }

    @Test func `counts tokens with those of the cache while it runs, and exactly at the end`() throws {
        var talk = conversation()
        let events = try AgentFixture.lines("claude_stream_success.jsonl").flatMap { talk.receive(line: $0) }
            .events
        let usages = events.compactMap { if case .usage(let usage) = $0 { usage } else { nil } }
        #expect(usages.map(\.inputTokens) == [3120, 6240, 9360, 9360])
        #expect(usages.last == Usage(inputTokens: 9360, outputTokens: 150, costMicroDollars: 6300))
    }

    @Test func `figures that no agent can have are bounded, not added up to a crash`() {
        var talk = conversation()
        let huge = Int.max
        let message = #"{"type":"assistant","message":{"id":"1","usage":{"input_tokens":\#(huge),"#
        let models = #""modelUsage":{"a":{"inputTokens":\#(huge)},"b":{"inputTokens":\#(huge)}}"#
        let effects = talk.hear(
            message + #""cache_read_input_tokens":\#(huge),"output_tokens":\#(huge)}}}"#,
            #"{"type":"assistant","message":{"id":"2","usage":{"input_tokens":-5,"output_tokens":1}}}"#,
            #"{"type":"result",\#(models),"total_cost_usd":9e12}"#)
        let usages = effects.events.compactMap { if case .usage(let usage) = $0 { usage } else { nil } }
        #expect(usages.count == 3)
        #expect(usages.allSatisfy { $0.inputTokens > 0 && ($0 + $0).totalTokens < huge / 1000 })
        #expect(usages.allSatisfy { ($0.costMicroDollars ?? 0) <= 1_000_000_000_000 })
    }

    @Test func `a limit that ends in thousands of years was misread`() {
        var talk = conversation()
        let seconds = AgentFixture.now.seconds
        let info = #"{"status":"rejected","resetsAt":\#(seconds * 1000)}"#
        _ = talk.hear(
            #"{"type":"rate_limit_event","rate_limit_info":\#(info)}"#,
            #"{"type":"result","is_error":true,"api_error_status":429,"result":"limit"}"#)
        let report = talk.report(exit: 1, errorTail: "", now: AgentFixture.now)
        #expect(report.failure == .usageLimit(resetsAt: nil))
    }

    @Test(arguments: ["", "-p", "two words", "line\nbreak", String(repeating: "x", count: 300)])
    func `what cannot be a session's name is none`(id: String) {
        var talk = conversation()
        let effects = talk.hear(
            JSONValue.object(["type": "system", "subtype": "init", "session_id": .string(id)]).text())
        #expect(effects == [])
        #expect(talk.report(exit: 0, errorTail: "", now: AgentFixture.now).session == nil)
    }

    @Test func `counts a message of several lines once`() {
        var talk = conversation()
        let line = #"""
            {"type":"assistant","message":{"id":"m","usage":{"input_tokens":5,"output_tokens":1}}}
            """#
        #expect(talk.hear(line, line).events == [.usage(Usage(inputTokens: 5, outputTokens: 1))])
    }

    @Test(
        arguments: [
            ("claude_stream_success.jsonl", nil), ("claude_success.json", nil),
            ("claude_stream_steered.jsonl", nil),
            ("claude_stream_late_words.jsonl", nil), ("claude_stream_denied.jsonl", nil),
            ("claude_stream_401.jsonl", .authentication),
            ("claude_stream_429.jsonl", .usageLimit(resetsAt: nil)),
            ("claude_stream_overloaded.jsonl", .usageLimit(resetsAt: AgentFixture.now + .seconds(300))),
            ("claude_stream_model_unknown.jsonl", .modelUnavailable("")),
            ("claude_stream_prompt_too_long.jsonl", .contextOverflow),
            ("claude_stream_interrupted.jsonl", .stopped), ("claude_stream_max_turns.jsonl", .reported),
            ("claude_stream_max_budget.jsonl", .costLimit),
            ("claude_error_rate_limit.json", .usageLimit(resetsAt: AgentFixture.now + .seconds(30))),
        ] as [(String, AgentFailure?)])
    func `tells what a run came to`(fixture: String, failure: AgentFailure?) throws {
        let report = try AgentFixture.report(fixture)
        #expect(report.failure == failure)
        #expect(report.message.isEmpty == (failure == nil))
    }

    @Test func `a refusal by its rules is noted and no failure`() throws {
        let report = try AgentFixture.report("claude_stream_denied.jsonl")
        #expect(report.denials == ["Permission to use Bash with command rm -f x has been denied."])
        let tools = try AgentFixture.events("claude_stream_denied.jsonl").tools
        #expect(tools.count { $0.hasPrefix("✗") } == 2 && tools.count == 4)
    }

    @Test(
        arguments: [
            (0, "", .reported), (nil, "", .lost), (1, "boom", .exited(1)), (143, "", .exited(143)),
            (1, "Enter passphrase for key '/home/user/.ssh/id_ed25519':", .interactivePrompt),
            (1, "bash: line 1: cargo: command not found", .toolMissing("cargo")),
        ] as [(Int32?, String, AgentFailure)])
    func `silence is never success`(exit: Int32?, errorTail: String, failure: AgentFailure) {
        let report = conversation().report(exit: exit, errorTail: errorTail, now: AgentFixture.now)
        #expect(report.failure == failure)
        #expect(report.finalText == nil)
        #expect(!report.message.isEmpty)
    }

    @Test(arguments: [(nil, nil), (0, nil), (2, .exited(2))] as [(Int32?, AgentFailure?)])
    func `a good result counts unless the exit status says otherwise`(exit: Int32?, failure: AgentFailure?)
        throws
    {
        #expect(try AgentFixture.report("claude_stream_success.jsonl", exit: exit).failure == failure)
    }

    @Test func `takes the end of a limit from the limit's own event`() {
        var talk = conversation()
        _ = talk.hear(
            #"{"type":"rate_limit_event","rate_limit_info":{"status":"rejected","resetsAt":1795480000}}"#,
            #"{"type":"result","subtype":"success","is_error":true,"api_error_status":429,"result":"limit"}"#)
        let report = talk.report(exit: 1, errorTail: "", now: AgentFixture.now)
        #expect(report.failure == .usageLimit(resetsAt: Timestamp(seconds: 1_795_480_000)))
    }

    @Test(arguments: ["429 Too Many Requests", "401 unauthorized", "prompt is too long"])
    func `never judges by what the model wrote`(words: String) {
        var talk = conversation()
        _ = talk.hear(
            #"{"type":"assistant","message":{"content":[{"type":"text","text":"\#(words)"}]}}"#,
            #"{"type":"result","subtype":"success","is_error":false,"result":"\#(words)"}"#)
        #expect(talk.report(exit: 0, errorTail: "", now: AgentFixture.now).failure == nil)
    }

    @Test(arguments: ["plain words", "{", #"{"type":5}"#, "[1]", "\u{FFFD}\u{0}"])
    func `shows a line that is not of the protocol, and goes on`(line: String) {
        var talk = conversation()
        #expect(talk.hear(line).events.count == 1)
        #expect(talk.hear(result).contains(.finish))
    }
}
