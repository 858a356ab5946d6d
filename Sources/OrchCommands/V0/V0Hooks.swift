import OrchCore
import Subprocess

/// The user's own commands at key points (`hooks.NAME`), in the background.
enum V0Hooks {
    static let functions: [String: V0Command.Function] = [
        "run_hook": { call in
            run(call[0], [:], call, arguments: Array(call.arguments.dropFirst()))
            return 0
        }
    ]

    /// What a hook is told, and the variables of v0's scripts that hold it.
    private static let facts = [
        ("ORCH_TASK_ID", "TASK_ID"), ("ORCH_TASK_TITLE", "TASK_TITLE"), ("ORCH_TASK_AGENT", "TASK_AGENT"),
        ("ORCH_TASK_STATUS", "AGENT_STATUS"), ("ORCH_PROJECT_DIR", "PROJECT_DIR"),
        ("ORCH_WORKTREE_DIR", "WORKTREE_DIR"), ("ORCH_BRANCH", "BRANCH_NAME"), ("ORCH_PR_URL", "PR_URL"),
        ("ORCH_TMUX_SESSION", "TMUX_SESSION"), ("ORCH_GH_ISSUE", "GH_ISSUE_NUMBER"),
    ]

    /// The command is the user's text; everything else reaches it by variables and arguments, never as part
    /// of a shell's words.
    static func run(
        _ name: String, _ known: [String: String], _ call: V0Call, arguments: [String] = []
    ) {
        guard let command = call.config.text("hooks.\(name)") else { return }
        var variables = call.environment
        variables["ORCH_HOOK"] = name
        for (fact, source) in facts { variables[fact] = known[source] ?? call.environment[source] ?? "" }
        let shell = Command("bash", arguments: ["-c", "\(command) \"$@\"", name] + arguments).with {
            $0.environment = Command.Environment(variables)
        }
        // A hook that cannot be started must not touch what it tells of; its log is where one looks.
        _ = try? Child.detached(shell, output: .file("\(call.stateDirectory)/hooks.log"))
    }
}
