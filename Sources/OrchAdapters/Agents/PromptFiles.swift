import OrchCore

/// The prompts of an attempt as files in its own folder, for agents that read them from there.
struct PromptFiles {
    let system: AgentLaunch.File
    let message: AgentLaunch.File
    /// Both, for agents that know but one.
    let whole: AgentLaunch.File

    init(_ request: AgentRequest) {
        let folder = request.attemptDirectory
        system = .init(path: "\(folder)/system.md", content: request.systemPrompt)
        message = .init(path: "\(folder)/message.md", content: request.message)
        whole = .init(path: "\(folder)/prompt.md", content: Self.whole(request))
    }

    /// The system prompt and the message as one text. An agent whose session goes on knows the first already.
    static func whole(_ request: AgentRequest) -> String {
        if request.resuming != nil || request.systemPrompt.isEmpty { return request.message }
        return "\(request.systemPrompt)\n\n\(request.message)"
    }
}
