import OrchAdapters
import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files of a loop that serves: who it is, that it is the only one, and its log.
struct V0ServePlaces {
    let log: String
    private let archive: String
    private let pidFile: String
    /// Beside the pid's file, with the same number: the loop is orch's own (`V0State.servingProcess`).
    private var mark: String { "\(pidFile).orch" }
    private let lock: String
    private let tail: String

    /// More of an old log is not kept in memory at once.
    private static let logLimitBytes = 256 << 20

    init(_ call: V0Call) {
        let state = call.stateDirectory
        log = call.variable("LOG_FILE") ?? "\(state)/orchestrator.log"
        archive = call.variable("ARCHIVE_LOG") ?? "\(state)/orchestrator.archive.log"
        pidFile = call.variable("PID_FILE") ?? "\(state)/orchestrator.pid"
        lock = call.variable("SERVE_LOCK") ?? "\(state)/serve.lock"
        tail = call.variable("TAIL_PID_FILE") ?? "\(state)/tail.pid"
    }

    /// Makes this process the one that serves.
    ///
    /// - Returns: false where another one does; it has been said.
    func take(isRestarted: Bool, _ call: V0Call) throws -> Bool {
        try Directory.make(call.stateDirectory)
        let other = PIDFile(path: pidFile)
        if !isRestarted, other.isRunning, let pid = other.pid, pid != getpid() {
            return refuse("pid \(pid)", call)
        }
        // What a loop that is gone has left.
        if !isRestarted { rmdir(lock) }
        if mkdir(lock, 0o755) != 0, !isRestarted { return refuse("lock exists", call) }
        for file in [mark, pidFile] {
            try AtomicFile.write(Array("\(getpid())\n".utf8), to: file, mode: 0o644, durability: .none)
        }
        return true
    }

    private func refuse(_ reason: String, _ call: V0Call) -> Bool {
        call.say("Orchestrator already running (\(reason)).")
        call.say("Tip: use 'orchestrator restart' to stop and start again.")
        return false
    }

    /// Where the lock is another's by now, so is the file.
    func leave(_ call: V0Call) {
        guard PIDFile(path: pidFile).pid == getpid() else { return }
        PIDFile(path: pidFile).remove(call)
        unlink(mark)
        rmdir(lock)
    }

    /// The log of the last time goes to the end of the archive.
    func rotateLog() {
        // A log that cannot be moved stays where it is, and is written on.
        guard let old = try? WholeFile.readIfPresent(log, limitBytes: Self.logLimitBytes), !old.isEmpty,
            let file = try? FileDescriptor(opening: archive, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600),
            (try? file.writeAll(old, subject: archive)) != nil
        else { return }
        truncate(log, 0)
    }

    func append(_ line: String) {
        // A disk that is full must not end the loop.
        guard let file = try? FileDescriptor(opening: log, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600) else {
            return
        }
        try? file.writeAll(Array("\(line)\n".utf8), subject: log)
    }

    /// The log as it grows, on this terminal, until the loop ends.
    func showLog(_ call: V0Call) {
        let command = Command("tail", arguments: ["-n", "50", "-F", log])
        // Who cannot be shown it can look into it.
        guard let pid = try? Child.detached(command, output: .descriptor(STDOUT_FILENO)) else { return }
        try? AtomicFile.write(Array("\(pid)\n".utf8), to: tail, mode: 0o644, durability: .none)
    }
}
