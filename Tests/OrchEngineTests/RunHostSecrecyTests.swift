import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// Whatever an agent says, no secret and no call for anybody leaves by any way out.
@Suite struct RunHostSecrecyTests {
    private static let secret = "s3cr3t-value-0123456789"

    /// Every place in which others, or the disk, find what a run said.
    private func everythingShown(_ stage: EngineStage) throws -> [String: String] {
        let key = stage.key("1")
        let runs = try stage.store.runs(of: key, limit: 9)
        let tasks = try stage.store.tasks(of: stage.project.id, status: nil, limit: 99)
        var shown = stage.disk.files
        shown["comments"] = "\(try stage.memory.comments(on: "1", limit: 99))"
        shown["pull requests"] = "\(stage.memory.pullRequests)"
        shown["issues"] = "\(try stage.memory.list(status: nil))"
        shown["sidecars"] = "\(stage.sidecars.values)"
        shown["console"] = stage.console
        shown["runs"] = "\(runs)"
        shown["tasks"] = "\(tasks) \(try tasks.map { try stage.store.body(of: $0.key) ?? "" })"
        shown["audit"] = "\(try stage.store.auditEntries(of: key, limit: 99))"
        shown["commits"] = "\(stage.repository.commits)"
        shown["hooks"] = "\(stage.hooks)"
        return shown
    }

    private func stage(_ answer: String, labels: [String] = [], before: [FakeKeeper.Act] = []) throws
        -> EngineStage
    {
        let stage = try EngineStage()
        stage.secrets = [Self.secret]
        stage.script(before + stage.work(answer))
        _ = try stage.host(try stage.dispatched(TaskDraft(title: "Fix it", body: "Please", labels: labels)))
        try stage.tick()
        return stage
    }

    private static let answers = [
        #"{"status":"done","summary":"SECRET and @bob","accomplished":["SECRET"],"#
            + #""remaining":["x SECRET"],"files_changed":["SECRET"]}"#,
        #"{"status":"blocked","reason":"SECRET","blockers":["key SECRET"]}"#,
        #"{"status":"needs_review","summary":"s","reason":"ghp_16C7e42F292c6912E7710c838347Ae178B4a SECRET"}"#,
        #"{"status":"great","reason":"SECRET"}"#,
        "no answer but SECRET",
    ]

    @Test(arguments: answers) func `a secret in an answer is shown nowhere`(answer: String) throws {
        let stage = try stage(answer.replacing("SECRET", with: Self.secret))
        for (place, text) in try everythingShown(stage) {
            #expect(!text.contains(Self.secret), "\(place)")
            #expect(!text.contains("ghp_16C7"), "\(place)")
        }
    }

    @Test func `a secret in an answer's file is shown nowhere but there`() throws {
        let path = "/projects/demo/.orchestrator/worktrees/gh-task-1-fix-it/.orchestrator/output-1.json"
        let stage = try EngineStage()
        stage.secrets = [Self.secret]
        let answer = #"{"status":"done","summary":"see \#(Self.secret)"}"#
        stage.script([.meanwhile { [unowned stage] in stage.disk.files[path] = answer }] + stage.work("{}"))
        _ = try stage.host(try stage.dispatched())
        for (place, text) in try everythingShown(stage) where place != path {
            #expect(!text.contains(Self.secret), "\(place)")
        }
        #expect(stage.memory.pullRequests.first?.draft.title == "see [REDACTED]")
    }

    @Test func `a secret in what an agent says, does or is told is shown nowhere`() throws {
        let long =
            String(repeating: "x", count: 390) + " " + Self.secret + String(repeating: " y", count: 100)
        let acts: [FakeKeeper.Act] = [
            .line("text \(Self.secret)"), .line("ask \(long)"), .line("unknown \(long)"),
            .typed("use \(Self.secret)"),
        ]
        let stage = try stage(#"{"status":"done","summary":"s"}"#, before: acts)
        // What a person says goes to the agent as it was said; it is kept for the host after this one alone.
        for (place, text) in try everythingShown(stage) where !place.hasSuffix("/said.ndjson") {
            #expect(!text.contains(Self.secret) && !text.contains("s3cr3t-"), "\(place)")
        }
    }

    @Test func `a secret in an error of git's is shown nowhere`() throws {
        let stage = try EngineStage()
        stage.secrets = [Self.secret]
        let detail = "https://x-access-token:\(Self.secret)@github.com/o/r"
        stage.repository.fail(.prepare, with: .fetchFailed(detail: detail), times: 1)
        stage.repository.fail(.push, with: .pushRejected(detail: detail))
        stage.script(stage.work(#"{"status":"done"}"#))
        _ = try stage.host(try stage.dispatched())
        try stage.tick()
        for (place, text) in try everythingShown(stage) { #expect(!text.contains(Self.secret), "\(place)") }
    }

    @Test func `children of a plan carry no secret, call nobody and hide nothing`() throws {
        let answer = """
            {"status":"done","delegations":[{"title":"T \(Self.secret) @bob","body":"b \(Self.secret) @bob <!-- orch:x -->"}]}
            """
        let stage = try stage(answer, labels: ["plan"])
        #expect(try stage.store.children(of: stage.key("1")).count == 1)
        let issues = "\(try stage.memory.list(status: nil))"
        #expect(!issues.contains(Self.secret) && !issues.contains("@bob") && !issues.contains("<!-- orch"))
    }

    @Test func `what orch writes calls nobody`() throws {
        let stage = try EngineStage()
        stage.script(
            stage.work(#"{"status":"done","summary":"for @bob and _@carol_","accomplished":["@dan"]}"#))
        _ = try stage.host(try stage.dispatched(TaskDraft(title: "Ask @eve")))
        let written = """
            \(try stage.memory.comments(on: "1", limit: 9)) \(stage.memory.pullRequests) \(stage.repository.commits)
            """
        for name in ["@bob", "@carol", "@dan", "@eve"] { #expect(!written.contains(name), "\(name)") }
    }
}
