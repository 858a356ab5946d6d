import OrchCore
import OrchTesting
import Platform
import Testing

@testable import OrchAdapters

/// Agents that are shell scripts, kept by the program that was built beside these tests.
final class KeeperSandbox: AgentKeeperStage {
    let folder: FileSandbox
    let keeper: any AgentKeeper
    let leg: AgentLeg

    init() throws {
        folder = try FileSandbox()
        let tests = try #require(ExecutablePath.current()).split(separator: "/").dropLast()
        let program = "/" + tests.joined(separator: "/") + "/orch"
        keeper = FileKeeper(executable: program, console: HostConsole())
        leg = AgentLeg(
            number: 1, attemptDirectory: "\(folder.path)/attempt", worktree: folder.path,
            environment: ["PATH": "/usr/bin:/bin"])
    }

    deinit { FileKeeper.endAgents(of: "\(folder.path)/attempt") }

    func start(_ script: String, input: AgentLaunch.Input = .nothing) throws -> any AgentProcess {
        try keeper.start(launch(script, input: input), in: leg)
    }

    func launch(_ acts: [AgentKeeperContract.Act]) -> AgentLaunch {
        let script = acts.map { act in
            switch act {
            case .say(let text): "echo '\(text)'"
            case .awaitInput: "read -r line"
            case .awaitEndOfInput: "cat >/dev/null"
            case .exit(let status): "exit \(status)"
            case .hang: "exec tail -f /dev/null"
            }
        }
        return launch(script.joined(separator: "\n"), input: .conversation)
    }

    private func launch(_ script: String, input: AgentLaunch.Input) -> AgentLaunch {
        var launch = AgentLaunch(program: "/bin/sh", arguments: ["-c", script])
        launch.input = input
        return launch
    }
}
