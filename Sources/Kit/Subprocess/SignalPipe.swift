package import Platform
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Signals as something to poll for: `descriptor` is readable once one of them came.
///
/// While it exists the signals have no other effect on this process; afterwards they act as before. There can
/// be one at a time. Programs started meanwhile get the default action, since a handler does not outlive
/// exec.
///
/// It is the classic self-pipe, and not signalfd(2), because it is the same on every system and leaves the
/// signal mask alone.
package struct SignalPipe: ~Copyable {
    private let reader: FileDescriptor
    private let writer: FileDescriptor
    private let before: [(signal: Int32, action: sigaction)]

    /// - Parameter signals: such as `[SIGTERM, SIGCHLD]`; numbers up to 63.
    package init(_ signals: [Int32]) throws(SystemError) {
        precondition(signals.allSatisfy { (1...63).contains($0) }, "no such signal")
        let pipe = try Pipe()
        try pipe.reader.setNonBlocking()
        // A full pipe must not stop the handler; what is pending is remembered beside it.
        try pipe.writer.setNonBlocking()
        let claimed = wakeDescriptor.compareExchange(
            expected: -1, desired: pipe.writer.raw, ordering: .sequentiallyConsistent)
        precondition(claimed.exchanged, "there is a SignalPipe already")
        reader = pipe.reader
        writer = pipe.writer
        before = signals.map { ($0, Self.install(handler, for: $0)) }
    }

    /// Whether it has no effect on this process, as SIGHUP has none on one that nohup(1) has started.
    package static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
            let handler = unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
            return handler == unsafeBitCast(SIG_IGN, to: Int.self)
        #else
            let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            return handler == unsafeBitCast(SIG_IGN, to: Int.self)
        #endif
    }

    /// Becomes readable when a signal came, until `take()`.
    package var descriptor: Int32 { reader.raw }

    /// The signals that came since the last call, each once, in the order of their numbers.
    package borrowing func take() -> [Int32] {
        var buffer = [UInt8](repeating: 0, count: 256)
        // The pipe first: a signal in between then leaves a byte too many, never a signal too few.
        while read(reader.raw, &buffer, buffer.count) > 0 {}
        let bits = pendingSignals.exchange(0, ordering: .sequentiallyConsistent)
        return (1...63).filter { bits & (1 << UInt64($0)) != 0 }
    }

    deinit {
        for (signal, action) in before {
            var action = action
            sigaction(signal, &action, nil)
        }
        wakeDescriptor.store(-1, ordering: .sequentiallyConsistent)
        pendingSignals.store(0, ordering: .sequentiallyConsistent)
    }

    private static func install(_ handler: @escaping @convention(c) (Int32) -> Void, for signal: Int32)
        -> sigaction
    {
        var action = sigaction()
        var old = sigaction()
        #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = handler
        #else
            action.__sigaction_handler.sa_handler = handler
        #endif
        sigfillset(&action.sa_mask)
        // Calls that can go on after a signal do, so that code elsewhere need not expect EINTR more often.
        action.sa_flags = Int32(SA_RESTART)
        sigaction(signal, &action, &old)
        return old
    }
}

// A handler gets nothing but the number, so where to write has to be global. Both are lock-free, and
// initialised before a handler is installed: all that signal-safety(7) asks for.
private let wakeDescriptor = Atomic<Int32>(-1)
private let pendingSignals = Atomic<UInt64>(0)

private let handler: @convention(c) (Int32) -> Void = { signal in
    let interrupted = errno
    pendingSignals.bitwiseOr(1 << UInt64(signal), ordering: .sequentiallyConsistent)
    var byte: UInt8 = 1
    _ = write(wakeDescriptor.load(ordering: .sequentiallyConsistent), &byte, 1)
    errno = interrupted
}
