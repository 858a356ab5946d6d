package import Subprocess

/// Programs of a test's own.
package enum Executable {
    /// Makes a file that can be run, now and by anybody.
    ///
    /// Another process writes it. Were it this one, then a program that another test is just starting would
    /// have a copy of the descriptor for a moment, and what is open for writing cannot be run: `ETXTBSY`,
    /// once in thousands of times.
    package static func write(_ text: String, to path: String, mode: UInt16 = 0o755) throws(SubprocessError) {
        let script = #"rm -f "$2" && cat >"$2" && chmod "$1" "$2""#
        let command = Command("/bin/sh", "-c", script, "sh", String(mode, radix: 8), path).with {
            $0.environment = ["PATH": "/usr/bin:/bin"]
            $0.input = .text(text)
        }
        let output = try command.run()
        precondition(output.succeeded, "cannot write \(path): \(output.errorText)")
    }
}
