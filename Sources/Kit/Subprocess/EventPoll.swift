package import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Waiting for several descriptors at once, poll(2), in a program of one thread.
///
/// `Source` is the caller's name for what is behind a descriptor, so that a loop can be one `switch`. Few
/// descriptors are expected: looking one up and each wait take time in their number.
package struct EventPoll<Source: Sendable>: Sendable {
    package struct Interest: OptionSet, Sendable {
        package let rawValue: Int16

        package init(rawValue: Int16) {
            self.rawValue = rawValue
        }

        package static var readable: Interest { Interest(rawValue: Int16(POLLIN)) }
        package static var writable: Interest { Interest(rawValue: Int16(POLLOUT)) }
    }

    package struct Event: Sendable {
        package let source: Source
        package let descriptor: Int32
        /// Reading will not wait: there are bytes, or the end.
        package let isReadable: Bool
        /// Writing will not wait; it may fail, as the reader may be gone.
        package let isWritable: Bool
    }

    private var sources: [Source] = []
    private var entries: [pollfd] = []

    package init() {}

    package var isEmpty: Bool { entries.isEmpty }

    /// Waits for `descriptor` from now on; of one that is watched already, source and interest are replaced.
    package mutating func watch(_ descriptor: Int32, for interest: Interest, as source: Source) {
        forget(descriptor)
        entries.append(pollfd(fd: descriptor, events: interest.rawValue, revents: 0))
        sources.append(source)
    }

    /// Must be called before the descriptor is closed.
    package mutating func forget(_ descriptor: Int32) {
        guard let index = entries.firstIndex(where: { $0.fd == descriptor }) else { return }
        entries.remove(at: index)
        sources.remove(at: index)
    }

    /// Waits until something is ready or the time is over; nothing ready gives an empty array.
    ///
    /// Signals do not shorten it, save through a `SignalPipe` that is watched.
    ///
    /// - Parameter timeout: nil waits for ever; zero or less only looks. Rounded up to milliseconds.
    /// - Throws: `EBADF` when a watched descriptor was closed.
    package mutating func wait(timeout: Duration?) throws(SystemError) -> [Event] {
        let deadline = timeout.map { MonotonicTime.now() + $0 }
        var milliseconds = Self.milliseconds(timeout)
        while poll(&entries, nfds_t(entries.count), milliseconds) < 0 {
            // EAGAIN: macOS may be short of memory for a moment.
            guard errno == EINTR || errno == EAGAIN else { throw SystemError("poll", code: errno) }
            milliseconds = Self.milliseconds(deadline.map { $0 - MonotonicTime.now() })
        }
        guard !entries.contains(where: { $0.revents & Int16(POLLNVAL) != 0 }) else {
            throw SystemError("poll", code: EBADF)
        }
        return zip(entries, sources).compactMap(Self.event)
    }

    private static func event(_ entry: pollfd, _ source: Source) -> Event? {
        guard entry.revents != 0 else { return nil }
        // POLLHUP and POLLERR come unasked: the next read or write tells what it is.
        let isOver = entry.revents & Int16(POLLHUP | POLLERR) != 0
        return Event(
            source: source, descriptor: entry.fd,
            isReadable: entry.events & Int16(POLLIN) != 0 && (isOver || entry.revents & Int16(POLLIN) != 0),
            isWritable: entry.events & Int16(POLLOUT) != 0 && (isOver || entry.revents & Int16(POLLOUT) != 0))
    }

    private static func milliseconds(_ timeout: Duration?) -> Int32 {
        guard let timeout else { return -1 }
        guard timeout > .zero else { return 0 }
        return Int32(clamping: (timeout.clampedNanoseconds - 1) / 1_000_000 + 1)
    }
}
