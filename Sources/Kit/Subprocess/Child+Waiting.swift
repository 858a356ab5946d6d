package import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Child {
    /// Readable once the child has ended, and from then on: for an `EventPoll`.
    package var exitDescriptor: Int32 { exitWatch.descriptor.raw }

    /// How it ended; nil while it runs. May be asked again at any time.
    package borrowing func tryWait() throws(SystemError) -> Exit? {
        try Reaper.peek(pid)
    }

    /// Waits until it has ended.
    /// - Parameter deadline: nil waits for ever.
    /// - Returns: nil when it still runs at the deadline.
    package borrowing func wait(deadline: MonotonicTime?) throws(SystemError) -> Exit? {
        try awaitExit(until: deadline)
        return try tryWait()
    }

    /// Asks the group to end with SIGTERM, after `grace` with SIGKILL.
    /// - Returns: how the child ended; nil when it is stuck in the kernel after ten seconds more.
    package borrowing func end(grace: Duration) throws(SystemError) -> Exit? {
        signalGroup(SIGTERM)
        // A stopped process does not see the signal before it is continued.
        signalGroup(SIGCONT)
        if let exit = try wait(deadline: .now() + grace) { return exit }
        signalGroup(SIGKILL)
        return try wait(deadline: .now() + Execution.killLimit)
    }

    borrowing func awaitExit(until deadline: MonotonicTime?) throws(SystemError) {
        var poll = EventPoll<Void>()
        poll.watch(exitDescriptor, for: .readable, as: ())
        _ = try poll.wait(timeout: deadline.map { $0 - .now() })
    }
}
