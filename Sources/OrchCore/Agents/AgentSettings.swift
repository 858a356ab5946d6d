/// What `agents.NAME` and the workflow say about running one agent.
package struct AgentSettings: Equatable, Sendable {
    /// A program by template, for agents that orch has no adapter of its own for;
    /// empty: the name is the adapter.
    ///
    /// Each word may hold `{{MODEL}}`, `{{PROMPT_FILE}}`, `{{SYSTEM_FILE}}`, `{{MESSAGE_FILE}}`,
    /// `{{ANSWER_FILE}}`, `{{WORKTREE}}` and `{{TASK_ID}}`; words are never split and no shell is involved.
    package var command: [String] = []
    /// What a command agent gets on its standard input.
    package var input = Input.prompt
    /// claude: tools that need no permission.
    package var allowedTools: [String] = []
    /// claude: tools that are refused, `workflow.disallowed_tools` included; the
    /// sandbox's own rules come on top.
    package var disallowedTools: [String] = []
    /// claude: `--permission-mode`; v0 runs with `bypassPermissions`.
    package var permissionMode = "bypassPermissions"
    /// codex: `full-auto`, `workspace-write`, `read-only`, `danger-full-access` or `none`.
    package var sandbox = "full-auto"
    /// codex: how orch talks to it.
    package var codexProtocol = CodexProtocol.auto
    /// opencode: the `permission` object of `opencode.json`, as JSON text; empty: everything is allowed.
    package var permissionJSON = ""
    /// Whether the agent is kept away from the main checkout.
    package var isSandboxed = true
    /// Added to the allow-listed environment (`agents.NAME.env`).
    package var environment: [String: String] = [:]
    /// Further variables that may pass from orch's own environment (`agents.NAME.pass_env`).
    package var passedVariables: [String] = []
    /// Models to choose from where neither label nor `model_map` names one, in turn.
    package var models: [String] = []

    package init() {}

    package enum Input: String, CaseIterable, Sendable {
        /// The whole prompt, then end of file.
        case prompt
        /// Nothing.
        case none
        /// The prompt, then every line that a person says while it runs.
        case stream
    }

    /// `agents.codex.protocol`.
    package enum CodexProtocol: String, CaseIterable, Sendable {
        /// The app server where the installed version has one.
        case auto
        /// `codex app-server`: a person's words reach the agent while it works.
        case appServer = "app-server"
        /// `codex exec --json`: a person's words interrupt it, and it goes on with them.
        case exec
    }
}
