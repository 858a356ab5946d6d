import Platform

/// Runs commands, so many at a time, in one poll loop.
struct ExecutionPool {
    private enum Source: Sendable {
        case cancellation
        case stream(Execution.Stream, command: Int)
    }

    private let commands: [Command]
    private let limit: Int
    private let cancelledBy: Int32?
    private var isCancelled = false
    private var started = 0
    /// By the index of the command.
    private var running: [Int: Execution] = [:]
    private var results: [Result<Output, SubprocessError>]
    private var buffer = [UInt8](repeating: 0, count: OutputCollector.chunkBytes)

    init(_ commands: [Command], atMost limit: Int, cancelledBy: Int32?) {
        precondition(limit > 0, "at least one has to run")
        (self.commands, self.limit, self.cancelledBy) = (commands, limit, cancelledBy)
        results = Array(repeating: .success(.neverStarted), count: commands.count)
    }

    /// Runs all to their end; results are in the order of the commands.
    mutating func run() -> [Result<Output, SubprocessError>] {
        startMore()
        while !running.isEmpty {
            do throws(SystemError) {
                try wait()
            } catch {
                abandon(error)
            }
            collect()
            startMore()
        }
        return results
    }

    private mutating func startMore() {
        while !isCancelled, running.count < limit, started < commands.count {
            defer { started += 1 }
            do throws(SubprocessError) {
                running[started] = try Execution(commands[started])
            } catch {
                results[started] = .failure(error)
            }
        }
    }

    /// Waits for the next event or deadline and handles what is ready.
    private mutating func wait() throws(SystemError) {
        var poll = EventPoll<Source>()
        if let cancelledBy, !isCancelled { poll.watch(cancelledBy, for: .readable, as: .cancellation) }
        for (index, execution) in running {
            execution.forEachStream { descriptor, stream in
                poll.watch(
                    descriptor, for: stream == .input ? .writable : .readable,
                    as: .stream(stream, command: index))
            }
        }
        let deadline = running.values.lazy.map(\.deadline).min()
        let events = try poll.wait(timeout: deadline.map { $0 - .now() })
        let now = MonotonicTime.now()
        for event in events {
            switch event.source {
            case .cancellation: cancel(at: now)
            case .stream(let stream, let index): running[index]?.handle(stream, at: now, using: &buffer)
            }
        }
    }

    private mutating func cancel(at now: MonotonicTime) {
        isCancelled = true
        for execution in running.values { execution.end(as: .cancelled, at: now) }
    }

    private mutating func collect() {
        let now = MonotonicTime.now()
        for (index, execution) in running where execution.advance(at: now) {
            results[index] = execution.finish(using: &buffer)
            running[index] = nil
        }
    }

    /// Without poll(2) nothing can be waited for: ends all that runs.
    private mutating func abandon(_ error: SystemError) {
        for (index, execution) in running {
            _ = execution.finish(using: &buffer)
            results[index] = .failure(.cannotWait(error))
        }
        running = [:]
    }
}
