package import OrchCore
package import Platform

/// Codex: by its app server, which takes a person's words while it works, or by `codex exec --json`, which
/// does not.
package struct CodexAdapter: AgentAdapter {
    package let name = AgentName.codex
    package let program = "codex"
    private let hasAppServer: Bool
    private let zone: ZoneRules

    /// - Parameters:
    ///   - hasAppServer: whether the installed version has `codex app-server`, for agents whose protocol is
    ///     `auto`.
    ///   - zone: this machine's, for limits that end “at 10:59 PM”.
    package init(hasAppServer: Bool = true, zone: ZoneRules) {
        self.hasAppServer = hasAppServer
        self.zone = zone
    }

    /// Both protocols give the sums of the thread.
    package var countsWholeSession: Bool { true }
    package var tellsCost: Bool { false }

    package var credentialVariables: [String] {
        ["OPENAI_API_KEY", "OPENAI_BASE_URL", "CODEX_API_KEY", "CODEX_HOME"]
    }

    package func launch(_ request: AgentRequest) -> AgentLaunch {
        usesAppServer(request) ? appServer(request) : exec(request)
    }

    package func conversation(_ request: AgentRequest) -> any AgentConversation {
        usesAppServer(request)
            ? CodexServerConversation(request, zone: zone)
            : CodexExecConversation(model: request.model ?? "", zone: zone)
    }

    private func usesAppServer(_ request: AgentRequest) -> Bool {
        switch request.settings.codexProtocol {
        case .auto: hasAppServer
        case .appServer: true
        case .exec: false
        }
    }

    /// Sandbox and model are part of the talk: `thread/start`.
    private func appServer(_ request: AgentRequest) -> AgentLaunch {
        var launch = AgentLaunch(
            program: program, arguments: ["app-server"] + CodexSandbox(request).overrides)
        launch.input = .conversation
        return launch
    }

    private func exec(_ request: AgentRequest) -> AgentLaunch {
        let sandbox = CodexSandbox(request)
        // Approvals and sandbox are options of `codex` itself: `exec` takes no --ask-for-approval, and
        // `exec resume` no --sandbox.
        var arguments = sandbox.rootOptions + sandbox.overrides + ["exec"]
        if request.resuming != nil { arguments.append("resume") }
        // A question is `codex exec …`, as v0 asked it: stand-ins and wrappers tell it from work by that.
        if sandbox.mode == "read-only", request.resuming == nil {
            arguments = ["exec", "--sandbox", sandbox.mode, "-c", #"approval_policy="never""#]
        }
        arguments.append("--json")
        if let model = request.model { arguments += ["--model", model] }
        if let session = request.resuming { arguments.append(session) }
        arguments.append("-")
        var launch = AgentLaunch(program: program, arguments: arguments)
        launch.input = .text(PromptFiles.whole(request))
        return launch
    }
}
