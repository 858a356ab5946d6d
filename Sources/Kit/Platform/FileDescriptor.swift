#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file, pipe or device with one owner; it is closed when the owner goes.
package struct FileDescriptor: ~Copyable, Sendable {
    /// The number, for calls that borrow it. Never close it, and keep the owner in a variable meanwhile: one
    /// that is only part of an expression is closed as soon as the number is taken.
    package let raw: Int32

    /// Takes over a descriptor that nobody else closes.
    package init(owning raw: Int32) {
        precondition(raw >= 0, "not a descriptor")
        self.raw = raw
    }

    /// Opens `path`, close-on-exec, as open(2) does with `flags` and `mode`.
    package init(opening path: String, _ flags: Int32, mode: UInt16 = 0) throws(SystemError) {
        var opened: Int32
        repeat {
            opened = open(path, flags | O_CLOEXEC, mode_t(mode))
        } while opened < 0 && errno == EINTR
        guard opened >= 0 else {
            throw SystemError("open", on: path, code: errno)
        }
        raw = opened
    }

    /// Gives the number away; the caller closes it from now on.
    package consuming func release() -> Int32 {
        let released = raw
        discard self
        return released
    }

    /// A second descriptor of the same open file, close-on-exec and with a number above `limit`.
    package static func duplicating(
        _ descriptor: Int32, above limit: Int32 = STDERR_FILENO
    ) throws(SystemError) -> FileDescriptor {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, limit + 1)
        guard copy >= 0 else {
            throw SystemError("fcntl", on: "descriptor \(descriptor)", code: errno)
        }
        return FileDescriptor(owning: copy)
    }

    /// The same open file under a number above the three standard ones.
    ///
    /// A program started with its standard input closed gets number 0 for the next file it opens; handing
    /// that to a child as its output would have it overwritten by the child's own input.
    package consuming func aboveStandard() throws(SystemError) -> FileDescriptor {
        try above(STDERR_FILENO)
    }

    consuming func above(_ limit: Int32) throws(SystemError) -> FileDescriptor {
        guard raw <= limit else { return self }
        return try FileDescriptor.duplicating(raw, above: limit)
    }

    /// Makes reads and writes return `EAGAIN` where they would wait.
    ///
    /// The flag belongs to the open file, so a descriptor shared with another process changes for it as well.
    package borrowing func setNonBlocking() throws(SystemError) {
        let flags = fcntl(raw, F_GETFL)
        guard flags >= 0, fcntl(raw, F_SETFL, flags | O_NONBLOCK) >= 0 else {
            throw SystemError("fcntl", on: "descriptor \(raw)", code: errno)
        }
    }

    deinit {
        // The number is free again even when close(2) reports EINTR: repeating it could close another's file.
        _ = close(raw)
    }
}
