import KitTesting
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs the real shells and manual formatters that the generated texts are for.
enum ExternalProgram {
    struct Outcome: Equatable {
        /// nil when the program did not end by itself in time.
        let status: Int32?
        /// Both streams as they came.
        let output: String
    }

    struct SystemFailure: Error {
        let call: String
        let code: Int32
    }

    /// A shell with completions loaded takes some milliseconds; this is for a machine under load.
    static let timeLimit: Duration = .seconds(120)
    static let outputLimitBytes = 1 << 20

    static func isInstalled(_ name: String) -> Bool {
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return folders.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    static var isRequired: Bool { getenv("CI").map { String(cString: $0) } == "true" }

    /// The program finds `input` on its standard input.
    static func run(_ words: String..., input: String = "") throws -> Outcome {
        let (source, output) = (try scratchFile(), try scratchFile())
        defer {
            close(source)
            close(output)
        }
        try write(input, to: source)
        let process = try spawn(words, input: source, output: output)
        let status = wait(for: process)
        return Outcome(status: status, output: try readAll(of: output))
    }

    private static func spawn(_ words: [String], input: Int32, output: Int32) throws -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (from, to) in [(input, 0), (output, 1), (output, 2)] {
            posix_spawn_file_actions_adddup2(&actions, from, Int32(to))
        }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, words[0], &actions, nil, &arguments, environ)
        guard code == 0 else { throw SystemFailure(call: "posix_spawnp \(words[0])", code: code) }
        return process
    }

    private static func wait(for process: pid_t) -> Int32? {
        let deadline = ContinuousClock.now + timeLimit
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 {
            guard ContinuousClock.now < deadline else {
                kill(process, SIGKILL)
                waitpid(process, &status, 0)
                return nil
            }
            poll(nil, 0, 2)
        }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
    }

    /// Already unlinked: only the descriptor keeps it.
    private static func scratchFile() throws -> Int32 {
        var template = Array("\(Scratch.parent)/arguments-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw SystemFailure(call: "mkstemp", code: errno) }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    private static func write(_ text: String, to descriptor: Int32) throws {
        let bytes = Array(text.utf8)
        guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
            throw SystemFailure(call: "pwrite", code: errno)
        }
    }

    private static func readAll(of descriptor: Int32) throws -> String {
        var bytes = [UInt8](repeating: 0, count: outputLimitBytes)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else { throw SystemFailure(call: "pread", code: errno) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips the test where the program is absent, except in CI, where it must be there.
    static func requires(_ program: String) -> Self {
        .enabled(
            if: ExternalProgram.isInstalled(program) || ExternalProgram.isRequired,
            "needs \(program), not installed")
    }
}
