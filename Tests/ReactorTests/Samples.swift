import Platform
import Reactor
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// No test waits longer for what should have happened by then.
let patience = Duration.seconds(60)

extension EventLoop {
    /// Runs until a handler stops it.
    /// - Returns: false where none did in time.
    func runPatiently() throws -> Bool {
        var isInTime = true
        let limit = after(patience) { [unowned self] in
            isInTime = false
            stop()
        }
        try run()
        cancel(limit)
        return isInTime
    }
}

/// Two connected stream sockets.
struct SocketPair: ~Copyable {
    let near: FileDescriptor
    let far: FileDescriptor

    init() throws {
        var ends: [Int32] = [-1, -1]
        #if canImport(Darwin)
            let kind = SOCK_STREAM
        #else
            let kind = Int32(SOCK_STREAM.rawValue)
        #endif
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw SystemError("socketpair", code: errno) }
        near = FileDescriptor(owning: ends[0])
        far = FileDescriptor(owning: ends[1])
    }
}

func send(_ text: String, to descriptor: Int32) {
    _ = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
}

func receive(from descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &buffer, buffer.count)
    return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
}

/// To the process: the threads that tests run on may not take signals.
func raiseHere(_ signal: Int32) { kill(getpid(), signal) }

let userSignal = SIGUSR2
