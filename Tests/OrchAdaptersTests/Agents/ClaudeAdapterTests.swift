import OrchCore
import Platform
import Testing

@testable import OrchAdapters

@Suite struct ClaudeAdapterTests {
    private let adapter = ClaudeAdapter(zone: .utc)

    @Test(arguments: [(1_500_000, "1.500000"), (1, "0.000001"), (12_000_000, "12.000000")])
    func `what may still be spent is the program's own limit, too`(micro: Int, dollars: String) throws {
        let request = AgentFixture.request { $0.costLimitMicroDollars = micro }
        let arguments = ClaudeAdapter(zone: .utc).launch(request).arguments
        let option = try #require(arguments.firstIndex(of: "--max-budget-usd"))
        #expect(arguments[option + 1] == dollars)
        #expect(
            !ClaudeAdapter(zone: .utc).launch(AgentFixture.request()).arguments.contains("--max-budget-usd"))
    }

    @Test func `starts with JSON on both sides and no word of the prompts in its arguments`() {
        let launch = adapter.launch(AgentFixture.request { $0.settings.isSandboxed = false })
        #expect(launch.program == "claude")
        #expect(
            launch.arguments == [
                "-p", "--input-format", "stream-json", "--output-format", "stream-json", "--verbose",
                "--replay-user-messages", "--permission-mode", "bypassPermissions",
                "--append-system-prompt-file", "/home/user/attempt/system.md",
            ])
        #expect(launch.files == [.init(path: "/home/user/attempt/system.md", content: "SYSTEM WORDS")])
        #expect(launch.input == .conversation)
        #expect(launch.environment == ["DISABLE_AUTOUPDATER": "1", "CLAUDE_CODE_MAX_RETRIES": "4"])
    }

    @Test func `passes model, mode, tools and session on, each rule a word of its own`() {
        let launch = adapter.launch(
            AgentFixture.request {
                $0.model = "opus"
                $0.systemPrompt = ""
                $0.resuming = "abc"
                $0.settings.isSandboxed = false
                $0.settings.permissionMode = "acceptEdits"
                $0.settings.allowedTools = ["Bash(git *)", "Edit"]
                $0.settings.disallowedTools = ["Bash(rm *)"]
            })
        #expect(
            launch.arguments.dropFirst(7) == [
                "--permission-mode", "acceptEdits", "--model", "opus", "--allowedTools", "Bash(git *)",
                "--allowedTools", "Edit", "--disallowedTools", "Bash(rm *)", "--resume", "abc",
            ])
        #expect(launch.files.isEmpty)
    }

    @Test func `runs programs that take the same options under their own name`() {
        let name = AgentName.demo
        let launch = ClaudeAdapter(name: name, program: "kimi", zone: .utc).launch(AgentFixture.request())
        #expect(launch.program == "kimi")
    }

    @Test(
        arguments: [
            // No checkout beside the worktree, or a sandbox that is switched off: nothing to close.
            ("/home/tree", "/home/tree", true, []),
            ("/trees/one", "/main", false, []),
            // A neighbour whose path begins alike stays open.
            (
                "/trees/one", "/main", true,
                ["Bash(cd /main)", "Bash(cd /main/*)", "Read(//main/**)", "Edit(//main/**)"]
            ),
            (
                "/main-trees/one", "/main", true,
                ["Bash(cd /main)", "Bash(cd /main/*)", "Read(//main/**)", "Edit(//main/**)"]
            ),
            // v0's place for worktrees: inside of what is closed.
            (
                "/main/.orchestrator/worktrees/one", "/main", true,
                [
                    "Bash(cd /main)", "Bash(cd /main/)", "Read(//main/[0-9A-Za-z_]*)",
                    "Edit(//main/[0-9A-Za-z_]*)",
                ]
            ),
            (
                "/trees/one", "/a (b), c", true,
                ["Bash(cd /a ?b?? c)", "Bash(cd /a ?b?? c/*)", "Read(//a ?b?? c/**)", "Edit(//a ?b?? c/**)"]
            ),
        ] as [(String, String, Bool, [String])])
    func `closes the main checkout and never the worktree`(
        worktree: String, main: String, isSandboxed: Bool, rules: [String]
    ) {
        let request = AgentFixture.request {
            $0.worktree = worktree
            $0.mainDirectory = main
            $0.settings.isSandboxed = isSandboxed
        }
        #expect(ClaudeSandbox.rules(for: request) == rules)
    }

    @Test func `leaves a worktree open whose folder begins with a letter`() {
        let rules = ClaudeSandbox.rules(
            for: AgentFixture.request {
                $0.mainDirectory = "/main"
                $0.worktree = "/main/trees/one"
            })
        #expect(
            rules.last == "Edit(//main/[0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrsuvwxyz_]*)")
    }
}
