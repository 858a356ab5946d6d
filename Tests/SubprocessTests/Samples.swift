import Platform
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

/// Asks again and again until `condition` holds; false when it still does not after ten seconds.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    var pause = EventPoll<Void>()
    let deadline = MonotonicTime.now() + .seconds(10)
    while MonotonicTime.now() < deadline {
        if try condition() { return true }
        // Waiting for nothing is a pause; it fails only without memory.
        _ = try? pause.wait(timeout: .milliseconds(2))
    }
    return try condition()
}
