import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The program behind `orch keep-agent DIR -- PROGRAM ARGUMENTS…`: keeps one agent.
///
/// It stands between host and agent, in a session of its own, so that the agent survives a host (and a tmux
/// server) that is killed. It holds the agent's input open, collects its exit status, writes it down, and
/// takes every descendant of the agent with it.
///
/// - SIGUSR1: close the agent's input.
/// - SIGTERM: end the agent: TERM to its group, then KILL.
package enum AgentWarden {
    /// How long an agent may take to end after TERM.
    static let grace: Duration = .seconds(10)
    /// How long what it leaves behind may take.
    static let reapingTime: Duration = .seconds(3)
    /// Exit status where another keeper has this leg.
    package static let alreadyKept: Int32 = 75
    package static let signals = [SIGUSR1, SIGTERM, SIGINT, SIGHUP]

    /// - Returns: the exit status of the keeper itself.
    package static func run(directory: String, command words: [String]) throws -> Int32 {
        let folder = LegFolder(path: directory)
        guard let lock = try takeLock(folder) else { return alreadyKept }
        guard folder.exitStatus() == nil, let program = words.first else { return 0 }
        if let me = ProcessIdentity.current() { try folder.record(keeper: me) }
        try Subreaper.setEnabled(true)
        let status = try keep(Command(program, arguments: Array(words.dropFirst())), in: folder)
        try folder.record(exit: status)
        extendLifetime(lock)
        return 0
    }

    /// More than once, because whoever looks whether it is held holds it for an instant.
    private static func takeLock(_ folder: LegFolder) throws -> KeeperLock? {
        for _ in 0..<20 {
            if let lock = try KeeperLock(folder.lock) { return lock }
            if folder.keeperIdentity()?.isAlive == true { return nil }
            usleep(5_000)
        }
        return nil
    }

    private static func keep(_ command: Command, in folder: LegFolder) throws -> Int32 {
        let signals = try SignalPipe(signals)
        var input = try HeldInput(folder)
        guard let child = try start(command, in: folder) else { return 127 }
        var poll = EventPoll<Bool>()
        poll.watch(signals.descriptor, for: .readable, as: true)
        poll.watch(child.exitDescriptor, for: .readable, as: false)
        var killAt: MonotonicTime?
        while true {
            if let exit = try child.tryWait() {
                reap(after: child)
                // Nobody reads it, so without this the optimizer closes it as soon as it is open.
                extendLifetime(input)
                return status(of: exit)
            }
            let events = try poll.wait(timeout: killAt.map { $0 - .now() })
            if let time = killAt, time < .now() {
                child.signalGroup(SIGKILL)
                killAt = nil
            }
            guard events.contains(where: \.source) else { continue }
            for signal in signals.take() where signal != SIGHUP {
                if signal == SIGUSR1 {
                    input.release()
                } else if killAt == nil {
                    child.signalGroup(SIGTERM)
                    killAt = .now() + grace
                }
            }
        }
    }

    /// nil where it could not be started; its standard error says why, as a shell's would.
    private static func start(_ command: Command, in folder: LegFolder) throws -> Child? {
        do throws(SubprocessError) {
            return try Child(
                command.with { $0.environment = .current() }, streams(of: folder), group: .newSession)
        } catch {
            let file = try FileDescriptor(opening: folder.error, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
            try file.writeAll(Array("\(error.problem)\n".utf8), subject: folder.error)
            return nil
        }
    }

    private static func streams(of folder: LegFolder) -> Child.Streams {
        let input: Child.Stream =
            if FileStatus.ifPresent(folder.fifo) != nil {
                .file(folder.fifo)
            } else if FileStatus.ifPresent(folder.inputText) != nil {
                .file(folder.inputText)
            } else {
                .null
            }
        return Child.Streams(input: input, output: .file(folder.output), error: .file(folder.error))
    }

    private static func status(of exit: Exit) -> Int32 {
        switch exit {
        case .exited(let status): status
        case .signalled(let signal): 128 + signal
        case .timedOut, .cancelled: 124
        }
    }

    /// What the agent started and left behind (servers, watchers) goes with it: as their subreaper this
    /// process has them as descendants, whatever session they moved to.
    private static func reap(after child: borrowing Child) {
        child.signalGroup(SIGTERM)
        end(with: SIGTERM, for: reapingTime)
        child.signalGroup(SIGKILL)
        end(with: SIGKILL, for: reapingTime)
    }

    private static func end(with signal: Int32, for time: Duration) {
        var told: Set<Int32> = []
        var wait = GrowingPause(patience: time)
        repeat {
            while waitpid(-1, nil, WNOHANG) > 0 {}
            let left = ProcessTree.descendants(of: getpid())
            if left.isEmpty { return }
            // Each round finds what was started since; a second TERM means haste to some programs.
            for pid in left where told.insert(pid).inserted { kill(pid, signal) }
        } while wait.pause()
    }
}

/// The agent's end of the FIFO, held open for it: an agent whose host dies must not take that
/// for the end of its input.
private struct HeldInput: ~Copyable {
    private var descriptor: FileDescriptor?

    init(_ folder: LegFolder) throws(SystemError) {
        guard FileStatus.ifPresent(folder.fifo) != nil else { return }
        // For reading too, so that opening does not wait for a reader.
        descriptor = try FileDescriptor(opening: folder.fifo, O_RDWR | O_CLOEXEC)
    }

    mutating func release() { descriptor = nil }
}
