import JSON
import OrchCore

/// What `agents.codex.sandbox` means in Codex's own words.
///
/// In `workspace-write` the agent may write in its worktree and the folder of its answer, and nowhere else:
/// `.git` stays closed too, so orch commits. On Linux Codex needs `bwrap` (package bubblewrap) for it;
/// without, each command fails.
struct CodexSandbox {
    /// `read-only`, `workspace-write` or `danger-full-access`.
    let mode: String
    /// `--ask-for-approval` and `--sandbox`.
    let rootOptions: [String]
    /// `-c KEY=VALUE`, with values in TOML.
    let overrides: [String]

    init(_ request: AgentRequest) {
        switch request.settings.sandbox {
        case "none":
            mode = "danger-full-access"
            rootOptions = ["--dangerously-bypass-approvals-and-sandbox"]
            overrides = []
        case "danger-full-access", "read-only":
            mode = request.settings.sandbox
            rootOptions = ["--ask-for-approval", "never", "--sandbox", mode]
            overrides = []
        default:
            // `full-auto` and `workspace-write` are one thing, as in v0: the option --full-auto would ask
            // for approvals.
            mode = "workspace-write"
            rootOptions = ["--ask-for-approval", "never", "--sandbox", mode]
            overrides = Self.workspaceOverrides(request)
        }
    }

    private static func workspaceOverrides(_ request: AgentRequest) -> [String] {
        var settings = [
            "sandbox_workspace_write.network_access=true",
            "shell_environment_policy.inherit=all",
        ]
        if !request.answerPath.hasPrefix(request.worktree + "/") {
            let folder = request.answerPath.split(separator: "/").dropLast().map { "/\($0)" }.joined()
            // A JSON string is a basic string of TOML, too.
            settings.append("sandbox_workspace_write.writable_roots=[\(JSONValue.string(folder).text())]")
        }
        return settings.flatMap { ["-c", $0] }
    }
}
