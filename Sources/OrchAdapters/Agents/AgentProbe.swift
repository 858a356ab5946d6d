package import Subprocess

/// What an installed agent says about itself; for `orch agents` and `orch doctor`, never in a tick.
package enum AgentProbe {
    /// How many are asked together: some load hundreds of megabytes to say a number, and more of them only
    /// wait for each other.
    package static let atOnce = 4

    /// A program that loads 300 MB from a cold disk is slow to print its version.
    private static let limits = Command.Limits(timeout: .seconds(20), outputBytes: 256 << 10)

    package static func version(_ program: String, environment: Command.Environment) -> Command {
        command(program, ["--version"], environment)
    }

    package static func codexAppServer(_ program: String, environment: Command.Environment) -> Command {
        command(program, ["app-server", "--help"], environment)
    }

    /// The version, the first line that holds a digit; nil where the program fails or says nothing of the
    /// kind.
    package static func readVersion(_ output: Output) -> String? {
        guard output.succeeded else { return nil }
        let lines = output.text.split(whereSeparator: \.isNewline)
        return lines.first { $0.contains(where: \.isNumber) }.map { AgentTranscript.line(String($0)) }
    }

    /// Whether the installed Codex has an app server: one that does not know the word takes it for a
    /// prompt, or fails.
    package static func readAppServer(_ output: Output) -> Bool {
        output.succeeded && output.text.contains("app-server [OPTIONS]")
    }

    private static func command(
        _ program: String, _ arguments: [String], _ environment: Command.Environment
    ) -> Command {
        Command(program, arguments: arguments).with {
            $0.environment = environment
            $0.limits = limits
        }
    }
}
