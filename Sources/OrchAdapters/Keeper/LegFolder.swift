import JSON
import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files of one leg, as keeper and host share them.
///
///     output.ndjson   the agent's standard output, as it came
///     stderr.txt      its standard error
///     input           a FIFO to its standard input, where it takes input while it runs
///     input.txt       its standard input, where that is known beforehand
///     keeper.lock     locked (flock) as long as the keeper lives
///     keeper.json     who the keeper is
///     exit.json       how the agent ended: {"status":0}
struct LegFolder: Sendable {
    let path: String

    var output: String { "\(path)/output.ndjson" }
    var error: String { "\(path)/stderr.txt" }
    var fifo: String { "\(path)/input" }
    var inputText: String { "\(path)/input.txt" }
    var lock: String { "\(path)/keeper.lock" }
    var keeper: String { "\(path)/keeper.json" }
    var exit: String { "\(path)/exit.json" }

    /// The variable by which every process of the leg is known as ours.
    static let mark = "ORCH_LEG"

    /// A keeper that was killed took nobody with it: what carries the leg's mark is ended here.
    ///
    /// What cleared its environment before it left its session is not found; while a keeper lives, nothing
    /// gets away from it.
    func endOrphans() {
        for pid in ProcessEnvironment.processes(with: Self.mark, equalTo: path) { kill(pid, SIGKILL) }
    }

    /// None of these files is larger: they are written by orch alone.
    private static let limitBytes = 1 << 16

    /// How the agent ended, 128 + n for a signal; nil while nobody has written it down.
    func exitStatus() -> Int32? {
        guard let value = json(at: exit)?["status"].int else { return nil }
        return Int32(clamping: value)
    }

    func record(exit status: Int32) throws(SystemError) {
        try AtomicFile.write(JSONValue.object(["status": .int(Int64(status))]).utf8(), to: exit, mode: 0o600)
    }

    func record(keeper identity: ProcessIdentity) throws(SystemError) {
        let value = JSONValue.object(["identity": .string(identity.description)])
        try AtomicFile.write(value.utf8(), to: keeper, mode: 0o600)
    }

    /// The keeper, whether it lives or not; nil where none has ever reported.
    func keeperIdentity() -> ProcessIdentity? {
        json(at: keeper)?["identity"].string.flatMap { ProcessIdentity($0) }
    }

    /// The last `limit` bytes of standard error.
    func errorTail(limit: Int) -> String {
        guard let size = FileStatus.ifPresent(error)?.sizeBytes,
            let file = try? FileDescriptor(opening: error, O_RDONLY)
        else { return "" }
        lseek(file.raw, off_t(max(0, Int(size) - limit)), SEEK_SET)
        guard let bytes = try? file.readToEnd(limit: limit + Self.limitBytes, subject: error) else {
            return ""
        }
        return String(decoding: bytes.suffix(limit), as: UTF8.self)
    }

    /// A file that is not there, or torn, says nothing; both are ordinary between two
    /// steps of another process.
    private func json(at path: String) -> JSONValue? {
        guard let bytes = try? WholeFile.readIfPresent(path, limitBytes: Self.limitBytes) else { return nil }
        return try? JSONValue(parsing: bytes)
    }
}
