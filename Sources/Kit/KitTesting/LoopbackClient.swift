import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A client on the thread of the server that it talks to: nothing here waits, and the server has its turns
/// while the client wants more.
package final class LoopbackClient {
    private let socket: FileDescriptor
    private let turn: () throws -> Void
    package private(set) var heard: [UInt8] = []
    package private(set) var isOver = false

    /// - Parameter turn: lets the server do what is to be done, for a moment.
    package init(port: UInt16, turn: @escaping () throws -> Void) throws {
        #if canImport(Darwin)
            let kind = SOCK_STREAM
        #else
            let kind = Int32(SOCK_STREAM.rawValue)
        #endif
        socket = FileDescriptor(owning: Self.open(kind))
        self.turn = turn
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let number = socket.raw
        let connected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw SystemError("connect", code: errno) }
        try socket.setNonBlocking()
    }

    private static func open(_ kind: Int32) -> Int32 {
        #if canImport(Darwin)
            Darwin.socket(AF_INET, kind, 0)
        #else
            Glibc.socket(AF_INET, kind, 0)
        #endif
    }

    package var text: String { String(decoding: heard, as: UTF8.self) }

    package func send(_ text: String) { send(Array(text.utf8)) }

    /// - Returns: how many of the bytes the connection took.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Int {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        let number = socket.raw
        return bytes.withUnsafeBytes { systemSend(number, $0.baseAddress, $0.count, flags) }
    }

    /// Says that nothing more will come.
    package func finish() { shutdown(socket.raw, Int32(SHUT_WR)) }

    /// Takes what has come.
    package func listen() {
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while !isOver {
            let count = recv(socket.raw, &buffer, buffer.count, 0)
            if count > 0 {
                heard += buffer[..<count]
            } else {
                if count == 0 || errno != EAGAIN { isOver = true }
                return
            }
        }
    }

    /// What the server says until it closes the connection, `enough` is true of it, or the patience is at its
    /// end.
    package func receive(
        within patience: Duration = .seconds(60), until enough: (String) -> Bool = { _ in false }
    ) throws -> String {
        let deadline = MonotonicTime.now() + patience
        listen()
        while !isOver, !enough(text), MonotonicTime.now() < deadline {
            try turn()
            listen()
        }
        return text
    }
}

private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int
{
    send(descriptor, bytes, count, flags)
}
