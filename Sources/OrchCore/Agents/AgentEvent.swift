/// One thing that happened in an agent's session, whatever the agent: what the pane, `orch task stream` and
/// the chats show, and what limits are enforced on.
package enum AgentEvent: Equatable, Sendable {
    /// The agent's own id of the session, with which it can be resumed.
    case session(String)
    /// The model that answers, as the agent names it.
    case model(String)
    /// Words of the agent.
    case text(String)
    /// A tool begins: its name (`Bash`, `Edit`) and the one detail worth a line (the command, the file).
    case tool(name: String, detail: String)
    /// A tool ended with an error, in its first line.
    case toolFailed(name: String, detail: String)
    /// The agent was refused something by its own permission rules.
    case denied(String)
    /// Totals so far, not increments.
    case usage(Usage)
    /// A person's words reached the agent.
    case said(String)
    /// A warning, a retry, a reconnect: worth showing, never fatal.
    case notice(String)
    /// An error that ends nothing by itself; whether the run failed is for the report to say.
    case problem(String)
}
