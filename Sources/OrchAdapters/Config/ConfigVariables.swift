import OrchCore
import YAML

/// Variables of the environment that have the last word, as v0 had them.
enum ConfigVariables {
    struct Row: Sendable {
        let variable: String
        let key: String
    }

    static let all = everywhere + [repository]

    static let everywhere = [
        Row(variable: "POLL_JOBS", key: "workflow.parallel"),
        Row(variable: "STUCK_TIMEOUT", key: "workflow.stuck_timeout"),
        Row(variable: "AGENT_TIMEOUT_SECONDS", key: "workflow.timeout_seconds"),
        Row(variable: "USE_TMUX", key: "workflow.use_tmux"),
        Row(variable: "ORCH_VERIFY_DONE", key: "workflow.verify_done"),
        Row(variable: "ENABLE_REVIEW_AGENT", key: "workflow.enable_review_agent"),
        Row(variable: "REVIEW_AGENT", key: "workflow.review_agent"),
        Row(variable: "ROUTING_MODE", key: "router.mode"),
        Row(variable: "ROUTER_AGENT", key: "router.agent"),
        Row(variable: "ROUTER_MODEL", key: "router.model"),
        Row(variable: "ROUTER_TIMEOUT", key: "router.timeout_seconds"),
        Row(variable: "ROUTER_FALLBACK", key: "router.fallback_executor"),
        Row(variable: "REVIEW_DIFF_LIMIT", key: "workflow.review_diff_limit"),
        Row(variable: "REVIEW_DRAFTS", key: "workflow.review_drafts"),
        Row(variable: "MERGE_COMMANDS", key: "workflow.merge_commands"),
        Row(variable: "MERGE_STRATEGY", key: "workflow.merge_strategy"),
        Row(variable: "CODEX_PROTOCOL", key: "agents.codex.protocol"),
        Row(variable: "CODEX_SANDBOX", key: "agents.codex.sandbox"),
        Row(variable: "GH_BACKOFF_MODE", key: "gh.backoff.mode"),
        Row(variable: "ORCH_BACKEND", key: "backend"),
        Row(variable: "ORCH_TELEGRAM_TOKEN", key: "telegram.token"),
        Row(variable: "ORCH_DISCORD_TOKEN", key: "discord.token"),
        Row(variable: "ORCH_LISTEN_ADDRESS", key: "listen.address"),
        Row(variable: "ORCH_LISTEN_SOCKET", key: "listen.socket"),
        Row(variable: "ORCH_WEBHOOK_SECRET", key: "listen.webhook_secret"),
        Row(variable: "ORCH_LISTEN_TOKEN", key: "listen.token"),
    ]

    /// About one project: two that worked on one repository would both take each of its issues.
    static let repository = Row(variable: "ORCH_GH_REPO", key: "gh.repo")

    /// An empty variable counts as none.
    static func apply(
        _ rows: [Row], from environment: [String: String], to settings: inout Settings
    ) -> [ConfigProblem] {
        var problems: [ConfigProblem] = []
        for row in rows {
            guard let value = environment[row.variable], !value.isEmpty,
                let (shape, names) = ConfigTable.shape.find(ConfigKeyPath.parts(of: row.key)),
                let key = shape.key
            else { continue }
            var decoder = ConfigDecoder(unexpanded: .variable(row.variable))
            decoder.path = [row.key]
            key.apply(.string(value), names, to: &settings, &decoder)
            problems += decoder.problems
            // v0: the variable counts for every task, whatever its complexity.
            if row.key == "workflow.timeout_seconds" { settings.workflow.timeoutByComplexity = [:] }
        }
        return problems
    }
}
