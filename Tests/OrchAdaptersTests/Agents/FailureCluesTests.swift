import OrchCore
import Platform
import Testing

@testable import OrchAdapters

@Suite struct FailureCluesTests {
    private let context = ClueContext(now: AgentFixture.now, zone: .utc, model: "big")

    @Test(arguments: [
        // Harmless lines with dangerous pieces: what cost others hours of a wrong cool-down.
        "2026-11-23T10:15:00.403Z INFO started",
        "[12:04:29] listening on port 4290",
        "took 401 ms", "wrote 429 lines to rates.md", "id 40123",
        "| status | meaning |", "capacity planning notes updated", "unlocked the mutex",
        "password_reset_spec passed",
        "the tokenizer has a limit of 10", "model loaded",
        "model metadata for gpt-4.1 not found. Defaulting to fallback",
        "Reconnecting... 2/5 (rate limit)", "", "   ",
    ])
    func `finds nothing in harmless lines`(line: String) {
        #expect(FailureClues.inErrorTail(line, context) == nil)
    }

    @Test(arguments: [
        ("Enter passphrase for key '/home/user/.ssh/id'", AgentFailure.interactivePrompt),
        ("git@github.com: Permission denied (publickey).", .interactivePrompt),
        ("sign_and_send_pubkey: signing failed for ED25519", .interactivePrompt),
        ("1Password: waiting for your approval", .interactivePrompt),
        ("Waiting for user approval", .interactivePrompt),
        ("please press any button on your key", .interactivePrompt),
        ("Touch ID required", .interactivePrompt),
        ("Please enter your password:", .interactivePrompt),
        ("Prompt is too long", .contextOverflow),
        ("error: context_length_exceeded", .contextOverflow),
        ("Your input exceeds the context window of this model", .contextOverflow),
        ("model: gpt-9 not found", .modelUnavailable("big")),
        ("The requested model does not exist", .modelUnavailable("big")),
        ("Invalid API key · Please run /login", .authentication),
        ("HTTP error: 401 Unauthorized", .authentication),
        ("OAuth token has expired", .authentication),
        ("Error: 429 Too Many Requests", .usageLimit(resetsAt: nil)),
        ("You’ve hit your session limit", .usageLimit(resetsAt: nil)),
        ("You exceeded your current quota", .usageLimit(resetsAt: nil)),
        ("Your credit balance is too low", .usageLimit(resetsAt: nil)),
        ("rate-limited, retry in 90s", .usageLimit(resetsAt: AgentFixture.now + .seconds(90))),
        ("overloaded_error", .usageLimit(resetsAt: AgentFixture.now + Diagnosis.overloadPause)),
        ("bash: line 12: cargo: command not found", .toolMissing("cargo")),
    ])
    func `finds what ended the agent`(line: String, failure: AgentFailure) {
        #expect(FailureClues.inErrorTail(line, context)?.failure == failure)
    }

    @Test func `the last telling line counts, and only the last lines are looked at`() {
        let tail = "bash: cargo: command not found\nrate limit reached\nbye\n"
        #expect(FailureClues.inErrorTail(tail, context)?.failure == .usageLimit(resetsAt: nil))
        let early = "rate limit reached\n" + String(repeating: "working\n", count: 50)
        #expect(FailureClues.inErrorTail(early, context) == nil)
    }

    @Test func `the message is the line itself, cut to a line's length`() throws {
        let line = "rate limit " + String(repeating: "é", count: 1000)
        let message = try #require(FailureClues.inErrorTail(line, context)).message
        #expect(message.hasPrefix("rate limit é"))
        #expect(message.utf8.count <= AgentTranscript.detailLimitBytes)
    }

    @Test(
        arguments: [
            ("bash: cargo: command not found", "cargo"), ("zsh: command not found: bun", "bun"),
            ("zsh:1: command not found: bun", "bun"), ("sh: 1: node: not found", "node"),
            ("/bin/sh: line 3: make: command not found", "make"), ("bash[42]: go: command not found", "go"),
            ("env: node: No such file or directory", "node"),
            ("env: ‘node’: No such file or directory", "node"),
            ("docker: No such file or directory", "docker"), ("Error: spawn /usr/bin/npm ENOENT", "npm"),
            ("bash: frobnicate: command not found", nil), ("cat: notes.txt: No such file or directory", nil),
            ("the shell said: bash: cargo: command not found", nil), ("cargo: not found", nil),
            ("spawn", nil),
            ("spawn ENOENT", nil), ("bash:", nil), (":", nil),
        ] as [(String, String?)])
    func `knows the forms of a missing program`(line: String, tool: String?) {
        #expect(ToolComplaint.named(inLine: line) == tool)
    }

    @Test(
        arguments: [
            ("rate limit", "the Rate-Limit: hit", true), ("rate limit", "rate of limit", false),
            ("approv*", "approval", true), ("approv*", "disapproval", false),
            ("a … b", "a b", true), ("a … b", "a 1 2 3 4 5 6 b", true), ("a … b", "a 1 2 3 4 5 6 7 b", false),
            ("429", "(429)", true), ("429", "x429 4290 4_29", false),
        ] as [(String, String, Bool)])
    func `matches whole words in a row`(pattern: String, line: String, isFound: Bool) {
        #expect(WordPattern(stringLiteral: pattern).isFound(in: WordPattern.words(of: line)) == isFound)
    }
}
