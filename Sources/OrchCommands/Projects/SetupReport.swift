import JSON
import OrchCore

/// What is said of a project that has just been set up.
struct SetupReport {
    let result: ProjectSetup.Outcome
    /// As the project's configuration has it.
    let repository: RepositorySlug?
    /// The agents that work can be given to.
    let agents: [AgentName]

    func show(_ context: Context) {
        if context.wantsJSON { return context.print(json) }
        Console.out(lines(context.terminal).joined(separator: "\n"))
    }

    func lines(_ terminal: TerminalStyle) -> [String] {
        let github =
            repository.map { "issues of \($0) are its tasks" } ?? "not on GitHub: tasks are local"
        var lines = [
            "\(result.isNew ? "A project now" : "A project already"): \(result.directory)",
            "  \(github)",
            result.madeConfig
                ? "  settings: \(result.config) (new; commit it, or keep it to yourself)"
                : "  settings: \(result.config)",
            "  runs and worktrees: \(result.directory)/.orchestrator, which git’s info/exclude keeps out of commits",
            "  here; a line `.orchestrator/` in .gitignore does so for everybody",
            "  agents: "
                + (agents.isEmpty
                    ? "none installed yet (`orch agents`)" : agents.map(\.rawValue).joined(separator: ", ")),
            "", terminal.bold("Next:"),
        ]
        let agent = agents.isEmpty ? " --agent demo" : ""
        lines += [
            "  orch task add 'Fix the login'\(agent)    record a task",
            "  orch tick --wait    run what is due, to its end",
            "  orch service install    have it run by itself",
            "  orch doctor    look for what is missing",
        ]
        return lines
    }

    private var json: JSONValue {
        .object([
            "directory": .string(result.directory), "new": .bool(result.isNew),
            "repository": TaskImage.text(repository?.description), "config": .string(result.config),
            "agents": .array(agents.map { .string($0.rawValue) }),
        ])
    }
}
