/// One connection of a WebSocket client, RFC 6455, without any input or output of its own: it is given the
/// bytes that came and keeps those that are to go, over whatever stream there is.
///
/// Pings are answered and closes returned by itself. No extension is agreed to.
package struct WebSocketClient: Sendable {
    package enum Event: Equatable, Sendable {
        /// The server has switched to frames.
        case opened
        case text(String)
        case binary([UInt8])
        /// What was pinged came back.
        case pong([UInt8])
        /// The last event of a connection that was closed in order; `code` is nil where the server gave none.
        /// What is left to be sent is its return; then the stream is to be closed.
        case closed(code: UInt16?, reason: String)
        /// The last event of one that was not.
        case failed(WebSocketError)
    }

    package struct Limits: Sendable {
        /// Of a message that comes, all its fragments together.
        package var messageBytes = 16 << 20
        /// Of what waits to be sent.
        package var outputBytes = 1 << 20

        package init() {}
    }

    enum State: Equatable {
        case opening
        case open
        /// We have said close and wait for the server's.
        case closing
        case over
    }

    let limits: Limits
    private let handshake: WebSocketHandshake
    private var random = SystemRandomNumberGenerator()
    private(set) var state = State.opening
    /// What came and is not understood yet.
    private var input: [UInt8] = []
    /// What is to be sent, from `consumeOutput` on.
    package private(set) var output: [UInt8] = []
    var message = WebSocketMessage()

    /// - Parameters:
    ///   - host: with the port where it is not the scheme's own.
    ///   - path: with the query.
    ///   - headers: beside those of the handshake.
    package init(
        host: String, path: String, headers: [(name: String, value: String)] = [], limits: Limits = Limits()
    ) {
        self.limits = limits
        handshake = WebSocketHandshake(using: &random)
        output = handshake.request(host: host, path: path, headers: headers)
    }

    package var isOpen: Bool { state == .open }
    /// Nothing will come of it any more.
    package var isOver: Bool { state == .over }

    /// The first bytes of `output` were written.
    package mutating func consumeOutput(_ count: Int) {
        output.removeFirst(count)
    }
}

// MARK: - Sending

extension WebSocketClient {
    package mutating func send(text: String) throws(WebSocketError) {
        try send(.text, Array(text.utf8))
    }

    package mutating func send(binary: [UInt8]) throws(WebSocketError) {
        try send(.binary, binary)
    }

    /// - Precondition: at most 125 bytes.
    package mutating func ping(_ payload: [UInt8] = []) throws(WebSocketError) {
        precondition(payload.count <= WebSocketFrame.controlLimitBytes, "a ping is short")
        try send(.ping, payload)
    }

    /// Begins to close; the server's return comes as `closed`. Without a connection it is just over.
    ///
    /// - Precondition: the code is one that may be sent, and the reason has at most 123 bytes.
    package mutating func close(code: UInt16, reason: String = "") {
        precondition(WebSocketFrame.isCloseCode(code) && reason.utf8.count <= 123, "no such close")
        guard state == .open else {
            if state == .opening { state = .over }
            return
        }
        enqueue(.close, Self.closePayload(code, reason))
        state = .closing
    }

    private mutating func send(_ kind: WebSocketFrame.Kind, _ payload: [UInt8]) throws(WebSocketError) {
        guard state == .open else { throw .notOpen }
        guard output.count + payload.count <= limits.outputBytes else {
            throw .backlog(limitBytes: limits.outputBytes)
        }
        enqueue(kind, payload)
    }

    private mutating func enqueue(_ kind: WebSocketFrame.Kind, _ payload: [UInt8]) {
        output += WebSocketFrame.masked(kind, payload, key: random.next())
    }

    private static func closePayload(_ code: UInt16, _ reason: String) -> [UInt8] {
        [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8)
    }
}

// MARK: - Receiving

extension WebSocketClient {
    /// Takes the next bytes of the stream, in whatever pieces they come.
    package mutating func receive(_ bytes: some Sequence<UInt8>) -> [Event] {
        guard state != .over else { return [] }
        input += bytes
        var events: [Event] = []
        do throws(WebSocketError) {
            try receive(into: &events)
        } catch {
            events.append(fail(error))
        }
        return events
    }

    /// The stream has ended: the last event, unless there was one.
    package mutating func streamEnded() -> Event? {
        if state == .over { return nil }
        return fail(.cutOff)
    }

    private mutating func fail(_ error: WebSocketError) -> Event {
        if let code = error.closeCode, state == .open { enqueue(.close, Self.closePayload(code, "")) }
        state = .over
        input = []
        message = WebSocketMessage()
        return .failed(error)
    }

    private mutating func receive(into events: inout [Event]) throws(WebSocketError) {
        var position = 0
        defer { input.removeFirst(min(position, input.count)) }
        if state == .opening {
            guard let count = try handshake.read(input[...]) else { return }
            position = count
            state = .open
            events.append(.opened)
        }
        while state != .over, let (frame, headerCount) = try WebSocketFrame.read(input[position...]) {
            try message.check(frame, limitBytes: limits.messageBytes)
            let start = position + headerCount
            guard input.count - start >= frame.payloadCount else { return }
            position = start + frame.payloadCount
            if let event = try take(frame, input[start..<position]) { events.append(event) }
        }
    }

    private mutating func take(
        _ frame: WebSocketFrame, _ payload: ArraySlice<UInt8>
    ) throws(WebSocketError) -> Event? {
        switch frame.kind {
        case .ping:
            // Of many pings at once the last has to be answered: §5.5.3. A flood fills no memory.
            if state == .open, output.count + payload.count <= limits.outputBytes {
                enqueue(.pong, Array(payload))
            }
            return nil
        case .pong: return .pong(Array(payload))
        case .close: return try takeClose(payload)
        // What comes between our close and the server's is read like the rest: §5.5.1.
        case .text, .binary, .continuation: return try message.append(frame, payload)
        }
    }

    private mutating func takeClose(_ payload: ArraySlice<UInt8>) throws(WebSocketError) -> Event {
        var code: UInt16?
        var reason = ""
        if !payload.isEmpty {
            guard payload.count >= 2 else { throw .protocolViolation("a close has half a code") }
            let given = payload.prefix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
            guard WebSocketFrame.isCloseCode(given) else {
                throw .protocolViolation("a close has the code \(given)")
            }
            guard let text = String(validating: payload.dropFirst(2), as: UTF8.self) else {
                throw .invalidText
            }
            (code, reason) = (given, text)
        }
        if state == .open { enqueue(.close, code.map { Self.closePayload($0, "") } ?? []) }
        state = .over
        input = []
        return .closed(code: code, reason: reason)
    }
}
