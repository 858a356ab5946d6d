package import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A running program with one owner, for those that live long and are talked to meanwhile.
///
/// As long as this value lives the process id stays the child's, also after it has ended, so that signals
/// cannot reach a stranger. When it goes, the group is killed and the child reaped; see `leave` for the other
/// way.
package struct Child: ~Copyable {
    /// Which process group and session the child belongs to.
    package enum Group: Equatable, Sendable {
        /// A session of its own, without a terminal.
        case newSession
        /// A group of its own in our session.
        case new
        /// Ours: for programs that use the terminal. Signals go to the child alone.
        case ours
    }

    package let pid: Int32
    let group: Group
    let exitWatch: ExitWatch
    var input: FileDescriptor?
    var output: FileDescriptor?
    var error: FileDescriptor?
    private var isLeft = false

    /// Starts `command`; its `input` and `limits` are for `run` and not used here.
    package init(
        _ command: Command, _ streams: Streams = Streams(), group: Group = .newSession
    ) throws(SubprocessError) {
        let ends = try Ends(streams, of: command)
        let pid = try Spawn.start(command, ends.standard, group: group)
        let watch = try ExitWatch.starting(pid, group: group)
        exitWatch = watch
        self.pid = pid
        self.group = group
        input = ends.input
        output = ends.output
        error = ends.error
    }

    /// Starts a program that outlives this one, in a session of its own and with `/dev/null` for what is not
    /// given.
    ///
    /// If this process lives on, it has to `reap` the program one day; if it ends first, init does.
    /// - Returns: its process id.
    package static func detached(
        _ command: Command, output: Stream = .null, error: Stream = .asOutput
    ) throws(SubprocessError) -> Int32 {
        try Child(command, Streams(input: .null, output: output, error: error)).leave()
    }

    /// Collects a child that was left: how it ended, or nil while it runs.
    package static func reap(_ pid: Int32) throws(SystemError) -> Exit? {
        try Reaper.reap(pid)
    }

    /// Closes our ends and lets the program run on.
    /// - Returns: its process id.
    package consuming func leave() -> Int32 {
        isLeft = true
        return pid
    }

    /// Sends a signal to the child's group; true when it reached anyone.
    @discardableResult
    package borrowing func signalGroup(_ signal: Int32) -> Bool {
        kill(group == .ours ? pid : -pid, signal) == 0
    }

    deinit {
        if isLeft { return }
        signalGroup(SIGKILL)
        // Nobody is left to tell if it is stuck in the kernel even so, or somebody else has reaped it.
        _ = try? awaitExit(until: .now() + Execution.killLimit)
        _ = try? Reaper.reap(pid)
    }
}
