import Arguments
import OrchCore
import Testing

@testable import OrchCommands

@Suite struct ChatVocabularyTests {
    private static var hostile: ChatAction.Draft {
        var draft = ChatAction.Draft(title: "--project=/etc")
        draft.body = "-"
        draft.labels = ["a", "-x"]
        return draft
    }

    private static let actions: [ChatAction] = [
        .addTask(hostile), .planTask(hostile), .retry(id: "--all"), .unblock(id: "-1"), .unblockAll,
        .addJob(schedule: "@daily", hostile), .list, .status, .dashboard, .tree, .listJobs, .run(id: nil),
        .run(id: "--dry-run"), .setAgent(id: "1", agent: "--model"), .removeJob(id: "-f"),
        .enableJob(id: "--x"), .disableJob(id: "--x"), .sync, .createBoard(title: "--x"),
    ]

    @Test(arguments: actions) func `whatever a model writes, the words are one of orch's commands`(
        _ action: ChatAction
    ) throws {
        let words = try #require(OwnVocabulary().words(for: action))
        guard case .command(let arguments) = try CommandTree.root.parse(words) else {
            Issue.record("\(words) is no command")
            return
        }
        // Nothing that the model wrote became an option of its own.
        #expect(arguments.value("project") == nil && !arguments.flag("json"))
    }

    @Test(arguments: actions)
    func `in v0's words it is one of v0's scripts, and what looks like an option is none`(
        _ action: ChatAction
    ) throws {
        let call = try V0Call([], environment: ["HOME": "/home/ada"])
        let words = try #require(V0Vocabulary(call: call).words(for: action))
        if words.first != "v0" { return #expect(words == ["sync"]) }
        #expect(words.count > 1 && V0Command.isKnown(words[1]), "\(words)")
        if ["add_task", "jobs_add"].contains(words[1]) { #expect(words[2] == "--") }
    }

    @Test(arguments: [ChatAction.answer, .quickTask(prompt: "x"), .createTasks([])])
    func `what is no command has no words`(_ action: ChatAction) {
        #expect(OwnVocabulary().words(for: action) == nil)
    }

    @Test func `a task's words`() {
        var draft = ChatAction.Draft(title: "Fix")
        draft.labels = ["bug"]
        draft.agent = "codex"
        #expect(
            OwnVocabulary().words(for: .planTask(draft))
                == ["task", "add", "--label=plan", "--label=bug", "--agent=codex", "--", "Fix", ""])
    }
}
