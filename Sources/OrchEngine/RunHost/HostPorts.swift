package import OrchCore

/// What a run host needs beside the engine's common ports.
package struct HostPorts {
    package var common: Ports
    package var keeper: any AgentKeeper
    package var files: any AttemptFiles
    /// nil where the agent is not known or not configured.
    package var adapter: (AgentName) -> (any AgentAdapter)?
    /// The agent's whole environment, by name of its adapter: allow-listed, and without any GitHub token.
    package var environment: (any AgentAdapter, AgentSettings) -> [String: String]
    /// Renders a prompt (`system`, `agent`, `plan`) with its variables.
    package var prompt: (String, [String: String]) throws(PromptError) -> String
    /// Skills, notes and instructions that a prompt brings along, by task and worktree.
    package var context: (AgentTask, Worktree) -> [String: String]
    /// The skills that a router may choose from, for its prompt.
    package var skills: (Project) -> String
    /// Shows text to whoever watches the pane.
    package var console: (String) -> Void
    package var redaction: Redaction
    /// The time since an arbitrary start, by a clock that never jumps.
    package var uptime: () -> Duration
    /// Waits so long, or until the host is woken; false where it is asked to go meanwhile.
    package var wait: (Duration) throws -> Bool
    /// Runs a configured hook in the background, with these facts in its environment.
    package var hook: (String, [String: String]) -> Void
    /// The first hexadecimal digits of a text's SHA-256.
    package var digest: (String, Int) -> String

    package init(
        common: Ports, keeper: any AgentKeeper, files: any AttemptFiles, redaction: Redaction
    ) {
        self.common = common
        self.keeper = keeper
        self.files = files
        self.redaction = redaction
        adapter = { _ in nil }
        environment = { _, _ in [:] }
        prompt = { _, _ in "" }
        context = { _, _ in [:] }
        skills = { _ in "" }
        console = { _ in }
        uptime = { common.now().since(Timestamp(seconds: 0)) }
        wait = { _ in true }
        hook = { _, _ in }
        digest = { text, _ in text }
    }
}
