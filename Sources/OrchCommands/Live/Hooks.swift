import OrchCore
import Subprocess

/// The user's own commands at key points (`hooks.NAME`), in the background.
///
/// The command is the user's text; what is known of the task reaches it by variables only, never
/// as part of a shell's words.
struct Hooks {
    let environment: [String: String]
    let project: Project
    let logFile: String

    func run(_ name: String, facts: [String: String]) {
        guard let command = project.settings.hooks[name], !command.isEmpty else { return }
        var variables = environment.merging(facts) { _, fact in fact }
        variables["ORCH_HOOK"] = name
        variables["ORCH_PROJECT_DIR"] = project.directory
        let shell = Command("bash", arguments: ["-c", command]).with {
            $0.environment = Command.Environment(variables)
            $0.workingDirectory = project.directory
        }
        // A hook that cannot be started must not touch the run it tells of; its log is where one looks.
        _ = try? Child.detached(shell, output: .file(logFile))
    }
}
