#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How a program ended.
package enum Exit: Equatable, Hashable, Sendable {
    /// By itself, with this status; 0 means success.
    case exited(Int32)
    /// By a signal that we did not send.
    case signalled(Int32)
    /// By us, since it ran longer than allowed.
    case timedOut
    /// By us, since the caller was asked to stop; or it was never started for that reason.
    case cancelled

    /// Reads what waitpid(2) returned.
    init(waitStatus status: Int32) {
        // The macros WIFEXITED and so on are not visible to Swift. Layout: the signal in 7 bits, 0 for a
        // normal end, whose status is then in the second byte.
        let signal = status & 0x7f
        self = signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
    }
}

extension Exit: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .signalled(let signal): "ended by signal \(signal) (\(String(cString: strsignal(signal))))"
        case .timedOut: "timed out"
        case .cancelled: "cancelled"
        }
    }
}

/// What came of one run of a command.
package struct Output: Equatable, Sendable {
    package let exit: Exit
    package let standardOutput: [UInt8]
    package let standardError: [UInt8]
    /// Whether it wrote more than `Command.Limits.outputBytes`.
    package let isOutputTruncated: Bool
    package let isErrorTruncated: Bool
    /// From the start to the end of the program, on the monotonic clock.
    package let elapsed: Duration

    package var succeeded: Bool { exit == .exited(0) }

    /// The output as text; bytes that are not UTF-8 are replaced.
    package var text: String { String(decoding: standardOutput, as: UTF8.self) }
    package var errorText: String { String(decoding: standardError, as: UTF8.self) }

    static let neverStarted = Output(
        exit: .cancelled, standardOutput: [], standardError: [], isOutputTruncated: false,
        isErrorTruncated: false,
        elapsed: .zero)
}
