import JSON
import OrchCore
import Testing

@Suite struct RecordedEventTests {
    private static let events: [AgentEvent] = [
        .session("s-1"), .model("opus"), .text("Reading\nthe code"), .tool(name: "Bash", detail: "ls"),
        .toolFailed(name: "Edit", detail: "no such file"), .denied("Bash(rm)"),
        .usage(Usage(inputTokens: 1, outputTokens: 2, costMicroDollars: 3)), .usage(Usage()), .said("Stop"),
        .notice("retry"), .problem("overloaded"),
    ]

    @Test(arguments: events) func `reads back what the log holds`(_ event: AgentEvent) throws {
        let head: [(String, JSONValue)] = [("at", "2026-01-02T03:04:05Z"), ("leg", 1), ("end", 9)]
        let line = JSONValue.object(JSONObject(head + EventImage.fields(of: event))).text()
        let recorded = try #require(RecordedEvent(line: line))
        #expect(recorded.event == event)
        #expect(recorded.at == Timestamp(seconds: 1_767_323_045))
    }

    @Test(arguments: [
        "", "{", "[]", #"{"kind":"begun"}"#, #"{"kind":"resume","text":"x"}"#, #"{"text":"x"}"#,
    ])
    func `takes nothing else for an event`(_ line: String) {
        #expect(RecordedEvent(line: line) == nil)
    }

    @Test func `lets no agent steer the terminal`() throws {
        let line = JSONValue.object(JSONObject(EventImage.fields(of: .model("x\u{1B}]0;evil\u{7}")))).text()
        #expect(try #require(RecordedEvent(line: line)).text == "· model x")
    }
}
