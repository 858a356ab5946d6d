package import OrchCore

/// The environment that an agent gets: an allow-list, and never a GitHub token.
///
/// orch pushes, comments and opens pull requests; what an agent may need is its own account, the tools on
/// PATH and a home. Everything else of orch's environment stays with orch.
package enum AgentEnvironment {
    /// Not even `pass_env` brings them back.
    package static let refused = VariableNames.gitHubTokens

    /// - Parameters:
    ///   - own: orch's own variables.
    ///   - emptyConfig: a folder in which `gh` finds no login.
    package static func variables(
        from own: [String: String], adapter: any AgentAdapter, settings: AgentSettings, emptyConfig: String
    ) -> [String: String] {
        let names = Set(adapter.credentialVariables).union(settings.passedVariables)
        var variables = own.filter { name, _ in
            (ToolVariables.contains(name) || names.contains(name)) && !refused.contains(name)
        }
        variables.merge(settings.environment.filter { !refused.contains($0.key) }) { _, configured in
            configured
        }
        variables["GH_CONFIG_DIR"] = emptyConfig
        return variables
    }

    /// Values that must never be shown: tokens of orch's own, the agents' credentials, and what the
    /// configuration hands to an agent, unless that is a plain word (`production`).
    package static func secrets(
        in own: [String: String], adapters: [any AgentAdapter], settings: [AgentName: AgentSettings]
    ) -> [String] {
        let credentials = adapters.flatMap(\.credentialVariables).filter(isSecretName)
        let held = own.filter {
            refused.contains($0.key) || credentials.contains($0.key) || isSecretName($0.key)
        }
        let passed = settings.values.flatMap(\.passedVariables).filter { !ToolVariables.contains($0) }
        let given =
            settings.values.flatMap { Array($0.environment) }
            + passed.compactMap { name in own[name].map { (key: name, value: $0) } }
        let handed = given.filter { isSecretName($0.key) || !$0.value.allSatisfy(\.isLetter) }
        return held.map(\.value) + handed.map(\.value)
    }

    private static func isSecretName(_ name: String) -> Bool {
        let endings = ["_TOKEN", "_KEY", "_SECRET", "_PASSWORD", "_CREDENTIALS"]
        return endings.contains { name.hasSuffix($0) }
    }
}
