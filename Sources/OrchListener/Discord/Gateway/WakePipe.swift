import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An alarm that ends a wait for a descriptor on another thread. Once rung it stays so.
struct WakePipe: ~Copyable {
    private let reader: FileDescriptor
    private let writer: FileDescriptor

    init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SystemError("pipe", code: errno) }
        // Children are started with nothing but their standard streams; this is for whoever else forks.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reader = FileDescriptor(owning: ends[0])
        writer = FileDescriptor(owning: ends[1])
    }

    /// Ringing it, on any thread, as long as this value lives.
    var ring: @Sendable () -> Void {
        let descriptor = writer.raw
        return {
            // A pipe takes the first byte, and one is enough.
            _ = write(descriptor, "!", 1)
        }
    }

    var hasRung: Bool {
        var entry = pollfd(fd: reader.raw, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) > 0
    }

    /// Waits until the descriptor is ready, the alarm rings, or the time is over.
    func wait(for descriptor: Int32?, isWriting: Bool = false, until deadline: MonotonicTime) {
        var waiting = EventPoll<Void>()
        waiting.watch(reader.raw, for: .readable, as: ())
        if let descriptor {
            waiting.watch(descriptor, for: isWriting ? [.readable, .writable] : .readable, as: ())
        }
        // It fails only for a closed descriptor; whoever reads that next is told.
        _ = try? waiting.wait(timeout: deadline - .now())
    }
}
