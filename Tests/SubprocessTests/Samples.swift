import Subprocess

extension Command {
    /// The variables that every program of these tests gets.
    static let plain: Environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"]

    /// A script for the POSIX shell.
    static func shell(_ script: String) -> Command {
        plain("sh", "-c", script)
    }

    static func plain(_ program: String, _ arguments: String...) -> Command {
        Command(program, arguments: arguments).with { $0.environment = Command.plain }
    }
}
