package import OrchCore
package import Platform

/// Claude Code, and programs that take its options (`kimi`, `minimax`).
///
/// It runs without a terminal (`-p`) and talks JSON on both sides, one object a line, so that a person's
/// words reach it while it works: https://code.claude.com/docs/en/headless.
package struct ClaudeAdapter: AgentAdapter {
    package let name: AgentName
    package let program: String
    private let zone: ZoneRules

    /// - Parameter zone: this machine's, for limits that end “at 3pm”.
    package init(name: AgentName = .claude, program: String = "claude", zone: ZoneRules) {
        self.name = name
        self.program = program
        self.zone = zone
    }

    package var credentialVariables: [String] {
        [
            "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL", "ANTHROPIC_CUSTOM_HEADERS",
            "CLAUDE_CODE_OAUTH_TOKEN", "CLAUDE_CONFIG_DIR", "CLAUDE_CODE_USE_BEDROCK",
            "CLAUDE_CODE_USE_VERTEX",
            "AWS_BEARER_TOKEN_BEDROCK", "AWS_PROFILE", "AWS_REGION", "ANTHROPIC_VERTEX_PROJECT_ID",
            "CLOUD_ML_REGION", "GOOGLE_APPLICATION_CREDENTIALS",
        ]
    }

    /// How often a call that was refused is made again; by default a wrong key is tried for minutes.
    private static let retryLimit = 4

    package func launch(_ request: AgentRequest) -> AgentLaunch {
        let systemPrompt = PromptFiles(request).system
        var arguments = [
            "-p", "--input-format", "stream-json", "--output-format", "stream-json",
            // Without it, `-p` refuses stream-json.
            "--verbose",
            // Each message comes back on standard output when the model gets it.
            "--replay-user-messages",
            "--permission-mode", request.settings.permissionMode,
        ]
        if let model = request.model { arguments += ["--model", model] }
        for tool in request.settings.allowedTools { arguments += ["--allowedTools", tool] }
        let refused = request.settings.disallowedTools + ClaudeSandbox.rules(for: request)
        for tool in refused { arguments += ["--disallowedTools", tool] }
        if !request.systemPrompt.isEmpty {
            // Left out of --help, which mentions it under --bare alone; a file keeps the text out of the
            // process list.
            arguments += ["--append-system-prompt-file", systemPrompt.path]
        }
        if let cost = request.costLimitMicroDollars {
            arguments += ["--max-budget-usd", Self.dollars(cost)]
        }
        if let session = request.resuming { arguments += ["--resume", session] }

        var launch = AgentLaunch(program: program, arguments: arguments)
        launch.environment = ["DISABLE_AUTOUPDATER": "1", "CLAUDE_CODE_MAX_RETRIES": "\(Self.retryLimit)"]
        launch.input = .conversation
        if !request.systemPrompt.isEmpty { launch.files = [systemPrompt] }
        return launch
    }

    /// `1.5` as `1.500000`.
    private static func dollars(_ micro: Int) -> String {
        let fraction = String(1_000_000 + micro % 1_000_000).dropFirst()
        return "\(micro / 1_000_000).\(fraction)"
    }

    package func conversation(_ request: AgentRequest) -> any AgentConversation {
        ClaudeConversation(message: request.message, model: request.model ?? "", zone: zone)
    }
}
