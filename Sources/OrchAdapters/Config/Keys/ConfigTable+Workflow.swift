import OrchCore

extension ConfigTable {
    static let places: [ConfigKey] = [
        ConfigKey(
            "project_dir", .text, \.projectDirectory, "A project to look after beside the registered ones."),
        ConfigKey(
            "backend", .choice(of: [.github, .internal]), \.backend,
            "Where tasks live: issues on GitHub, or this machine alone."),
        ConfigKey(
            "required_tools", .texts, \.requiredTools, "Programs that must be on PATH before an agent starts."
        ),
    ]

    static let workflow: [ConfigKey] = progress + limits + safety + reviews

    private static let progress: [ConfigKey] = [
        ConfigKey(
            "workflow.auto_close", .flag, \.workflow.autoClose, "Close the issue of a task that is done."),
        ConfigKey(
            "workflow.max_attempts", .count(1...1000), \.workflow.maxAttempts,
            "A task that was tried this often waits for a person."),
        ConfigKey(
            "workflow.parallel", .count(0...1000), \.workflow.parallel,
            "How many agents work for one project at a time; 0 starts none."),
        ConfigKey(
            "workflow.allowed_authors", .texts, \.workflow.allowedAuthors,
            "Who may give tasks beside the repository’s owner."),
        ConfigKey(
            "workflow.required_skills", .texts, \.workflow.requiredSkills,
            "Skills that every agent is told to use."),
        ConfigKey(
            "workflow.retention_days", .count(0...10_000), \.workflow.retentionDays,
            "How many days attempts, logs and the like are kept; 0: for ever."),
        ConfigKey(
            "workflow.use_tmux", .flag, \.workflow.useTmux,
            "Run agents in tmux sessions, to be watched and joined."),
    ]

    private static let limits: [ConfigKey] = [
        ConfigKey(
            "workflow.timeout_seconds", .seconds(), \.workflow.timeout,
            "How long an agent may work; 0: no limit."),
        timeout(.simple), timeout(.medium), timeout(.complex),
        ConfigKey(
            "workflow.silence_seconds", .seconds(), \.workflow.silence,
            "How long an agent may say nothing; 0: no limit."),
        ConfigKey(
            "workflow.stuck_timeout", .seconds(from: 1), \.workflow.stuckTimeout,
            "After how long a task in progress without a living agent is taken up again."),
        ConfigKey(
            "workflow.max_tokens", .count(0...1_000_000_000), \.workflow.maxTokens,
            "Tokens in and out of one run; 0: no limit."),
        ConfigKey(
            "workflow.max_cost_usd", .dollars, \.workflow.maxCostMicroDollars,
            "What one run may cost, in US dollars; 0: no limit."),
    ]

    private static func timeout(_ complexity: Complexity) -> ConfigKey {
        ConfigKey(
            "workflow.timeout_by_complexity.\(complexity.rawValue)", .ownSeconds,
            \.workflow.timeoutByComplexity[complexity],
            "Instead of timeout_seconds, for \(complexity.rawValue) tasks.")
    }

    private static let safety: [ConfigKey] = [
        ConfigKey(
            "workflow.sandbox", .flag, \.workflow.sandbox, "Keep agents away from the main checkout."),
        ConfigKey(
            "workflow.verify_done", .flag, \.workflow.verifyDone,
            "“Done” has to be seen: a commit, pushed, with a pull request; false: the agent’s word counts."),
        ConfigKey(
            "workflow.disallowed_tools", .texts, \.workflow.disallowedTools, "Tools that Claude is refused."),
    ]

    private static let reviews: [ConfigKey] =
        [
            ConfigKey(
                "workflow.review_owner", .login, \.workflow.reviewOwner,
                "Whom a comment calls when a person is needed, and whose word merges; "
                    + "empty: nobody is called, and the repository’s owner merges."
            )
        ]
        + [
            ConfigKey(
                "workflow.enable_review_agent", .flag, \.workflow.enableReviewAgent,
                "Have an agent review every pull request."),
            ConfigKey(
                "workflow.review_agent", .agent, \.workflow.reviewAgent,
                "Which agent reviews; empty: another than the author."),
            ConfigKey(
                "workflow.review_drafts", .flag, \.workflow.review.includesDrafts, "Review drafts too."),
            ConfigKey(
                "workflow.review_diff_limit", .count(1...1_000_000), \.workflow.review.diffLimit,
                "How many lines of a diff the reviewing agent is shown."),
            ConfigKey(
                "workflow.review_rounds", .count(0...100), \.workflow.review.reviewRounds,
                "How often a review’s wishes go back to the agent before you are asked."),
            ConfigKey(
                "workflow.check_rounds", .count(0...100), \.workflow.review.checkRounds,
                "How often failing checks go back to the agent before you are asked."),
            ConfigKey(
                "workflow.merge_commands", .text, \.workflow.review.mergeCommands,
                "Comments that merge a pull request, commas between; empty: none does."),
            ConfigKey(
                "workflow.auto_merge", .flag, \.workflow.review.mergesApproved,
                "Merge an agent’s pull request that another has approved and whose checks are green."),
            ConfigKey(
                "workflow.merge_strategy", .choice, \.workflow.review.mergeStrategy,
                "How pull requests are merged."),
        ]
}
