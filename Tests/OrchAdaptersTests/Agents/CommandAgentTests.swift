import OrchCore
import Platform
import Testing

@testable import OrchAdapters

@Suite struct CommandAgentTests {
    private func adapter(_ command: [String], _ input: AgentSettings.Input = .prompt) -> CommandAdapter {
        var settings = AgentSettings()
        settings.command = command
        settings.input = input
        return CommandAdapter(name: .demo, settings: settings, zone: .utc)
    }

    @Test func `fills the places of its words and splits none of them`() {
        let launch = adapter([
            "prog", "--in={{PROMPT_FILE}}", "{{SYSTEM_FILE}} {{MESSAGE_FILE}}", "{{ANSWER_FILE}}",
            "{{WORKTREE}}",
            "{{TASK_ID}}", "{{OTHER}}", "$HOME; rm",
        ]).launch(AgentFixture.request { $0.worktree = "/a b" })
        #expect(launch.program == "prog")
        #expect(
            launch.arguments == [
                "--in=/home/user/attempt/prompt.md",
                "/home/user/attempt/system.md /home/user/attempt/message.md",
                "/home/user/trees/one/.orchestrator/output-1.json", "/a b", "1", "{{OTHER}}", "$HOME; rm",
            ])
        #expect(launch.files.map(\.content) == ["SYSTEM WORDS\n\nTASK WORDS", "SYSTEM WORDS", "TASK WORDS"])
    }

    @Test func `fills in one pass, so that a value is never a place`() {
        let launch = adapter(["prog", "{{MODEL}}"]).launch(AgentFixture.request { $0.model = "{{WORKTREE}}" })
        #expect(launch.arguments == ["{{WORKTREE}}"])
    }

    @Test(
        arguments: [
            (["--model", "{{MODEL}}", "x"], "m", ["--model", "m", "x"]),
            (["--model", "{{MODEL}}", "x"], nil, ["x"]),
            (["--model={{MODEL}}", "x"], nil, ["x"]),
            (["keep", "{{MODEL}}"], nil, ["keep"]),
            (["{{MODEL}}"], nil, []),
        ] as [([String], String?, [String])])
    func `leaves a model out where none is chosen`(words: [String], model: String?, filled: [String]) {
        let launch = adapter(["prog"] + words).launch(AgentFixture.request { $0.model = model })
        #expect(launch.arguments == filled)
    }

    @Test func `gives the prompt, nothing, or a conversation on standard input`() {
        let request = AgentFixture.request()
        #expect(adapter(["p"], .prompt).launch(request).input == .text("SYSTEM WORDS\n\nTASK WORDS"))
        #expect(adapter(["p"], .none).launch(request).input == .nothing)
        #expect(adapter(["p"], .stream).launch(request).input == .conversation)
    }

    @Test func `a program that listens gets the prompt and then each of a person's words as a line`() {
        var talk = adapter(["p"], .stream).conversation(AgentFixture.request())
        #expect(talk.begin() == [.write("SYSTEM WORDS\n\nTASK WORDS\n")])
        #expect(talk.say("two\nlines") == [.write("two lines\n")])
    }

    @Test func `a program that does not listen is started again with the words`() {
        var talk = adapter(["p"]).conversation(AgentFixture.request())
        #expect(talk.begin() == [])
        #expect(talk.say("words") == [.resume(words: "words")])
    }

    @Test func `its lines are its words, and the last of them its final text`() {
        var talk = adapter(["p"]).conversation(AgentFixture.request())
        #expect(talk.hear("one", "", "{}").events == [.text("one"), .text("{}")])
        let report = talk.report(exit: 0, errorTail: "", now: AgentFixture.now)
        #expect(report.finalText == "one\n\n{}")
        #expect(report.failure == nil)
    }

    @Test func `keeps the end of a long output and not all of it`() throws {
        var talk = adapter(["p"]).conversation(AgentFixture.request())
        for number in 0..<20_000 { _ = talk.receive(line: "line \(number)") }
        let text = try #require(talk.report(exit: 0, errorTail: "", now: AgentFixture.now).finalText)
        #expect(text.utf8.count <= CommandConversation.keptLimitBytes)
        #expect(text.hasSuffix("line 19999"))
    }

    @Test(
        arguments: [
            (1, "", .exited(1)), (nil, "", .lost),
            (1, "Error: rate limit reached", .usageLimit(resetsAt: nil)),
        ] as [(Int32?, String, AgentFailure)])
    func `fails by its exit status, and never by its words`(
        exit: Int32?, errorTail: String, failure: AgentFailure
    ) {
        var talk = adapter(["p"]).conversation(AgentFixture.request())
        _ = talk.hear("401 unauthorized: this is what I wrote about")
        #expect(talk.report(exit: exit, errorTail: errorTail, now: AgentFixture.now).failure == failure)
    }

    @Test func `a question that nobody answers is seen, and is why it did not end by itself`() {
        var talk = adapter(["p"]).conversation(AgentFixture.request())
        let question = "Enter passphrase for key: "
        #expect(talk.receive(unfinished: question).events == [.text(question)])
        #expect(talk.receive(line: question) == [])
        let report = talk.report(exit: 143, errorTail: "", now: AgentFixture.now)
        #expect(report.failure == .interactivePrompt && report.message.contains("passphrase"))
    }

    @Test func `a question in the middle of the output is none`() {
        var talk = adapter(["p"]).conversation(AgentFixture.request())
        _ = talk.receive(unfinished: "Enter passphrase ")
        #expect(talk.hear("Enter passphrase is what it asks", "more").events.count == 2)
        let failure = talk.report(exit: 1, errorTail: "", now: AgentFixture.now).failure
        #expect(failure == .exited(1))
    }
}
