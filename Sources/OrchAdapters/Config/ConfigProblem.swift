import OrchCore
package import YAML

/// One thing that is wrong with the configuration, where it stands, and what to do about it.
package struct ConfigProblem: Equatable, Sendable {
    package let severity: Severity
    package let place: Place
    /// The key as a person writes it, `workflow.max_attempts`; empty when it is about the file as a whole.
    package let key: String
    /// One sentence without a full stop, the written value included. It shows no value of a variable.
    package let problem: String
    package let fix: String

    package enum Severity: String, Sendable {
        /// What was written cannot be obeyed: whoever depends on it does not run.
        case error
        /// It has no effect, or not the expected one.
        case warning
    }

    package enum Place: Hashable, Sendable {
        /// nil: the file as a whole.
        case file(String, Mark?)
        /// A variable of the environment.
        case variable(String)
        /// An argument of the command, by the name that help gives it.
        case argument(String)
    }

    package init(
        _ severity: Severity, at place: Place, key: String = "", problem: String, fix: String
    ) {
        self.severity = severity
        self.place = place
        self.key = key
        self.problem = problem
        self.fix = fix
    }
}

extension ConfigProblem: CustomStringConvertible {
    /// `PATH:LINE:COLUMN: error: KEY: PROBLEM; FIX`, which editors and CI take for a compiler's message.
    package var description: String {
        let subject = key.isEmpty ? "" : "\(key): "
        return "\(place): \(severity): \(subject)\(problem); \(fix)"
    }
}

extension ConfigProblem.Severity: CustomStringConvertible {
    package var description: String { rawValue }
}

extension ConfigProblem.Place: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let path, let mark?): "\(path):\(mark)"
        case .file(let path, nil): path
        case .variable(let name): "environment variable \(name)"
        case .argument(let name): "argument \(name)"
        }
    }
}

/// A configuration that cannot be used, with everything that is wrong with it.
package struct ConfigError: Explained, Equatable {
    /// All of them, warnings too, in the order in which they were found.
    package let problems: [ConfigProblem]

    package init(_ problems: [ConfigProblem]) { self.problems = problems }

    /// Whether it is about the words of a command, rather than about a file or variable.
    package var isUsage: Bool {
        problems.contains { problem in
            if case .argument = problem.place { true } else { false }
        }
    }

    package var problem: String {
        let errors = problems.filter { $0.severity == .error }
        guard let first = errors.first else { return "the configuration cannot be used" }
        let subject = first.key.isEmpty ? "" : "\(first.key): "
        let others = errors.count == 1 ? "" : " (and \(errors.count - 1) more)"
        return "\(first.place): \(subject)\(first.problem)\(others)"
    }

    package var fix: String {
        let errors = problems.filter { $0.severity == .error }
        guard errors.count == 1, let only = errors.first else {
            return "see all of them with `orch config check`"
        }
        return only.fix
    }
}
