import OrchCore
import YAML

extension ConfigTable {
    static let git: [ConfigKey] = [
        ConfigKey("git.name", .text, \.git.name, "Author of the agents’ commits; empty: `AGENT[bot]`."),
        ConfigKey(
            "git.email", .text, \.git.email, "Their address; empty: `AGENT[bot]@users.noreply.github.com`."),
    ]

    static let gitHub: [ConfigKey] =
        [
            ConfigKey("gh.enabled", .flag, \.github.isEnabled, "Work with GitHub at all."),
            ConfigKey(
                "gh.repo", .repository, \.github.repository,
                "The repository; empty: as the remote `origin` says."),
            ConfigKey(
                "gh.sync_label", .text, \.github.syncLabel,
                "Only issues with this label are tasks; empty: all."),
        ]
        + board
        + [
            ConfigKey(
                "gh.backoff.mode", .choice, \.github.backoff.mode,
                "At a rate limit: wait for its end, or skip."),
            ConfigKey(
                "gh.backoff.base_seconds", .seconds(from: 1), \.github.backoff.base,
                "The first pause; doubled each time."),
            ConfigKey(
                "gh.backoff.max_seconds", .seconds(from: 1), \.github.backoff.maximum, "The longest pause."),
        ]

    private static let board: [ConfigKey] =
        [
            ConfigKey("gh.project_id", .text, \.github.board.id, "A GitHub project to move issues along in."),
            ConfigKey(
                "gh.project_status_field_id", .text, \.github.board.statusField, "The id of its status field."
            ),
        ]
        + columns.map { column in
            ConfigKey(
                entry: "gh.project_status_names.\(column)", .textOrTexts, names(column),
                "What the board calls the column \(column).")
        }
        + columns.map { column in
            ConfigKey(
                entry: "gh.project_status_map.\(column)", .text, dictionary(\.github.board.options, column),
                "The option id of the column \(column).")
        }

    private static func names(_ column: String) -> ConfigKey.Entry<[String]> {
        ConfigKey.Entry(
            get: { settings, _ in settings.github.board.names[column] ?? [] },
            set: { settings, _, names in
                settings.github.board.names[column] = names?.isEmpty ?? true ? nil : names
            },
            names: { _ in [[]] })
    }

    private static let columns = ["backlog", "in_progress", "review", "done"]

    static let hooks: [ConfigKey] = moments.map { moment in
        // The shell that runs it replaces its own variables: `${ORCH_TASK_ID}`.
        ConfigKey(
            entry: "hooks.on_\(moment.name)", .text, dictionary(\.hooks, "on_\(moment.name)"),
            "A command to run when \(moment.text).", isExpanded: false)
    }

    private static let moments: [(name: String, text: String)] = [
        ("task_created", "a task is created"),
        ("task_routed", "a task has got its agent"),
        ("task_started", "an agent begins a task"),
        ("task_completed", "a task is done or in review"),
        ("task_failed", "a task needs a person"),
        ("task_blocked", "a task is blocked"),
        ("agent_session_start", "an agent’s session begins"),
        ("agent_session_end", "an agent’s session has ended"),
        ("agent_idle", "an agent says nothing for long"),
        ("worktree_created", "a worktree is made"),
        ("branch_pushed", "a branch is pushed"),
        ("pr_created", "a pull request is opened"),
        ("pr_merged", "a pull request is merged"),
        ("pr_review_requested", "a review is asked for"),
        ("service_start", "`serve.sh` starts"),
        ("service_stop", "`serve.sh` ends"),
        ("job_fired", "a job is due"),
    ]

    /// One name of a dictionary of texts; empty text is no entry.
    private static func dictionary(
        _ field: any WritableKeyPath<Settings, [String: String]> & Sendable, _ name: String
    ) -> ConfigKey.Entry<String> {
        ConfigKey.Entry(
            get: { settings, _ in settings[keyPath: field][name] ?? "" },
            set: { settings, _, text in settings[keyPath: field][name] = text == "" ? nil : text },
            names: { _ in [[]] })
    }

    static let retired: [ConfigKey] = [
        ConfigKey(
            retired: "workflow.async_tmux", .flag, standard: true, "v0: a run never waits for its session."),
        ConfigKey(
            retired: "llm.input_format", .text, standard: "", "v0: each agent has the format it needs."),
        ConfigKey(
            retired: "llm.output_format", .text, standard: "json", "v0: each agent has the format it needs."),
    ]
}
