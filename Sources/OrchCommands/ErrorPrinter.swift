import Arguments
import JSON
import OrchAdapters
import OrchCore
import OrchEngine
import Platform
import Subprocess

extension ArgumentsError: Explained {}
extension SystemError: Explained {}
extension SubprocessError: Explained {}

/// The one place that prints errors and picks exit statuses.
struct ErrorPrinter {
    let terminal: TerminalStyle

    /// - Returns: 2 for wrong usage, 3 for wrong configuration, 1 for everything else.
    func report(_ error: any Error, wantsJSON: Bool = false) -> Int32 {
        let status = Self.status(of: error)
        if wantsJSON {
            Console.err(Self.image(of: error).text())
        } else {
            Console.err(text(of: error))
        }
        return status
    }

    /// `orch: problem` and, on a line of its own, what to do.
    func text(of error: any Error) -> String {
        guard let error = error as? any Explained else { return "\(prefix) \(Printable.text("\(error)"))" }
        // What git, GitHub or an agent said stands in it.
        let (problem, fix) = (Printable.text(error.problem), Printable.text(error.fix))
        return "\(prefix) \(problem)" + (fix.isEmpty ? "" : "\n  \(terminal.dim("→")) \(fix)")
    }

    private var prefix: String { terminal.red("\(Program.name):") }

    static func status(of error: any Error) -> Int32 {
        switch error {
        case is ArgumentsError, is UsageError: 2
        case let error as ConfigError: error.isUsage ? 2 : 3
        default: 1
        }
    }

    static func image(of error: any Error) -> JSONValue {
        let explained = error as? any Explained
        return .object([
            "error": .string(explained?.problem ?? String(describing: error)),
            "fix": .string(explained?.fix ?? ""),
        ])
    }
}

/// Words that parse but make no sense together.
struct UsageError: Explained {
    let problem: String
    let fix: String
}

/// The words were right, and what they asked for did not come about.
struct CommandFailure: Explained {
    let problem: String
    let fix: String
}
