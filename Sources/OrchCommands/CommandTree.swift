import Arguments

/// All commands: the table that they are parsed, explained and completed by, and what each one runs.
enum CommandTree {
    static let root = CommandTable(Program.name, "Cron for coding agents") {
        Option(
            "project", short: "p", "NAME", "The project: its name, directory or owner/repository",
            .asked("projects"))
        Flag("json", "Print JSON, for scripts")
    }
    .subcommands { nodes.map(\.table) }
    .discussion(
        """
        A timer starts `orch tick` every few seconds; it looks at the world once, does what is due, and exits. GitHub \
        issues and local tasks become branches and pull requests, each made by a coding agent in a worktree of its own, \
        inside tmux.
        """
    )
    .example("orch init", "Make the git repository here a project.")
    .example("orch task add 'Fix the login' --agent claude", "Record a task.")
    .example("orch tick --wait", "Run what is due, to its end.")
    .exitStatus(0, "Done, or nothing to do.")
    .exitStatus(1, "Something failed.")
    .exitStatus(2, "Wrong usage.")
    .exitStatus(3, "Wrong configuration.")
    .environment("ORCH_HOME", "Where everything is kept; ~/.orch, or ~/.orchestrator where only that exists.")
    .environment("PROJECT_DIR", "The project, where --project is not given.")
    .environment("NO_COLOR", "No colours.")
    .file("$ORCH_HOME/config.yml", "The configuration; a project's .orchestrator.yml is laid over it.")
    .file("$ORCH_HOME/jobs.yml", "Jobs; a project's own are in its .orchestrator/jobs.yml.")
    .file("$ORCH_HOME/orch.db", "The store.")

    /// In the order in which help shows them.
    private static let nodes: [CommandNode] = [
        .group(CommandTable("task", "Tasks: add, look at, steer", group: "Working", aliases: ["tasks"])) {
            [
                TaskAddCommand.self, TaskListCommand.self, TaskStatusCommand.self, TaskReportCommand.self,
                TaskTreeCommand.self,
                TaskGetCommand.self, TaskWhyCommand.self, TaskRunCommand.self, TaskRouteCommand.self,
                TaskAssignCommand.self, TaskRetryCommand.self, TaskUnblockCommand.self,
                TaskStreamCommand.self, TaskAttachCommand.self,
                TaskSayCommand.self, TaskKillCommand.self, TaskApproveCommand.self, TaskMergeCommand.self,
                TaskPublishCommand.self,
            ]
        },
        .group(CommandTable("job", "Work that comes again by the clock", group: "Working", aliases: ["jobs"]))
        {
            [
                JobAddCommand.self, JobListCommand.self, JobInfoCommand.self, JobNextCommand.self,
                JobRunCommand.self, JobEnableCommand.self, JobDisableCommand.self, JobRemoveCommand.self,
                JobTickCommand.self,
            ]
        },
        .command(ChatCommand.self),
        .command(PlanCommand.self),
        .command(DashboardCommand.self),
        .command(CostCommand.self),
        .command(TickCommand.self),
        .command(SyncCommand.self),
        .command(PauseCommand.self),
        .command(ResumeCommand.self),
        .command(ListenCommand.self),
        .command(TidyCommand.self),
        .command(NoticesCommand.self),
        .command(AgentsCommand.self),
        .command(InitCommand.self),
        .group(CommandTable("project", "The repositories that orch looks after", group: "Setting up")) {
            [
                ProjectAddCommand.self, ProjectListCommand.self, ProjectCreateCommand.self,
                ProjectInfoCommand.self, ProjectHookCommand.self, ProjectRemoveCommand.self,
            ]
        },
        .group(CommandTable("skills", "What agents can be told to follow", group: "Setting up")) {
            [SkillsListCommand.self, SkillsSyncCommand.self]
        },
        .group(ConfigCommands.table) { ConfigCommands.members },
        .group(ServiceCommand.table) {
            [ServiceInstallCommand.self, ServiceStatusCommand.self, ServiceUninstallCommand.self]
        },
        .command(DoctorCommand.self),
        .command(MigrateCommand.self),
        .command(CompletionsCommand.self),
        .command(ManCommand.self),
        .command(VersionCommand.self),
        .command(CompleteCommand.self),
    ]

    /// - Parameter words: a command's own names, aliases resolved.
    static func command(_ words: [String]) -> (any Subcommand.Type)? {
        nodes.lazy.compactMap { $0.command(words[...]) }.first
    }

    static func run(_ arguments: ParsedArguments, _ context: Context) throws -> Int32 {
        guard let command = command(arguments.path) else {
            preconditionFailure("no command behind `\(arguments.commandPath.text)`")
        }
        if context.wantsJSON, !command.answersInJSON {
            throw UsageError(
                problem: "`\(arguments.commandPath.text)` prints no JSON", fix: "leave out `--json`")
        }
        return try command.run(context)
    }
}
