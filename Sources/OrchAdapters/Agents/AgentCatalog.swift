package import OrchCore
package import Platform
import Subprocess

/// All agents by name: those that orch has an adapter for, and those that the settings describe.
package struct AgentCatalog: Sendable {
    /// The order in which round-robin goes through them; v0's, and the demo last.
    package static let builtIn: [AgentName] = [.claude, .codex, .opencode] + claudeAlikes + [.demo]

    /// Programs that take Claude Code's options.
    private static let claudeAlikes = ["kimi", "minimax"].compactMap(AgentName.init)

    /// Looked up on this `PATH`.
    private let path: String
    private let settings: Settings
    private let surroundings: Surroundings

    /// As `AgentProbe` found out; without a probe the installed Codex counts as current.
    package var hasCodexAppServer = true

    /// What an adapter must know about the machine.
    package struct Surroundings: Sendable {
        /// For limits that end “at 3pm”.
        package var zone: ZoneRules
        /// The script behind the agent `demo`; nil: there is no such agent.
        package var demoProgram: String?
        package init(zone: ZoneRules, demoProgram: String? = nil) {
            self.zone = zone
            self.demoProgram = demoProgram
        }
    }

    package init(settings: Settings, path: String, surroundings: Surroundings) {
        self.settings = settings
        self.path = path
        self.surroundings = surroundings
    }

    /// Every name that means an agent here, installed or not, without repetition: the built-in ones, then
    /// the configured ones by name.
    package var names: [AgentName] {
        let configured = settings.agents.filter { !$0.value.command.isEmpty }.map(\.key).sorted()
        return Self.builtIn.filter { adapter(for: $0) != nil }
            + configured.filter { !Self.builtIn.contains($0) }
    }

    /// nil for a name that means nothing: no adapter of orch's, and no `agents.NAME.command`.
    package func adapter(for name: AgentName) -> (any AgentAdapter)? {
        let own = settings.agents[name] ?? AgentSettings()
        if !own.command.isEmpty { return CommandAdapter(name: name, settings: own, zone: surroundings.zone) }
        switch name {
        case .claude: return ClaudeAdapter(zone: surroundings.zone)
        case .codex:
            return CodexAdapter(hasAppServer: hasCodexAppServer, zone: surroundings.zone)
        case .opencode: return OpenCodeAdapter(zone: surroundings.zone)
        case .demo: return demo(own)
        case let name where Self.claudeAlikes.contains(name):
            return ClaudeAdapter(name: name, program: name.rawValue, zone: surroundings.zone)
        default: return nil
        }
    }

    /// Where its program is; nil where it is not installed.
    package func program(of name: AgentName) -> String? {
        guard let program = adapter(for: name)?.program else { return nil }
        if program.contains("/") { return ProgramSearch.isExecutable(program) ? program : nil }
        return ProgramSearch.find(program, path: path)
    }

    package func isDisabled(_ name: AgentName) -> Bool { settings.router.disabledAgents.contains(name) }

    /// The agents that work can be given to: installed and not disabled. The demo is one only where it is
    /// asked for by name, never by the router.
    package var available: [AgentName] {
        names.filter { $0 != .demo && !isDisabled($0) && program(of: $0) != nil }
    }

    /// What must not leave in anything that others read: orch's own tokens, and what the agents are given.
    ///
    /// - Parameter environment: orch's own variables.
    package func redaction(in environment: [String: String]) -> Redaction {
        Redaction(secrets: secrets(in: environment))
    }

    /// The exact values.
    package func secrets(in environment: [String: String]) -> [String] {
        AgentEnvironment.secrets(
            in: environment, adapters: names.compactMap { adapter(for: $0) }, settings: settings.agents)
    }

    private func demo(_ own: AgentSettings) -> (any AgentAdapter)? {
        guard let program = surroundings.demoProgram else { return nil }
        var settings = own
        settings.command = [program]
        settings.input = .stream
        // How long it takes over its work, for stories that talk to it.
        settings.passedVariables.append("ORCH_DEMO_SECONDS")
        return CommandAdapter(name: .demo, settings: settings, zone: surroundings.zone)
    }
}
