extension Command {
    /// Runs it to its end and returns what it wrote.
    ///
    /// The program leads a session of its own. When this returns, it has been reaped and nothing of its
    /// process group is left, also where it ended by itself; who starts something to stay uses
    /// `Child.detached`, or leaves the group as daemons do. A daemon that keeps the output open delays the
    /// return by 250 ms, no longer. A non-zero exit is not an error here: see `Output.exit`.
    ///
    /// - Parameter cancelledBy: a descriptor, such as that of a `SignalPipe`; as soon as it is readable the
    ///   command is ended like after a time-out, with `.cancelled`. It is not read from.
    package func run(cancelledBy: Int32? = nil) throws(SubprocessError) -> Output {
        var pool = ExecutionPool([self], atMost: 1, cancelledBy: cancelledBy)
        // One command in, one result out.
        return try pool.run()[0].get()
    }

    /// Runs several at once and returns their results in the order given.
    ///
    /// One that fails does not disturb the others.
    /// - Parameters:
    ///   - limit: how many run at the same time; at least 1.
    ///   - cancelledBy: as for `run`; those not started yet are not started and end with `.cancelled`.
    package static func runAll(
        _ commands: [Command], atMost limit: Int, cancelledBy: Int32? = nil
    ) -> [Result<Output, SubprocessError>] {
        var pool = ExecutionPool(commands, atMost: limit, cancelledBy: cancelledBy)
        return pool.run()
    }
}
