package import Platform
import Subprocess
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Threads for what makes a caller wait: each job runs on one of them, and what comes of it is handed to the
/// loop's own thread.
///
/// Jobs begin in the order in which they were submitted; with one thread they also end so. When the value
/// goes the threads end after the job they are at, and jobs that have not begun never do.
package final class Worker {
    /// What waits to be called on the loop's thread, by the number of its job.
    private final class Completions {
        var waiting: [UInt64: () -> Void] = [:]
    }

    private let queue: JobQueue
    private let completions = Completions()
    private let done: Mailbox<UInt64>
    private let limit: Int
    private var lastNumber: UInt64 = 0

    /// - Parameter limit: how many jobs may wait or be at work.
    package init(
        on loop: EventLoop, named name: String, threads: Int = 1, limit: Int
    ) throws(SystemError) {
        precondition(threads > 0 && limit > 0, "a worker has threads and room")
        self.limit = limit
        let queue = try JobQueue()
        self.queue = queue
        done = try loop.mailbox { [completions] number in completions.waiting.removeValue(forKey: number)?() }
        for _ in 0..<threads {
            try BackgroundThread.start(named: name) { while let job = queue.next() { job() } }
        }
    }

    /// How many jobs wait or are at work.
    package var load: Int { completions.waiting.count }

    /// Runs `work` on a thread and then, on the loop's, `completion` with what it returned.
    ///
    /// - Returns: false where there are as many jobs as may be; nothing is called.
    @discardableResult
    package func submit<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value, then completion: @escaping (Value) -> Void
    ) -> Bool {
        guard load < limit else { return false }
        lastNumber += 1
        let (number, result, done) = (lastNumber, ResultCell<Value>(), done)
        completions.waiting[number] = { if let value = result.take() { completion(value) } }
        queue.add {
            result.put(work())
            done.send(number)
        }
        return true
    }

    deinit { queue.close() }
}

/// Where a job leaves what it returned.
private final class ResultCell<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    func put(_ result: Value) { value.withLock { $0 = result } }

    func take() -> Value? {
        value.withLock { value in
            defer { value = nil }
            return value
        }
    }
}

/// Jobs on their way to the threads. A byte in a pipe stands for each, which the threads wait for by reading.
private final class JobQueue: Sendable {
    private let pipe: Pipe
    private let state = Mutex<(jobs: [@Sendable () -> Void], isClosed: Bool)>(([], false))

    init() throws(SystemError) { pipe = try Pipe() }

    func add(_ job: @escaping @Sendable () -> Void) {
        state.withLock { $0.jobs.append(job) }
        ring()
    }

    /// Waits for the next job; nil when there will be none.
    func next() -> (@Sendable () -> Void)? {
        while true {
            var byte: UInt8 = 0
            let count = read(pipe.reader.raw, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            let isClosed = state.withLock { $0.isClosed }
            if count <= 0 || isClosed {
                // The next thread that waits is to end too.
                ring()
                return nil
            }
            if let job = state.withLock({ $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }) { return job }
        }
    }

    func close() {
        state.withLock { state in
            state.jobs = []
            state.isClosed = true
        }
        ring()
    }

    private func ring() {
        var byte: UInt8 = 1
        // A pipe takes far more bytes than jobs may wait, and its reader is ours.
        while write(pipe.writer.raw, &byte, 1) < 0 && errno == EINTR {}
    }
}
