#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes to whatever is behind a descriptor; where that is a terminal, without ever waiting for long.
///
/// A terminal that nobody reads (it is stopped, its window hangs) takes some kilobytes and then makes every
/// writer wait. What it does not take is left out.
package struct Screen: ~Copyable {
    private let descriptor: Int32
    /// The terminal opened once more: the flag that keeps writes from waiting belongs to the open file, and
    /// the descriptor's own may be shared with a shell.
    private let terminal: FileDescriptor?
    /// The last text is not there whole.
    private var isTorn = false

    /// How long a burst of text may take to be drawn.
    private static let patienceMilliseconds: Int32 = 250

    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
        let name = isatty(descriptor) == 1 ? ttyname(descriptor).map { String(cString: $0) } : nil
        // A terminal that cannot be opened again is written to as it is.
        terminal = name.flatMap { try? FileDescriptor(opening: $0, O_WRONLY | O_NONBLOCK | O_NOCTTY) }
    }

    package mutating func show(_ text: String) {
        let bytes = Array(((isTorn ? "\n" : "") + text).utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(raw, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count < 0 && errno == EINTR {
                continue
            } else {
                guard count < 0, errno == EAGAIN, !isTorn, isReady() else { break }
            }
        }
        // Until it takes a whole text again, it is not waited for any more.
        isTorn = !rest.isEmpty
    }

    private var raw: Int32 {
        switch terminal {
        case .some(let open): open.raw
        case .none: descriptor
        }
    }

    private func isReady() -> Bool {
        var entry = pollfd(fd: raw, events: Int16(POLLOUT), revents: 0)
        return poll(&entry, 1, Self.patienceMilliseconds) > 0
    }
}
