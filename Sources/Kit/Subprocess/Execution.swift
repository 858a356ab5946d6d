import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One started command on its way to an `Output`; driven by the poll loop of `ExecutionPool`.
///
/// The child stays unreaped until the very end: as long as it is at least a zombie its number belongs to it,
/// so the signals sent here reach its group and no stranger's.
final class Execution {
    /// What the loop waits for.
    enum Stream: Sendable {
        case input, output, error, exit
    }

    private enum Stage {
        case running
        /// SIGTERM was sent.
        case terminating
        /// SIGKILL was sent.
        case killed
        /// The program has ended; its output may still be held open by others.
        case draining
        case finished
    }

    /// How long others in its group may go on writing after the program itself has ended, as the last part of
    /// a shell pipeline does for a moment.
    static let drainLimit = Duration.milliseconds(250)
    /// How often the group of a program that has ended is looked at, while it may still clean up.
    private static let groupInterval = Duration.milliseconds(10)
    /// How long a process may take to end after SIGKILL; only one stuck in a broken disk or network needs it.
    static let killLimit = Duration.seconds(10)

    private let grace: Duration
    private let pid: Int32
    private let started: MonotonicTime
    private var ended: MonotonicTime?
    private let exitWatch: ExitWatch
    private var input: InputFeeder
    private var output: OutputCollector
    private var error: OutputCollector
    private var stage = Stage.running
    /// When `advance` has something to do even if nothing is ready.
    private(set) var deadline: MonotonicTime
    /// When the group that was asked to end has had its time to do so; nil before it is asked.
    private var graceEnd: MonotonicTime?
    /// Set when we decided the end, not the program.
    private var imposed: Exit?

    init(_ command: Command) throws(SubprocessError) {
        let plumbing = try Plumbing.laid(for: command)
        started = .now()
        deadline = started + command.limits.timeout
        grace = command.limits.grace
        pid = try Spawn.start(command, plumbing.standard, group: .newSession)
        exitWatch = try ExitWatch.starting(pid, group: .newSession)
        input = plumbing.input
        output = plumbing.output
        error = plumbing.error
    }

    /// What it waits for now, with the descriptors.
    func forEachStream(_ body: (Int32, Stream) -> Void) {
        if let descriptor = input.descriptor { body(descriptor, .input) }
        if let descriptor = output.descriptor { body(descriptor, .output) }
        if let descriptor = error.descriptor { body(descriptor, .error) }
        // It stays readable, so once seen it must not wake the loop again.
        if stage != .draining { body(exitWatch.descriptor.raw, .exit) }
    }

    func handle(_ stream: Stream, at now: MonotonicTime, using buffer: inout [UInt8]) {
        switch stream {
        case .input: input.write()
        case .output: _ = output.read(using: &buffer)
        case .error: _ = error.read(using: &buffer)
        case .exit:
            ended = now
            input.close()
            // Asked to stop, the rest of the group keeps its time to do so: see `advance`.
            if stage != .terminating { deadline = now + Self.drainLimit }
            stage = .draining
        }
    }

    /// Takes the step that is due, if any.
    /// - Returns: whether there is nothing left but to `finish`.
    func advance(at now: MonotonicTime) -> Bool {
        if stage == .draining, output.descriptor == nil, error.descriptor == nil {
            if let graceEnd, now < graceEnd, isGroupAlive {
                deadline = min(graceEnd, now + Self.groupInterval)
            } else {
                stage = .finished
            }
        }
        guard now >= deadline else { return stage == .finished }
        switch stage {
        case .running: end(as: .timedOut, at: now)
        case .terminating:
            signalGroup(SIGKILL)
            stage = .killed
            deadline = now + Self.killLimit
        case .killed, .draining, .finished: stage = .finished
        }
        return stage == .finished
    }

    /// Asks its group to end. One that is ending already goes on doing so.
    func end(as exit: Exit, at now: MonotonicTime) {
        guard stage == .running else { return }
        imposed = exit
        stage = .terminating
        deadline = now + grace
        graceEnd = deadline
        signalGroup(SIGTERM)
        // A stopped process does not see the signal before it is continued.
        signalGroup(SIGCONT)
    }

    /// Ends what is left of the group, collects the child and what it wrote.
    func finish(using buffer: inout [UInt8]) -> Result<Output, SubprocessError> {
        signalGroup(SIGKILL)
        output.readRest(using: &buffer)
        error.readRest(using: &buffer)
        do throws(SystemError) {
            let own = try Reaper.reap(pid)
            // Without an exit of its own it was stuck after SIGKILL: we had ended it, so `imposed` is there.
            return .success(outcome(imposed ?? own ?? .timedOut))
        } catch {
            return .failure(.cannotWait(error))
        }
    }

    private func outcome(_ exit: Exit) -> Output {
        Output(
            exit: exit, standardOutput: output.bytes, standardError: error.bytes,
            isOutputTruncated: output.isTruncated, isErrorTruncated: error.isTruncated,
            elapsed: (ended ?? .now()) - started)
    }

    /// Whether anybody is left in the group but zombies, of which the program itself is one until it is
    /// reaped: so kill(2) cannot tell.
    private var isGroupAlive: Bool {
        ProcessRecord.all().contains { !$0.isZombie && getpgid($0.pid) == pid }
    }

    private func signalGroup(_ signal: Int32) {
        // Fails only when nobody is left in it.
        _ = kill(-pid, signal)
    }
}
