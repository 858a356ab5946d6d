#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Bytes that are to be sent on a connection.
struct OutputBuffer {
    private var bytes: [UInt8] = []
    private var start = 0

    var count: Int { bytes.count - start }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ new: [UInt8]) {
        if isEmpty {
            bytes = new
            start = 0
            return
        }
        if start > bytes.count / 2 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes += new
    }

    enum Outcome { case sent, partly, broken }

    /// Sends what the connection takes now.
    mutating func send(to descriptor: Int32) -> Outcome {
        #if canImport(Darwin)
            // The socket was told not to raise SIGPIPE when it was accepted.
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        while !isEmpty {
            let sent = bytes.withUnsafeBytes { buffer in
                systemSend(descriptor, buffer.baseAddress?.advanced(by: start), count, flags)
            }
            if sent >= 0 {
                start += sent
            } else if errno == EAGAIN || errno == EWOULDBLOCK {
                return .partly
            } else if errno != EINTR {
                return .broken
            }
        }
        bytes = []
        start = 0
        return .sent
    }
}

/// send(2) under a name that no method hides.
private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int
{
    send(descriptor, bytes, count, flags)
}
