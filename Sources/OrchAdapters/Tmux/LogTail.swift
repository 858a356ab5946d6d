import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The end of a file that grows.
enum LogTail {
    /// At most the last `limitBytes` bytes, from the beginning of a line on.
    static func read(_ path: String, limitBytes: Int) throws(SystemError) -> [UInt8] {
        let file = try FileDescriptor(opening: path, O_RDONLY)
        let size = Int(try FileStatus(of: file, subject: path).sizeBytes)
        let start = max(0, size - limitBytes)
        guard lseek(file.raw, off_t(start), SEEK_SET) >= 0 else {
            throw SystemError("lseek", on: path, code: errno)
        }
        var bytes = [UInt8](repeating: 0, count: size - start)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                systemRead(file.raw, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw SystemError("read", on: path, code: errno) }
            // Shortened meanwhile.
            if got == 0 { break }
            count += got
        }
        let read = bytes[..<count]
        let isCut = start > 0
        return Array(isCut ? read.drop { $0 != UInt8(ascii: "\n") }.dropFirst() : read)
    }
}

/// read(2), under a name that `LogTail.read` does not hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
