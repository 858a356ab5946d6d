extension AgentSettings {
    /// The same agent, kept from changing anything, whatever it is allowed for its work: it is only asked,
    /// and nobody looks at what it does before it is done.
    ///
    /// - Parameter refused: claude's tools that are refused beside those that change something.
    package func reading(refusing refused: [String]) -> AgentSettings {
        var settings = self
        settings.allowedTools = []
        settings.disallowedTools += refused + Self.changingTools
        settings.permissionMode = "default"
        settings.sandbox = "read-only"
        settings.permissionJSON =
            #"{"edit":"deny","bash":"deny","webfetch":"deny","external_directory":"deny"}"#
        settings.isSandboxed = true
        return settings
    }

    /// Those that write, start programs or other agents, or talk to somebody else.
    private static let changingTools = [
        "Bash", "Edit", "Write", "NotebookEdit", "WebFetch", "WebSearch", "Task",
    ]
}
