import JSON
import OrchCore

extension ConfigTable {
    static let router: [ConfigKey] = [
        ConfigKey(
            "router.mode", .choice, \.router.mode,
            "How the agent of a task is chosen; auto: llm where `router.agent` is named, else by turns."),
        ConfigKey(
            "router.agent", .agent, \.router.agent, "The agent that is asked in mode llm; empty: the first."),
        ConfigKey("router.model", .name, \.router.model, "Its model; empty: the agent’s own choice."),
        ConfigKey(
            "router.timeout_seconds", .seconds(), \.router.timeout, "How long it may think; 0: no limit."),
        ConfigKey(
            "router.fallback_executor", .agent, \.router.fallbackExecutor,
            "The agent when no choice could be made; empty: whose turn it is."),
        ConfigKey("router.disabled_agents", .agents, \.router.disabledAgents, "Agents that get no tasks."),
        ConfigKey(
            "router.allowed_tools", .texts, \.router.allowedTools, "Tools the agent of a task is told it has."
        ),
        ConfigKey(
            "router.default_skills", .texts, \.router.defaultSkills, "Skills that every task is given."),
    ]

    static let models: [ConfigKey] =
        ["simple", "medium", "complex", "review"].map(model)
        + [
            ConfigKey(
                "model_map.free", .texts, \.freeModels,
                "Models for opencode when everything else is at its limit.")
        ]

    private static func model(_ column: String) -> ConfigKey {
        let summary = column == "review" ? "The model for reviews." : "The model for \(column) tasks."
        let entry = ConfigKey.Entry<String?>(
            get: { settings, names in
                names.first.flatMap(AgentName.init).flatMap { settings.models[column]?[$0] }
            },
            set: { settings, names, model in
                guard let agent = names.first.flatMap(AgentName.init) else { return }
                settings.models[column, default: [:]][agent] = model.flatMap { $0 }
            },
            names: { ($0.models[column] ?? [:]).keys.sorted().map { [$0.rawValue] } })
        return ConfigKey(entry: "model_map.\(column).AGENT", .name, entry, summary)
    }

    static let agents: [ConfigKey] = [
        ConfigKey(
            agent: "command", .command, \.command,
            "A program of your own as this agent; `{{MODEL}}`, `{{PROMPT_FILE}}` … are replaced."),
        ConfigKey(agent: "input", .choice, \.input, "What a command agent gets on its standard input."),
        ConfigKey(agent: "models", .texts, \.models, "Models to take in turn where nothing else names one."),
        ConfigKey(agent: "allowed_tools", .texts, \.allowedTools, "claude: tools that need no permission."),
        ConfigKey(agent: "permission_mode", .text, \.permissionMode, "claude: its --permission-mode."),
        ConfigKey(
            agent: "sandbox",
            .word(["full-auto", "workspace-write", "read-only", "danger-full-access", "none"]), \.sandbox,
            "codex: what it may touch."),
        ConfigKey(agent: "protocol", .choice, \.codexProtocol, "codex: how orch talks to it."),
        ConfigKey(
            entry: "agents.AGENT.permission", .json, permission, "opencode: its permissions; empty: all."),
        ConfigKey(
            agent: "pass_env", .texts, \.passedVariables,
            "Variables of orch’s environment that the agent sees."),
        ConfigKey(entry: "agents.AGENT.env.VARIABLE", .text, variable, "A variable that the agent sees."),
    ]

    /// A project's permissions are laid over the global ones.
    private static let permission = ConfigKey.Entry<String>(
        get: { settings, names in
            names.first.flatMap(AgentName.init).map { settings.agents[$0]?.permissionJSON ?? "" }
        },
        set: { settings, names, text in
            guard let agent = names.first.flatMap(AgentName.init) else { return }
            let old = settings.agents[agent]?.permissionJSON ?? ""
            settings.agents[agent, default: AgentSettings()].permissionJSON =
                text.map { overlay($0, on: old) } ?? ""
        },
        names: { settings in settings.agents.keys.sorted().map { [$0.rawValue] } })

    private static func overlay(_ text: String, on old: String) -> String {
        // What is no JSON is no setting yet.
        guard let over = try? JSONValue(parsing: text), let under = try? JSONValue(parsing: old) else {
            return text
        }
        return under.overlaid(with: over).text()
    }

    private static let variable = ConfigKey.Entry<String>(
        get: { settings, names in
            guard names.count == 2, let agent = AgentName(names[0]) else { return nil }
            return settings.agents[agent]?.environment[names[1]]
        },
        set: { settings, names, value in
            guard names.count == 2, let agent = AgentName(names[0]) else { return }
            settings.agents[agent, default: AgentSettings()].environment[names[1]] = value
        },
        names: { settings in
            settings.agents.keys.sorted().flatMap { agent in
                (settings.agents[agent]?.environment ?? [:]).keys.sorted().map { [agent.rawValue, $0] }
            }
        })
}
