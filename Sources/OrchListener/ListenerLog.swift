import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the listener says of itself, a line each, on standard error: the journal's, or a terminal.
package struct ListenerLog: Sendable {
    private static let prefix = "orch listen:"

    package init() {}

    package func note(_ text: String) { write("\(Self.prefix) \(text)") }

    /// What is wrong and, on a line of its own, what to do.
    package func error(_ error: any Error) {
        let (problem, fix) = Self.words(of: error)
        write("\(Self.prefix) \(problem)" + (fix.isEmpty ? "" : "\n  → \(fix)"))
    }

    private static func words(of error: any Error) -> (problem: String, fix: String) {
        switch error {
        case let error as any Explained: (error.problem, error.fix)
        case let error as SystemError: (error.problem, error.fix)
        default: (String(describing: error), "")
        }
    }

    private func write(_ line: String) {
        // A log that cannot be written is no reason to stop: there is nobody to tell.
        try? FileDescriptor.writeAll(Array((line + "\n").utf8), to: STDERR_FILENO, subject: "standard error")
    }
}
