import JSON
import OrchCore
import Platform
import Testing

@testable import OrchAdapters

@Suite struct CodexServerConversationTests {
    private func conversation(_ change: (inout AgentRequest) -> Void = { _ in }) -> any AgentConversation {
        CodexAdapter(zone: .utc).conversation(AgentFixture.request(.codex, change: change))
    }

    private let welcome = #"{"id":0,"result":{}}"#
    private let thread = #"{"id":1,"result":{"thread":{"id":"T"},"model":"gpt"}}"#
    private let turn = #"{"id":2,"result":{"turn":{"id":"U"}}}"#
    private func ended(_ turn: String, _ status: String = "completed") -> String {
        #"{"method":"turn/completed","params":{"turn":{"id":"\#(turn)","status":"\#(status)"}}}"#
    }

    @Test func `opens with initialize, thread and turn, each after the answer to the one before`() {
        var talk = conversation { $0.model = "gpt" }
        #expect(talk.begin().written[0]["method"] == "initialize")
        let opened = talk.hear(welcome).written
        #expect(opened.map { $0["method"] } == ["initialized", "thread/start"])
        #expect(
            opened[1]["params"] == [
                "cwd": "/home/user/trees/one", "approvalPolicy": "never", "sandbox": "workspace-write",
                "model": "gpt",
                "developerInstructions": "SYSTEM WORDS",
            ])
        let started = talk.hear(thread)
        #expect(started.events == [.session("T"), .model("gpt")])
        #expect(
            started.written[0]["params"] == [
                "threadId": "T", "input": [["type": "text", "text": "TASK WORDS"]],
            ])
    }

    @Test func `goes on with a thread`() {
        var talk = conversation { $0.resuming = "old" }
        let opened = talk.hear(welcome).written
        #expect(opened[1]["method"] == "thread/resume")
        #expect(opened[1]["params"]["threadId"] == "old")
    }

    @Test func `steers the running turn`() {
        var talk = conversation()
        _ = talk.hear(welcome, thread, turn)
        let steer = talk.say("words").written[0]
        #expect(steer["method"] == "turn/steer")
        #expect(steer["params"]["expectedTurnId"] == "U")
        #expect(steer["params"]["input"] == [["type": "text", "text": "words"]])
        #expect(talk.hear(#"{"id":3,"result":{"turnId":"U"}}"#, ended("U")).last == .finish)
    }

    @Test func `an answer to a number that no request had, however large, is no answer`() {
        var talk = conversation()
        _ = talk.hear(welcome, thread, turn)
        #expect(talk.hear(#"{"id":\#(Int.max),"result":{}}"#) == [])
        #expect(talk.say("words").written[0]["id"] == 3)
    }

    @Test func `keeps early words until there is a turn`() {
        var talk = conversation()
        #expect(talk.say("one") == [])
        _ = talk.hear(welcome)
        #expect(talk.say("two") == [])
        _ = talk.hear(thread)
        #expect(talk.hear(turn).written[0]["params"]["input"][0]["text"] == "one\n\ntwo")
    }

    @Test func `gives words that came too late a turn of their own`() {
        var talk = conversation()
        _ = talk.hear(welcome, thread, turn)
        _ = talk.say("late")
        #expect(!talk.hear(ended("U")).contains(.finish))
        let again = talk.hear(#"{"id":3,"error":{"code":-32600,"message":"no active turn to steer"}}"#)
        #expect(again.written[0]["method"] == "turn/start")
        #expect(again.written[0]["params"]["input"][0]["text"] == "late")
        let started = #"{"method":"turn/started","params":{"turn":{"id":"V"}}}"#
        #expect(talk.hear(#"{"id":4,"result":{"turn":{"id":"V"}}}"#, started, ended("V")).last == .finish)
    }

    @Test func `tells when words were not taken, and goes on`() {
        var talk = conversation()
        _ = talk.hear(welcome, thread, turn)
        _ = talk.say("words")
        let effects = talk.hear(#"{"id":3,"error":{"code":-32600,"message":"review is running"}}"#)
        #expect(effects.events == [.problem("the words were not taken: review is running")])
        #expect(talk.hear(ended("U")).last == .finish)
    }

    @Test func `asks for a process of their own for words that come after the end`() {
        var talk = conversation()
        _ = talk.hear(welcome, thread, turn, ended("U"))
        #expect(talk.say("more") == [.resume(words: "more")])
    }

    @Test(
        arguments: [
            ("item/commandExecution/requestApproval", ["result": ["decision": "decline"]]),
            ("item/fileChange/requestApproval", ["result": ["decision": "decline"]]),
            ("mcpServer/elicitation/request", ["result": ["action": "decline"]]),
            ("item/tool/requestUserInput", ["result": ["answers": [:]]]),
            ("something/new", ["error": ["code": -32601, "message": "nobody is here to decide this"]]),
        ] as [(String, JSONValue)])
    func `answers every question with a refusal, so that nothing waits`(method: String, answer: JSONValue) {
        var talk = conversation()
        let effects = talk.hear(#"{"id":"q","method":"\#(method)","params":{"command":"touch x"}}"#)
        #expect(effects.events == [.denied("touch x")])
        #expect(effects.written[0]["id"] == "q")
        #expect(effects.written[0]["result"] == answer["result"])
        #expect(effects.written[0]["error"] == answer["error"])
    }

    @Test(arguments: [
        (#"{"id":0,"error":{"message":"not supported"}}"#, AgentFailure.reported),
        (#"{"id":1,"error":{"message":"no rollout found for thread id T"}}"#, .reported),
        (#"{"id":2,"error":{"message":"model not found: nope"}}"#, .modelUnavailable("")),
    ])
    func `ends when the opening is refused`(response: String, failure: AgentFailure) {
        var talk = conversation()
        if !response.hasPrefix(#"{"id":0"#) { _ = talk.hear(welcome) }
        if response.hasPrefix(#"{"id":2"#) { _ = talk.hear(thread) }
        #expect(talk.hear(response).last == .finish)
        #expect(talk.report(exit: 0, errorTail: "", now: AgentFixture.now).failure == failure)
    }

    @Test func `tells commands without the shell around them, and their failures`() throws {
        let report = try AgentFixture.report("codex_server_success.jsonl")
        let tools = try AgentFixture.events("codex_server_success.jsonl").tools
        #expect(tools == ["Bash echo hello > NOTES.md", "Bash false", "✗ Bash"])
        #expect(report.usage == Usage(inputTokens: 9300, outputTokens: 150))
        #expect(report.session == "01a2067e-cf0b-7c92-a5e3-53d1d4476bb4")
        #expect(report.model == "gpt-5.1-codex")
    }

    @Test(
        arguments: [
            ("success", nil), ("steered", nil), ("approval", nil), ("words_refused", nil),
            ("interrupted", .stopped),
            ("401", .authentication), ("429", .usageLimit(resetsAt: nil)),
            ("usage_limit", .usageLimit(resetsAt: Timestamp(iso8601: "2026-11-24T00:26:00Z"))),
            ("overloaded", .usageLimit(resetsAt: AgentFixture.now + .seconds(300))),
            ("context_overflow", .contextOverflow), ("model_unknown", .modelUnavailable("")),
        ] as [(String, AgentFailure?)])
    func `tells what a run came to`(fixture: String, failure: AgentFailure?) throws {
        let report = try AgentFixture.report("codex_server_\(fixture).jsonl")
        #expect(report.failure == failure)
        #expect(report.message.isEmpty == (failure == nil))
    }

    @Test func `an error that is tried again is a notice`() throws {
        var talk = conversation()
        let events = try AgentFixture.lines("codex_server_401.jsonl").flatMap { talk.receive(line: $0) }
            .events
        let notices = events.compactMap { if case .notice(let words) = $0 { words } else { nil } }
        #expect(notices.contains { $0.hasPrefix("Reconnecting... 1/1") })
    }

    @Test func `takes the end of a limit from the window that is used up`() {
        var talk = conversation()
        _ = talk.hear(
            #"""
            {"method":"account/rateLimits/updated","params":{"rateLimits":{\#
            "primary":{"usedPercent":100,"resetsAt":1795450000},\#
            "secondary":{"usedPercent":12,"resetsAt":1795990000}}}}
            """#,
            #"""
            {"method":"turn/completed","params":{"turn":{"status":"failed","error":{\#
            "message":"limit","codexErrorInfo":"usageLimitExceeded"}}}}
            """#
        )
        let report = talk.report(exit: 0, errorTail: "", now: AgentFixture.now)
        #expect(report.failure == .usageLimit(resetsAt: Timestamp(seconds: 1_795_450_000)))
    }

    @Test(arguments: [(0, .reported), (nil, .lost), (2, .exited(2))] as [(Int32?, AgentFailure)])
    func `an end without a turn is never success`(exit: Int32?, failure: AgentFailure) {
        #expect(conversation().report(exit: exit, errorTail: "", now: AgentFixture.now).failure == failure)
    }
}
