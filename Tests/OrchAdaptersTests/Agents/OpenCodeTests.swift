import JSON
import OrchCore
import Platform
import Testing

@testable import OrchAdapters

@Suite struct OpenCodeTests {
    private let adapter = OpenCodeAdapter(zone: .utc)

    private func configuration(_ launch: AgentLaunch) throws -> JSONValue {
        try JSONValue(parsing: try #require(launch.environment["OPENCODE_CONFIG_CONTENT"]))
    }

    @Test
    func `gets the whole prompt on standard input and its rules by variable, with no file in the worktree`()
        throws
    {
        let launch = adapter.launch(AgentFixture.request(.opencode))
        #expect(launch.arguments == ["run", "--format", "json"])
        #expect(launch.input == .text("SYSTEM WORDS\n\nTASK WORDS"))
        #expect(launch.files.isEmpty)
        #expect(launch.environment["PWD"] == "/home/user/trees/one")
        #expect(
            try configuration(launch)["permission"]["external_directory"] == [
                "*": "allow", "/home/user/main/*": "deny",
            ])
    }

    @Test func `passes model, session and configured permissions on`() throws {
        let launch = adapter.launch(
            AgentFixture.request(.opencode) {
                $0.model = "anthropic/claude"
                $0.resuming = "ses_1"
                $0.settings.permissionJSON = #"{"bash":"deny"}"#
            })
        #expect(launch.arguments.dropFirst(3) == ["--model", "anthropic/claude", "--session", "ses_1"])
        #expect(launch.input == .text("TASK WORDS"))
        #expect(try configuration(launch)["permission"] == ["bash": "deny"])
    }

    @Test(
        arguments: [
            ("opencode_success.jsonl", nil), ("opencode_model_not_found.jsonl", .modelUnavailable("")),
            ("opencode_rate_limit.jsonl", .usageLimit(resetsAt: nil)),
            ("opencode_permission_denied.jsonl", .interactivePrompt),
        ] as [(String, AgentFailure?)])
    func `tells what a run came to`(fixture: String, failure: AgentFailure?) throws {
        let report = try AgentFixture.report(fixture)
        #expect(report.failure == failure)
        #expect(report.message.isEmpty == (failure == nil))
    }

    @Test func `figures that no agent can have are bounded, not added up to a crash`() {
        var talk = adapter.conversation(AgentFixture.request(.opencode))
        let step = #"""
            {"type":"step_finish","sessionID":"ses_1","part":{"cost":9000000000000,"tokens":\#
            {"input":\#(Int.max),"output":\#(Int.max),"reasoning":1,"cache":{"read":100,"write":20}}}}
            """#
        let last = talk.hear(step, step).events.last
        if case .usage(let usage) = last {
            #expect(usage.totalTokens < Int.max / 1000 && (usage.costMicroDollars ?? 0) < Int.max / 1000)
        } else {
            Issue.record("no usage")
        }
    }

    @Test func `adds up tokens and cost of the steps`() {
        var talk = adapter.conversation(AgentFixture.request(.opencode))
        let step = #"""
            {"type":"step_finish","sessionID":"ses_1","part":{"cost":0.015,"tokens":\#
            {"input":10,"output":5,"reasoning":1,"cache":{"read":100,"write":20}}}}
            """#
        let events = talk.hear(step, step).events
        #expect(
            events == [
                .session("ses_1"),
                .usage(Usage(inputTokens: 130, outputTokens: 6, costMicroDollars: 15_000)),
                .usage(Usage(inputTokens: 260, outputTokens: 12, costMicroDollars: 30_000)),
            ])
    }

    @Test func `tells tools when they have ended, and what was refused`() {
        var talk = adapter.conversation(AgentFixture.request(.opencode))
        func tool(_ id: Int, _ command: String, _ state: String) -> String {
            #"{"type":"tool_use","part":{"callID":"\#(id)","tool":"bash","state":"#
                + #"{\#(state),"input":{"command":"\#(command)"}}}}"#
        }
        let events = talk.hear(
            tool(1, "ls", #""status":"completed""#), tool(2, "rm x", #""status":"error","error":"no""#),
            #"{"type":"done","reason":"idle","rejected":["bash"]}"#
        ).events
        #expect(
            events == [
                .tool(name: "bash", detail: "ls"), .tool(name: "bash", detail: "rm x"),
                .toolFailed(name: "bash", detail: "no"), .denied("bash"),
            ])
    }

    @Test(arguments: [
        (#"{"name":"ProviderAuthError","data":{"message":"x"}}"#, AgentFailure.authentication),
        (#"{"name":"APIError","data":{"message":"x","statusCode":429}}"#, .usageLimit(resetsAt: nil)),
        (#"{"name":"APIError","data":{"message":"x","statusCode":401}}"#, .authentication),
        (#"{"name":"MessageAbortedError","data":{"message":"x"}}"#, .stopped),
        (#"{"name":"UnknownError","data":{"message":"the moon is full"}}"#, .reported),
    ])
    func `reads the error's name and status before its words`(error: String, failure: AgentFailure) {
        var talk = adapter.conversation(AgentFixture.request(.opencode))
        _ = talk.hear(#"{"type":"error","error":\#(error)}"#)
        #expect(talk.report(exit: 1, errorTail: "", now: AgentFixture.now).failure == failure)
    }

    @Test func `an error before a step that ends well is no failure`() {
        var talk = adapter.conversation(AgentFixture.request(.opencode))
        _ = talk.hear(
            #"{"type":"error","message":"rate limit exceeded"}"#, #"{"type":"text","part":{"text":"done"}}"#,
            #"{"type":"step_finish","part":{"reason":"stop"}}"#)
        #expect(talk.report(exit: 0, errorTail: "", now: AgentFixture.now).failure == nil)
    }

    @Test func `an end without a word is never success`() {
        let talk = adapter.conversation(AgentFixture.request(.opencode))
        #expect(talk.report(exit: 0, errorTail: "", now: AgentFixture.now).failure == .reported)
    }
}
