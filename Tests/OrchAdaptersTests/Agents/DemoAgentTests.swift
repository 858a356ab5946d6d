import KitTesting
import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

/// The script behind the agent `demo`, run as the host runs it.
struct DemoAgentTests {
    private static let program =
        AgentFixture.folder.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
        + "/scripts/demo-agent"

    @Test func `changes the file that the task names, hears a person, and answers`() throws {
        let folder =
            "\(Scratch.parent)/demo-\(UInt64.random(in: .min ... .max))"
        try Directory.make(folder)
        defer { try? Directory.remove(folder) }
        var request = AgentFixture.request(.demo)
        request.message = "Please add a word to GUIDE.md."
        request.worktree = folder
        let settings = AgentCatalog(
            settings: Settings(), path: "", surroundings: .init(zone: .utc, demoProgram: Self.program))
        let adapter = try #require(settings.adapter(for: .demo))
        var run = try AgentRun(
            Self.program, adapter, request,
            environment: [
                "ORCH_ANSWER_FILE": "\(folder)/out/answer.json", "ORCH_TASK_ID": "7", "ORCH_WORKTREE": folder,
                // It listens as long as that, unless there is nobody to hear.
                "ORCH_DEMO_SECONDS": "60",
            ])
        let isListening: (borrowing AgentRun) -> Bool = { !$0.events.isEmpty }
        #expect(try run.attend(until: isListening) == nil)
        run.say("say \"hello\" too")
        run.endWords()
        let report = try #require(try run.attend())
        #expect(report.failure == nil, "\(report.message)")
        let bytes = try WholeFile.read("\(folder)/out/answer.json", limitBytes: 1 << 20)
        let answer = try AnswerReading.answer(file: bytes, finalText: report.finalText)
        #expect(answer.status == .done)
        #expect(answer.filesChanged == ["GUIDE.md"])
        let guide = String(
            decoding: try WholeFile.read("\(folder)/GUIDE.md", limitBytes: 1 << 20), as: UTF8.self)
        #expect(guide == "- The demo agent worked on task 7.\n- A person said: say \"hello\" too\n")
    }
}
