import JSON
import Testing

@testable import OrchCore

@Suite struct ChatActionTests {
    private func action(_ text: String) throws -> ChatAction {
        try ChatAction(try #require(ChatReply(text), "no reply in: \(text)"))
    }

    private static let withoutReply = [
        "", "I cannot answer in JSON right now.", "{", #"{"action": 3}"#, #"["answer"]"#, "{}",
        String(repeating: "{", count: 100_000),
    ]

    @Test(arguments: withoutReply) func `text without an action is no reply`(_ text: String) {
        #expect(ChatReply(text) == nil)
    }

    @Test(arguments: [
        #"{"action":"list","params":{},"response":"Here."}"#,
        "Sure:\n```json\n{\"action\": \"list\", \"response\": \"Here.\"}\n```\n",
        #"{"type":"result","result":"{\"action\":\"list\",\"response\":\"Here.\"}"}"#,
        #"{"action":"status","response":"no"} wait: {"action":"list","response":"Here."}"#,
    ]) func `a reply is found in what models write around it`(_ text: String) throws {
        let reply = try #require(ChatReply(text))
        #expect(reply.action == "list" && reply.words == "Here.")
    }

    @Test(arguments: [
        (#"{"response":"hi"}"#, ChatAction.answer), (#"{"action":"answer"}"#, .answer),
        (#"{"action":"retry","params":{"id":7}}"#, .retry(id: "7")),
        (#"{"action":"unblock","params":{"id":"all"}}"#, .unblockAll),
        (#"{"action":"unblock","params":{"id":" 3 "}}"#, .unblock(id: "3")),
        (#"{"action":"run","params":{"id":""}}"#, .run(id: nil)), (#"{"action":"run"}"#, .run(id: nil)),
        (#"{"action":"gh_pull"}"#, .sync),
        (#"{"action":"quick_task","params":{"prompt":"why?"}}"#, .quickTask(prompt: "why?")),
        (
            #"{"action":"set_agent","params":{"id":"1","agent":"codex"}}"#,
            .setAgent(id: "1", agent: "codex")
        ),
    ]) func `actions have v0's names`(_ text: String, _ expected: ChatAction) throws {
        #expect(try action(text) == expected)
    }

    @Test(arguments: [#""bug, ui""#, #"["bug","ui",""]"#]) func `labels are a list or words between commas`(
        _ labels: String
    ) throws {
        var draft = ChatAction.Draft(title: "Fix")
        draft.labels = ["bug", "ui"]
        #expect(
            try action(#"{"action":"add_task","params":{"title":"Fix","labels":\#(labels)}}"#)
                == .addTask(draft))
    }

    @Test func `a plan becomes its tasks`() throws {
        var first = ChatAction.Draft(title: "Model")
        first.agent = "codex"
        let text = """
            {"action":"create_tasks","params":{"tasks":[{"title":"Model","suggested_agent":"codex"},{"title":"API"}]}}
            """
        #expect(try action(text) == .createTasks([first, .init(title: "API")]))
    }

    @Test(arguments: [
        (#"{"action":"rm -rf /"}"#, ChatActionError.unknown("rm -rf /")),
        (#"{"action":"retry"}"#, .missing("id", action: "retry")),
        (#"{"action":"add_task","params":"no object"}"#, .missing("title", action: "add_task")),
        (
            #"{"action":"create_tasks","params":{"tasks":[{"body":"x"}]}}"#,
            .missing("title", action: "create_tasks")
        ),
    ]) func `what cannot be done is said`(_ text: String, _ expected: ChatActionError) throws {
        #expect(throws: expected) { try action(text) }
    }

    @Test func `a plan of a thousand tasks is refused`() throws {
        let tasks = Array(repeating: #"{"title":"x"}"#, count: 1000).joined(separator: ",")
        #expect(throws: ChatActionError.tooMany(1000)) {
            try action(#"{"action":"create_tasks","params":{"tasks":[\#(tasks)]}}"#)
        }
    }

    @Test func `the history keeps the last ten exchanges, each cut to a length`() {
        var history = ChatHistory()
        for number in 1...12 { history.add(user: "u\(number).", assistant: "a\(number).") }
        #expect(history.text.hasPrefix("User: u3.\nAssistant: a3.\nUser: u4."))
        #expect(history.text.hasSuffix("User: u12.\nAssistant: a12."))
        for _ in 1...10 { history.add(user: String(repeating: "é", count: 60_000), assistant: "") }
        #expect(history.text.utf8.count < 100_000)
    }
}
