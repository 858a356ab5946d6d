import OrchCore
import Testing

@Suite struct CommentReadingTests {
    @Test(arguments: [
        "@orchestrator please", "@ORCH, now", "hey @Orch!", "(@orch)", "done.\n\nover to @orch.",
        "> quoted\n\n@orch do it",
    ])
    func `a name in one's own words is a mention`(text: String) {
        #expect(CommentReading.meaning(of: text) == .mention)
    }

    @Test(arguments: [
        "me@orch.dev", "@orch-dev", "@orch/team", "@orch.dev", "@orchard", "_@orch_",
        "@@orch is odd-free text",
        "`@orch`", "\"@orch fix\"", "> @orch", "```\n@orch\n```", "about orch",
    ])
    func `what only looks like a name is none`(text: String) {
        #expect(CommentReading.meaning(of: text) != .mention || text.hasPrefix("@@"))
    }

    @Test(arguments: [
        "", "  \n", "> only a quote", "<!-- hidden @orch -->",
        "Done\n\n*By claude[bot] via [Orchestrator](https://example.org)*",
        "<!-- orch:owner-command -->\n/retry", "[2026-01-02T03:04:05Z] routed: @orch",
    ])
    func `orch's own words and nothing at all mean nothing`(text: String) {
        #expect(CommentReading.meaning(of: text) == .nothing)
    }

    @Test func `a quote of orch's words under one's own is one's own`() {
        let text = "> *via [Orchestrator](https://example.org)*\n\n/retry"
        #expect(CommentReading.meaning(of: text) == .words)
    }

    @Test(arguments: [
        ("/retry", SlashCommand(name: "retry")), ("  /RETRY  ", SlashCommand(name: "retry")),
        ("\n\n/assign Codex now", SlashCommand(name: "assign", argument: "Codex now")),
        ("/context\nmany\nwords\n", SlashCommand(name: "context", rest: "many\nwords")),
        ("@orch: /help", SlashCommand(name: "help")),
        (
            "/context use `rg`, not \"grep\"",
            SlashCommand(name: "context", argument: "use `rg`, not \"grep\"")
        ),
    ])
    func `the first line is a command in any case`(text: String, command: SlashCommand) {
        #expect(CommentReading.meaning(of: text) == .command(command))
    }

    @Test(arguments: [
        "/usr/bin/env is missing", "/ retry", "> /retry", "`/retry`", "    /retry", "Please\n/retry",
    ])
    func `paths, quotes, code and later lines are no commands`(text: String) {
        if case .command = CommentReading.meaning(of: text) { Issue.record("“\(text)” is taken for one") }
    }

    @Test func `an app says nothing`() {
        var comment = ThreadComment(
            TrackedComment(id: "1", author: "helper[bot]", body: "@orch", createdAt: noon), thread: "7")
        comment.isByBot = true
        #expect(CommentReading.meaning(of: comment) == .nothing)
    }

    @Test(arguments: [
        ("assign", "opus", "invalid agent"), ("priority", "urgent", "invalid value"),
        ("context", "", "missing text"),
        ("nonsense", "", "unknown command"),
    ])
    func `a command that makes no sense says what would`(name: String, argument: String, problem: String) {
        let error = #expect(throws: Order.Mistake.self) {
            try Order(SlashCommand(name: name, argument: argument), agents: [.claude, .codex])
        }
        #expect(error?.problem.hasPrefix(problem) == true)
        #expect(error?.fix.isEmpty == false)
    }
}
