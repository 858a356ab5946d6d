package import OrchCore
package import Platform

/// Any program by template (`agents.NAME.command`): what it prints is its words, and its answer is in the
/// answer file or in what it prints last.
package struct CommandAdapter: AgentAdapter {
    package let name: AgentName
    private let settings: AgentSettings
    private let zone: ZoneRules

    /// - Parameters:
    ///   - settings: with a `command` of at least one word, the program; which may be a path.
    ///   - zone: this machine's, for limits that end “at 3pm”.
    package init(name: AgentName, settings: AgentSettings, zone: ZoneRules) {
        precondition(!settings.command.isEmpty, "an agent without a command has an adapter of its own")
        self.name = name
        self.settings = settings
        self.zone = zone
    }

    package var program: String { settings.command[0] }

    package var tellsCost: Bool { false }

    /// Only what `agents.NAME.pass_env` names.
    package var credentialVariables: [String] { settings.passedVariables }

    package func launch(_ request: AgentRequest) -> AgentLaunch {
        let words = CommandTemplate.words(settings.command, for: request)
        var launch = AgentLaunch(program: words[0], arguments: Array(words.dropFirst()))
        launch.files = CommandTemplate.files(settings.command, for: request)
        switch settings.input {
        case .prompt: launch.input = .text(PromptFiles.whole(request))
        case .none: launch.input = .nothing
        case .stream: launch.input = .conversation
        }
        return launch
    }

    package func conversation(_ request: AgentRequest) -> any AgentConversation {
        CommandConversation(
            prompt: settings.input == .stream ? PromptFiles.whole(request) : nil, model: request.model ?? "",
            zone: zone)
    }
}
