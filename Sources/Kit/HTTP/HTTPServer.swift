package import Platform
package import Reactor

/// An HTTP/1.1 server (RFC 9112) on a loop's thread.
///
/// It reads one request of a connection at a time, has the handler answer it, at once or later, and keeps
/// everything that a client can make large or slow within `HTTPLimits`.
package final class HTTPServer {
    /// What has happened since the start.
    package struct Counters: Sendable {
        package var accepted = 0
        package var requests = 0
        /// By status, those to what was no request included.
        package var answers: [Int: Int] = [:]
    }

    let loop: EventLoop
    let limits: HTTPLimits
    let handler: any HTTPHandler
    package internal(set) var counters = Counters()
    private(set) var isDraining = false
    /// What `limits.bodyBytes` is about.
    var heldBytes = 0
    /// What reads of all connections go to first.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    private let now: () -> Int64
    private var doors: [Door] = []
    /// Whether new connections are left in the system's queue for now.
    private var isShut = false
    private var connections: [Int32: HTTPConnection] = [:]
    private var cachedDate: (second: Int64, text: String) = (-1, "")
    private var whenEmpty: (() -> Void)?

    /// How many connections are taken from the queue before others have their turn.
    private static let acceptsInTurn = 64
    /// How long a system that is out of descriptors is left alone.
    private static let exhaustedPause = Duration.milliseconds(100)
    /// How soon a server whose places are all taken looks whether one can be had.
    private static let fullPause = Duration.seconds(1)

    private final class Door {
        let socket: ListeningSocket
        init(_ socket: consuming ListeningSocket) { self.socket = socket }
        var number: Int32 { socket.descriptor.raw }
    }

    /// - Parameter now: seconds since 1970, for the `Date` of answers.
    package init(
        on loop: EventLoop, limits: HTTPLimits = HTTPLimits(), handler: any HTTPHandler,
        now: @escaping () -> Int64
    ) {
        (self.loop, self.limits, self.handler, self.now) = (loop, limits, handler, now)
    }

    deinit { scratch.deallocate() }

    package var connectionCount: Int { connections.count }

    /// Takes connections from this socket from now on.
    package func listen(on socket: consuming ListeningSocket) throws(SystemError) {
        let door = Door(socket)
        // It keeps the server, which so lives as long as it listens.
        try loop.watch(door.number, for: .readable) { [unowned door] _ in self.accept(at: door) }
        doors.append(door)
    }

    // MARK: - Accepting

    private func accept(at door: Door) {
        for attempt in 0..<Self.acceptsInTurn {
            if connections.count >= limits.connections {
                // Only of the first is it known that somebody waits to come in.
                guard attempt == 0 else { return }
                guard makeRoom() else { return shut(for: Self.fullPause) }
            }
            switch door.socket.accept() {
            case .connection(let descriptor, let transport): add(descriptor, transport)
            case .nobody: return
            case .exhausted: return shut(for: Self.exhaustedPause)
            }
        }
    }

    private func add(_ descriptor: consuming FileDescriptor, _ transport: HTTPRequestHead.Transport) {
        let number = descriptor.raw
        do {
            connections[number] = try HTTPConnection(descriptor, transport, of: self)
            counters.accepted += 1
        } catch {
            // Out of kernel memory; the client sees its connection closed, and tries again.
        }
    }

    /// Closes the connection that can best be done without, if there is one.
    private func makeRoom() -> Bool {
        let now = MonotonicTime.now()
        let idle = connections.values.filter { $0.canMakeRoom(at: now) }
        guard let oldest = idle.min(by: { $0.idleSince < $1.idleSince }) else { return false }
        oldest.close()
        return true
    }

    /// Refuses the largest of the bodies that are coming until all fit.
    ///
    /// - Returns: false where this one's is the largest, and nothing has been done about it.
    func makeRoom(forBodyOf connection: HTTPConnection) -> Bool {
        while heldBytes > limits.bodyBytes {
            let others = connections.values.filter { $0 !== connection && $0.isReceivingBody }
            guard let largest = others.max(by: { $0.held < $1.held }), largest.held > connection.held else {
                return false
            }
            largest.refuse(HTTPRefusal(503, "too much is being received at the moment; try again"))
        }
        return true
    }

    private func shut(for pause: Duration) {
        isShut = true
        setInterest([])
        loop.after(pause) { [weak self] in self?.reopen() }
    }

    /// There may be room again.
    func reopen() {
        guard isShut else { return }
        isShut = false
        setInterest(.readable)
    }

    private func setInterest(_ interest: EventLoop.Interest) {
        for door in doors {
            // Fails where the kernel has no memory, and is tried again when the next connection ends.
            try? loop.setInterest(interest, of: door.number)
        }
    }

    func forget(_ number: Int32) {
        // It may be the last to know of the connection, which is at work on the stack.
        let connection = connections.removeValue(forKey: number)
        loop.atEndOfTurn { withExtendedLifetime(connection) {} }
        reopen()
        if connections.isEmpty, let whenEmpty {
            self.whenEmpty = nil
            loop.atEndOfTurn(whenEmpty)
        }
    }

    var date: String {
        let second = now()
        if cachedDate.second != second { cachedDate = (second, HTTPDate.text(second)) }
        return cachedDate.text
    }

    // MARK: - Ending

    /// Takes no more connections, serves the requests that are under way or about to come, and calls `done`.
    ///
    /// - Parameter limit: what is not answered by then is cut off.
    package func drain(within limit: Duration, then done: @escaping () -> Void) {
        isDraining = true
        for door in doors { loop.forget(door.number) }
        doors = []
        for connection in Array(connections.values) { connection.drain() }
        if connections.isEmpty { return loop.atEndOfTurn(done) }
        whenEmpty = done
        loop.after(limit) { [weak self] in
            for connection in Array(self?.connections.values ?? [:].values) { connection.close() }
        }
    }
}
