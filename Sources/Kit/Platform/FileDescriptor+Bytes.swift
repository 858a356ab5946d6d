#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension FileDescriptor {
    /// How much one read asks for: what a Linux pipe holds, and few calls for a file.
    private static var chunkBytes: Int { 64 * 1024 }

    /// Everything up to the end of the file.
    ///
    /// - Parameters:
    ///   - limit: bytes; a file that holds more throws `EFBIG`.
    ///   - subject: what errors call it.
    package borrowing func readToEnd(limit: Int, subject: String) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(Self.chunkBytes, limit + 1))
        while true {
            let count = read(raw, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw SystemError("read", on: subject, code: errno) }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else { throw SystemError("read", on: subject, code: EFBIG) }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// Writes all of `bytes`, however many calls it takes. Meant for files: a full pipe makes it wait.
    package borrowing func writeAll(_ bytes: [UInt8], subject: String) throws(SystemError) {
        try FileDescriptor.writeAll(bytes, to: raw, subject: subject)
    }

    /// The same for a descriptor that another owns, such as standard output.
    package static func writeAll(
        _ bytes: [UInt8], to descriptor: Int32, subject: String
    ) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                // Somebody made the open file non-blocking, maybe another process that shares it.
                var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&room, 1, -1)
            } else if errno != EINTR {
                throw SystemError("write", on: subject, code: errno)
            }
        }
    }

    /// Waits until what was written has reached the disk.
    package borrowing func synchronize(subject: String) throws(SystemError) {
        while fsync(raw) != 0 {
            guard errno == EINTR else { throw SystemError("fsync", on: subject, code: errno) }
        }
    }
}
