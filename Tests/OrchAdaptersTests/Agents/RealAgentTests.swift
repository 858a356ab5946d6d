import JSON
import KitTesting
import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

/// The installed agents end to end, by exactly what the adapters say, against the scripted model servers.
@Suite(.serialized)
struct RealAgentTests {
    private static let answer: JSONValue = ["text": #"{"status":"done","summary":"wrote it"}"#]
    private static let waits = "for i in $(seq 6000); do [ -e go ] && break; sleep 0.01; done"

    private func claude(_ server: borrowing ModelServer, _ request: AgentRequest) throws -> AgentRun {
        try AgentRun(
            try #require(InstalledAgent.path("claude")), ClaudeAdapter(zone: .utc), request,
            environment: [
                "HOME": server.folder, "ANTHROPIC_BASE_URL": "http://127.0.0.1:\(server.port)",
                "ANTHROPIC_API_KEY": "none", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
                // What it leaves there goes with the folder.
                "TMPDIR": server.folder,
                // A container of a test may run as root, where bypassPermissions is refused without it.
                "IS_SANDBOX": "1",
            ])
    }

    private func codex(
        _ server: borrowing ModelServer, _ request: AgentRequest, hasAppServer: Bool = true
    ) throws -> AgentRun {
        let configuration = """
            model = "scripted"
            model_provider = "local"
            [model_providers.local]
            name = "local"
            base_url = "http://127.0.0.1:\(server.port)/v1"
            wire_api = "responses"
            env_key = "NO_KEY"
            request_max_retries = 1
            stream_max_retries = 1
            """
        let home = "\(server.folder)/codex"
        try Directory.make(home)
        try AtomicFile.write(Array(configuration.utf8), to: "\(home)/config.toml")
        _ = try Command("git", "init", "-q", server.worktree).with {
            $0.environment = .inherit(only: ["PATH"], adding: ["HOME": server.folder])
        }.run()
        return try AgentRun(
            try #require(InstalledAgent.path("codex")), CodexAdapter(hasAppServer: hasAppServer, zone: .utc),
            request,
            environment: ["HOME": server.folder, "CODEX_HOME": home, "NO_KEY": "none"])
    }

    @Test(.requiresAgent("claude"))
    func `claude works, hears a person in the middle of its turn, and answers`() throws {
        let server = try ModelServer(
            "anthropic-server", script: [["shell": .string(Self.waits)], Self.answer])
        var run = try claude(server, server.request(.claude))
        let isWorking: (borrowing AgentRun) -> Bool = { run in
            run.events.contains { if case .tool = $0 { true } else { false } }
        }
        #expect(try run.attend(until: isWorking) == nil)
        run.say("STEERING-WORDS")
        try AtomicFile.write([1], to: server.signal)
        let report = try #require(try run.attend())
        #expect(report.failure == nil, "\(report.message)")
        #expect(try AnswerReading.answer(file: nil, finalText: report.finalText).summary == "wrote it")
        #expect(run.events.tools.map { $0.prefix(4) } == ["Bash"])
        #expect(report.usage.totalTokens > 6000 && report.usage.costMicroDollars != nil)
        let heard = try server.requests().map { $0.text() }
        #expect(heard.contains { $0.contains("SYSTEM-WORDS") && $0.contains("TASK-WORDS") })
        #expect(heard.last?.contains("STEERING-WORDS") == true)
    }

    @Test(.requiresAgent("claude"), arguments: [false, true])
    func `claude is kept out of the main checkout and not out of its worktree`(isInside: Bool) throws {
        let folder = "\(Scratch.parent)/checkout-\(UInt64.random(in: .min ... .max))"
        defer { try? Directory.remove(folder) }
        let main = "\(folder)/main"
        let worktree = isInside ? "\(main)/.orchestrator/worktrees/one" : "\(folder)/trees/one"
        for path in ["\(main)/src", "\(worktree)/src"] {
            try Directory.make(path)
            try AtomicFile.write(Array("words\n".utf8), to: "\(path)/a.txt")
        }
        func read(_ folder: String) -> JSONValue {
            ["tool": "Read", "input": ["file_path": .string("\(folder)/src/a.txt")]]
        }
        func write(_ folder: String) -> JSONValue {
            ["tool": "Write", "input": ["file_path": .string("\(folder)/src/new.txt"), "content": "x"]]
        }
        let script = [
            read(main), write(main), ["shell": .string("cd \(main) && ls")], read(worktree), write(worktree),
        ]
        let server = try ModelServer("anthropic-server", script: .array(script + [Self.answer]))
        var request = server.request(.claude)
        request.mainDirectory = main
        request.worktree = worktree
        var run = try claude(server, request)
        let report = try #require(try run.attend())
        #expect(report.failure == nil, "\(report.message)")
        let tools = run.events.tools
        #expect(tools.count { $0.hasPrefix("✗") } == 3 && tools.count == 8)
        #expect(!WholeFile.exists("\(main)/src/new.txt") && WholeFile.exists("\(worktree)/src/new.txt"))
    }

    @Test(
        .requiresAgent("claude"),
        arguments: [
            (401, "authentication_error", "no", AgentFailure.authentication),
            (404, "not_found_error", "model: nope", .modelUnavailable("")),
            (
                400, "invalid_request_error", "prompt is too long: 215000 tokens > 200000 maximum",
                .contextOverflow
            ),
        ] as [(Int, String, String, AgentFailure)])
    func `claude tells what the API refused`(
        status: Int, type: String, message: String, failure: AgentFailure
    ) throws {
        let step: JSONValue = [
            "status": .int(Int64(status)), "type": .string(type), "message": .string(message),
        ]
        let server = try ModelServer("anthropic-server", script: [step])
        var run = try claude(server, server.request(.claude))
        #expect(try run.attend()?.failure == failure)
    }

    @Test(.requiresAgent("codex"))
    func `codex works, hears a person in the middle of its turn, and answers`() throws {
        let server = try ModelServer("openai-server", script: [["shell": .string(Self.waits)], Self.answer])
        var request = server.request(.codex)
        request.settings.sandbox = "danger-full-access"
        var run = try codex(server, request)
        let isWorking: (borrowing AgentRun) -> Bool = { run in
            run.events.contains { if case .tool = $0 { true } else { false } }
        }
        #expect(try run.attend(until: isWorking) == nil)
        run.say("STEERING-WORDS")
        try AtomicFile.write([1], to: server.signal)
        let report = try #require(try run.attend())
        #expect(report.failure == nil, "\(report.message)")
        #expect(try AnswerReading.answer(file: nil, finalText: report.finalText).summary == "wrote it")
        #expect(report.usage == Usage(inputTokens: 6200, outputTokens: 100))
        let heard = try server.requests().map { $0.text() }
        #expect(heard.contains { $0.contains("SYSTEM-WORDS") && $0.contains("TASK-WORDS") })
        #expect(heard.last?.contains("STEERING-WORDS") == true)
    }

    @Test(.requiresAgent("codex"), arguments: ["danger-full-access", "none"])
    func `codex exec works and answers`(sandbox: String) throws {
        let server = try ModelServer("openai-server", script: [["shell": "echo x > made"], Self.answer])
        var request = server.request(.codex)
        request.settings.sandbox = sandbox
        var run = try codex(server, request, hasAppServer: false)
        let report = try #require(try run.attend())
        #expect(report.failure == nil, "\(report.message)")
        #expect(run.events.tools == ["Bash echo x > made"])
        #expect(WholeFile.exists("\(server.worktree)/made"))
        #expect(try AnswerReading.answer(file: nil, finalText: report.finalText).status == .done)
    }

    @Test(
        .requiresAgent("codex"), arguments: [true, false],
        [
            (401, "invalid_request_error", AgentFailure.authentication),
            (429, "usage_limit_reached", .usageLimit(resetsAt: Timestamp(seconds: 1_795_480_000 - 40))),
        ] as [(Int, String, AgentFailure)])
    func `codex tells what the API refused`(hasAppServer: Bool, refusal: (Int, String, AgentFailure)) throws {
        let step: JSONValue = [
            "status": .int(Int64(refusal.0)), "type": .string(refusal.1), "message": "no",
            "fields": ["plan_type": "plus", "resets_at": 1_795_480_000],
        ]
        let server = try ModelServer("openai-server", script: [step])
        var run = try codex(server, server.request(.codex), hasAppServer: hasAppServer)
        #expect(try run.attend()?.failure == refusal.2)
    }
}

extension WholeFile {
    /// Whether there is a file; only for files of a test's own.
    fileprivate static func exists(_ path: String) -> Bool {
        ((try? WholeFile.readIfPresent(path, limitBytes: 1 << 20)) ?? nil) != nil
    }
}
