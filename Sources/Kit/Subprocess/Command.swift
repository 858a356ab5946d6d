/// A program to run and everything it is given; a plain value, built without looking at the system.
///
/// There is no shell: each argument arrives as it is. Nothing is inherited but what `environment` names.
package struct Command: Equatable, Hashable, Sendable {
    /// What the program reads from its standard input.
    package enum Input: Equatable, Hashable, Sendable {
        /// Nothing: `/dev/null`.
        case none
        case bytes([UInt8])
        case file(String)

        package static func text(_ text: String) -> Input { .bytes(Array(text.utf8)) }
    }

    /// What stops a program that does not stop by itself.
    package struct Limits: Equatable, Hashable, Sendable {
        /// How long it may run.
        package var timeout: Duration
        /// How long its group may go on after SIGTERM before SIGKILL.
        package var grace: Duration
        /// How much of each stream is kept; the rest is read and dropped.
        package var outputBytes: Int

        package init(
            timeout: Duration = .seconds(60), grace: Duration = .seconds(2), outputBytes: Int = 8 << 20
        ) {
            precondition(outputBytes >= 0, "a limit is not negative")
            (self.timeout, self.grace, self.outputBytes) = (timeout, grace, outputBytes)
        }
    }

    /// A name, looked up on the `PATH` of `environment`; or, holding a slash, a path, relative to
    /// `workingDirectory`.
    package var program: String
    package var arguments: [String]
    package var environment = Environment()
    /// Nil means this process's own.
    package var workingDirectory: String?
    package var input = Input.none
    package var limits = Limits()

    package init(_ program: String, _ arguments: String...) {
        self.init(program, arguments: arguments)
    }

    package init(_ program: String, arguments: [String]) {
        (self.program, self.arguments) = (program, arguments)
    }

    /// The same command with some of it changed.
    package func with(_ change: (inout Command) -> Void) -> Command {
        var copy = self
        change(&copy)
        return copy
    }
}

/// The command line as a person would type it: quoted for a POSIX shell, without environment and input.
extension Command: CustomStringConvertible {
    package var description: String {
        let line = ([program] + arguments).map(ShellQuoting.quoted).joined(separator: " ")
        guard let workingDirectory else { return line }
        return "cd \(ShellQuoting.quoted(workingDirectory)) && \(line)"
    }
}
