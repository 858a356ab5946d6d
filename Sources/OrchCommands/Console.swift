import Platform
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Standard output and standard error: results go to the first, everything about them to the second.
enum Console {
    /// Writes a line, or text that ends with one.
    static func out(_ text: String) { write(text, to: STDOUT_FILENO) }

    static func err(_ text: String) { write(text, to: STDERR_FILENO) }

    /// As it stands, without a line end.
    static func raw(_ text: String) { writeAll(Array(text.utf8), to: STDOUT_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) {
        writeAll(Array((text.hasSuffix("\n") ? text : text + "\n").utf8), to: descriptor)
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
        do throws(SystemError) {
            try FileDescriptor.writeAll(bytes, to: descriptor, subject: names[descriptor] ?? "output")
        } catch {
            // A reader that has gone (`orch task list | head`) is no error of ours.
            if error.code != EPIPE { failure.withLock { $0 = $0 ?? error } }
        }
    }

    private static let names = [STDOUT_FILENO: "standard output", STDERR_FILENO: "standard error"]

    private static let failure = Mutex<SystemError?>(nil)

    /// What was printed and did not arrive: the first reason; nil where all did.
    static var lostOutput: SystemError? { failure.withLock { $0 } }
}
