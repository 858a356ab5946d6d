/// One coding agent: how it is started and what its output means.
package protocol AgentAdapter: Sendable {
    var name: AgentName { get }
    /// The program that has to be on PATH.
    var program: String { get }
    /// Variables of orch's own environment that the agent needs for its credentials
    /// and settings, by exact name.
    var credentialVariables: [String] { get }

    /// Whether a resumed process counts what its session used before; otherwise each counts from zero.
    var countsWholeSession: Bool { get }
    /// Whether it says what it costs.
    var tellsCost: Bool { get }

    /// A pure function of the request.
    func launch(_ request: AgentRequest) -> AgentLaunch

    /// A fresh conversation with a process started by `launch(request)`.
    func conversation(_ request: AgentRequest) -> any AgentConversation
}

extension AgentAdapter {
    package var countsWholeSession: Bool { false }
    package var tellsCost: Bool { true }
}
