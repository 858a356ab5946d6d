import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The reading end of a child's output: reads without waiting, keeps so many bytes, drops the rest.
struct OutputCollector: ~Copyable {
    /// What a Linux pipe holds: one read empties it.
    static var chunkBytes: Int { 64 * 1024 }
    /// The largest a pipe can be made without privileges (`/proc/sys/fs/pipe-max-size`).
    static var pipeLimitBytes: Int { 1 << 20 }

    private var pipe: FileDescriptor?
    private let limit: Int
    private(set) var bytes: [UInt8] = []
    private(set) var isTruncated = false

    init(_ pipe: consuming FileDescriptor, limit: Int) throws(SystemError) {
        try pipe.setNonBlocking()
        self.pipe = consume pipe
        self.limit = limit
    }

    /// Nil once the end was read.
    var descriptor: Int32? {
        switch pipe {
        case .some(let open): open.raw
        case .none: nil
        }
    }

    /// Reads once.
    /// - Returns: whether more may be there at once.
    mutating func read(using buffer: inout [UInt8]) -> Bool {
        guard let descriptor else { return false }
        let count = systemRead(descriptor, &buffer, buffer.count)
        if count > 0 {
            let room = limit - bytes.count
            bytes.append(contentsOf: buffer[..<min(count, room)])
            isTruncated = isTruncated || count > room
            return true
        }
        if count < 0 && errno == EINTR { return true }
        // Anything but “nothing yet” is the end: there is nobody to repair a pipe.
        if count == 0 || errno != EAGAIN { pipe = nil }
        return false
    }

    /// Reads what is in the pipe now, and no more, however fast someone refills it.
    mutating func readRest(using buffer: inout [UInt8]) {
        for _ in 0...(Self.pipeLimitBytes / Self.chunkBytes) {
            guard read(using: &buffer) else { return }
        }
    }
}
