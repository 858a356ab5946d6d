import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

/// A tmux server of one test's own, in a folder of its own; ended with the test.
final class TmuxSandbox {
    let root = "/tmp/orch-tmux-\(UInt32.random(in: .min ... .max))"
    let environment: [String: String]
    let path = Command.Environment.current()["PATH"] ?? ""
    private(set) var commands: [Command] = []

    init(adding extra: [String: String] = [:]) throws {
        try Directory.make(root, mode: 0o700)
        environment = ["PATH": path, "HOME": root, "TMUX_TMPDIR": root, "SHELL": "/bin/sh"].merging(extra) {
            $1
        }
    }

    deinit {
        _ = try? tmux("kill-server")
        try? Directory.remove(root)
    }

    var sessions: TmuxSessions {
        TmuxSessions(socket: "test", environment: environment) { [self] command throws(SubprocessError) in
            commands.append(command)
            return try command.run()
        }
    }

    /// Asks the server by hand.
    func tmux(_ arguments: String...) throws -> String {
        let command = Command("tmux", arguments: ["-L", "test"] + arguments).with {
            $0.environment = ["PATH": path, "TMUX_TMPDIR": root]
        }
        return try command.run().text
    }

    /// What a client says whose server goes away under it.
    var lostServer: Command {
        Command("/bin/sh", arguments: ["-c", "echo 'server exited unexpectedly' >&2; exit 1"])
    }

    func shell(_ script: String, _ variables: [String: String] = [:]) -> SessionCommand {
        SessionCommand(
            program: "/bin/sh", arguments: ["-c", script],
            environment: variables.merging(["PATH": path]) { $1 },
            directory: root)
    }
}

/// Waits for what another process does.
enum Eventually {
    /// Asks again and again until `condition` holds; false when it does not within a minute.
    static func holds(_ condition: () throws -> Bool) rethrows -> Bool {
        var wait = GrowingPause(patience: .seconds(60))
        while true {
            if try condition() { return true }
            if !wait.pause() { return false }
        }
    }
}
