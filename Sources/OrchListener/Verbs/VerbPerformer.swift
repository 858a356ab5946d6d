package import JSON
import OrchCore
package import Subprocess

/// What came of a verb.
package enum VerbOutcome: Equatable, Sendable {
    /// `orch` did it, and answered this.
    case done(JSONValue)
    /// `orch` refused or failed, in its own words. `status` is its exit status: 2 is wrong usage, 3 wrong
    /// configuration, 1 everything else; nil where it did not end by itself.
    case failed(problem: String, fix: String, status: Int32?)
}

/// Performs verbs by running `orch`, so that whatever a person asks for here is what the command does, with
/// its checks and its line in the audit.
package struct VerbPerformer: Sendable {
    /// Who asks, and by which message.
    package struct Origin: Equatable, Sendable {
        /// `telegram:4711`, `api:ada`.
        package let actor: String
        /// The same when the same message is dealt with again after a crash: what makes something is done
        /// once. nil: every time is a new one.
        package let request: String?

        package init(actor: String, request: String? = nil) {
            self.actor = actor
            self.request = request
        }
    }

    /// What a person waits for. A merge takes a few calls of GitHub's.
    package static let timeout: Duration = .seconds(90)
    /// Ten thousand tasks listed as JSON fit.
    package static let outputLimitBytes = 16 << 20

    private let program: String
    private let environment: Command.Environment
    /// Outside of any project, so that none is meant by accident.
    private let directory: String

    package init(program: String, environment: [String: String], directory: String) {
        self.program = program
        self.directory = directory
        // What the listener was started in is not where the person is.
        let own = environment.filter { !["PROJECT_DIR", "OLDPWD", "PWD"].contains($0.key) }
        self.environment = Command.Environment(own)
    }

    package func command(for verb: Verb, from origin: Origin) -> Command {
        let spelling = verb.spelling
        return Command(program, arguments: spelling.arguments).with {
            $0.environment = environment
            $0.environment["ORCH_ACTOR"] = origin.actor
            $0.environment["ORCH_REQUEST"] = origin.request
            $0.environment["NO_COLOR"] = "1"
            $0.workingDirectory = directory
            $0.input = spelling.input
            $0.limits = Command.Limits(timeout: Self.timeout, outputBytes: Self.outputLimitBytes)
        }
    }

    /// Blocks until it is done: for a worker's thread.
    package func perform(_ verb: Verb, from origin: Origin) -> VerbOutcome {
        do throws(SubprocessError) {
            return Self.outcome(of: try command(for: verb, from: origin).run())
        } catch {
            return .failed(problem: error.problem, fix: error.fix, status: nil)
        }
    }

    static func outcome(of output: Output) -> VerbOutcome {
        switch output.exit {
        case .exited(0):
            // A command that prints nothing has nothing to say.
            if output.text.allSatisfy(\.isWhitespace) { return .done(.null) }
            guard !output.isOutputTruncated, let answer = try? JSONValue(parsing: output.text) else {
                return .failed(
                    problem: "`orch` did it, and its answer cannot be read",
                    fix: "see that `orch` and `orch-listener` are of one version", status: 0)
            }
            return .done(answer)
        case .exited(let status): return failure(output, status: status)
        case .timedOut:
            return .failed(
                problem: "`orch` did not answer within \(timeout.brief)",
                fix: "`orch doctor` looks into it; look before you ask again: it may be done", status: nil)
        case .signalled, .cancelled:
            return .failed(
                problem: "`orch` was ended: \(output.exit)",
                fix: "look before you ask again: it may be done", status: nil)
        }
    }

    /// With `--json` an error is the last line of standard error, after what a person would be told on the
    /// way.
    private static func failure(_ output: Output, status: Int32) -> VerbOutcome {
        let lines = output.errorText.split(whereSeparator: \.isNewline)
        if let line = lines.last, let fields = try? JSONValue(parsing: String(line)),
            let problem = fields["error"].string
        {
            return .failed(problem: problem, fix: fields["fix"].string ?? "", status: status)
        }
        let words = lines.suffix(3).joined(separator: "\n").clipped(toBytes: 1000)
        return .failed(
            problem: words.isEmpty ? "`orch` failed with status \(status)" : words,
            fix: "`orch doctor` looks into it",
            status: status)
    }
}
