import JSON
package import OrchCore
package import Platform

/// opencode, by `opencode run --format json`: https://opencode.ai/docs/cli.
///
/// It reads the message from its standard input where that is no terminal, and answers in one go: a
/// person's words end it, and a new process goes on with its session.
package struct OpenCodeAdapter: AgentAdapter {
    package let name = AgentName.opencode
    package let program = "opencode"
    private let zone: ZoneRules

    /// - Parameter zone: this machine's, for limits that end “at 3pm”.
    package init(zone: ZoneRules) { self.zone = zone }

    package var credentialVariables: [String] {
        [
            "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENROUTER_API_KEY", "GEMINI_API_KEY",
            "GOOGLE_GENERATIVE_AI_API_KEY", "GROQ_API_KEY", "OPENCODE_API_KEY", "OPENCODE_CONFIG",
            "XDG_CONFIG_HOME", "XDG_DATA_HOME",
        ]
    }

    package func launch(_ request: AgentRequest) -> AgentLaunch {
        var arguments = ["run", "--format", "json"]
        if let model = request.model { arguments += ["--model", model] }
        if let session = request.resuming { arguments += ["--session", session] }
        var launch = AgentLaunch(program: program, arguments: arguments)
        launch.environment = [
            // The configuration with the last word after every file. v0 wrote opencode.json into the
            // worktree, from where it got into commits.
            "OPENCODE_CONFIG_CONTENT": configuration(request).text(),
            "OPENCODE_DISABLE_AUTOUPDATE": "true",
            // It takes its working directory from here, even where the process was started elsewhere.
            "PWD": request.worktree,
        ]
        launch.input = .text(PromptFiles.whole(request))
        return launch
    }

    package func conversation(_ request: AgentRequest) -> any AgentConversation {
        OpenCodeConversation(model: request.model ?? "", zone: zone)
    }

    private func configuration(_ request: AgentRequest) -> JSONValue {
        // Settings are checked when they are read; what is no JSON here is an empty setting.
        let configured = try? JSONValue(parsing: request.settings.permissionJSON)
        return ["permission": configured ?? defaultPermission(request), "share": "disabled"]
    }

    /// Everything, since nobody is there to be asked; without the main checkout where the agent is
    /// sandboxed. A worktree inside the main checkout is the working directory, and not external to itself.
    /// Of several rules that fit, the last counts.
    private func defaultPermission(_ request: AgentRequest) -> JSONValue {
        var outside: JSONObject = ["*": "allow"]
        if request.settings.isSandboxed, request.mainDirectory != request.worktree {
            outside["\(request.mainDirectory)/*"] = "deny"
        }
        return [
            "edit": "allow", "bash": "allow", "webfetch": "allow", "external_directory": .object(outside),
        ]
    }
}
