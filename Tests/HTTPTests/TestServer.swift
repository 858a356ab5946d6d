import HTTP
import KitTesting
import Platform
import Reactor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// No test waits longer for what should have happened by then.
let patience = Duration.seconds(60)

/// A server and its clients on one thread: the clients' sockets do not wait, and the loop runs in between.
final class TestServer {
    let loop: EventLoop
    private(set) var server: HTTPServer?
    let port: UInt16
    private let handler = Handler()

    /// What a test says of requests, and how they are answered.
    private final class Handler: HTTPHandler {
        var admission: (HTTPRequestHead) -> HTTPAdmission = { _ in .body(limitBytes: 1 << 20) }
        var answer: (HTTPRequest, HTTPResponder) -> Void = { request, responder in
            responder.respond(.text(200, "\(request.method) \(request.target.raw) \(request.body.count)"))
        }
        var requests: [HTTPRequest] = []

        func admit(_ head: HTTPRequestHead) -> HTTPAdmission { admission(head) }

        func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
            requests.append(request)
            answer(request, responder)
        }
    }

    var admission: (HTTPRequestHead) -> HTTPAdmission {
        get { handler.admission }
        set { handler.admission = newValue }
    }
    var answer: (HTTPRequest, HTTPResponder) -> Void {
        get { handler.answer }
        set { handler.answer = newValue }
    }
    var requests: [HTTPRequest] { handler.requests }

    init(_ change: (inout HTTPLimits) -> Void = { _ in }) throws {
        var limits = HTTPLimits()
        change(&limits)
        loop = try EventLoop()
        let socket = try ListeningSocket(.tcp(host: "127.0.0.1", port: 0))
        guard case .tcp(_, let port) = socket.address else { throw SystemError("bind", code: EINVAL) }
        self.port = port
        let server = HTTPServer(on: loop, limits: limits, handler: handler, now: { 784_111_777 })
        try server.listen(on: socket)
        self.server = server
    }

    /// The loop keeps a server that listens.
    deinit {
        server?.drain(within: .zero) {}
        // What is not closed in this turn goes with the process.
        try? turn()
    }

    func client() throws -> LoopbackClient {
        try LoopbackClient(port: port) { [unowned self] in try turn() }
    }

    /// Sends the text on a connection of its own.
    /// - Returns: all that the server says until it closes the connection, or `enough` is true of it.
    func exchange(_ text: String, until enough: (String) -> Bool = { _ in false }) throws -> String {
        let client = try client()
        client.send(text)
        return try client.receive(until: enough)
    }

    /// Runs the loop until the condition holds.
    /// - Returns: false where it does not in time.
    func run(until condition: () -> Bool) throws -> Bool {
        let deadline = MonotonicTime.now() + patience
        while !condition() {
            if MonotonicTime.now() > deadline { return false }
            try turn()
        }
        return true
    }

    /// Lets the server do what is to be done, for a millisecond.
    func turn() throws {
        loop.after(.milliseconds(1)) { [loop] in loop.stop() }
        try loop.run()
    }
}

extension String {
    var status: Int? { hasPrefix("HTTP/1.1 ") ? Int(dropFirst(9).prefix(3)) : nil }

    /// How often it stands in the text.
    func count(of part: String) -> Int {
        var (count, rest) = (0, self[...])
        while let range = rest.firstRange(of: part) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}

/// A socket file without a program behind it.
func leaveStaleSocket(_ path: String) throws {
    #if canImport(Darwin)
        let raw = Darwin.socket(AF_UNIX, SOCK_STREAM, 0)
    #else
        let raw = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    let socket = FileDescriptor(owning: raw)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(socket.raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
    guard bound == 0 else { throw SystemError("bind", on: path, code: errno) }
}
