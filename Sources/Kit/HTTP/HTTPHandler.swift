/// What a server does with requests. It is called on the loop's thread and must not wait.
package protocol HTTPHandler: AnyObject {
    /// Asked when a head has come, before its body is read.
    func admit(_ head: HTTPRequestHead) -> HTTPAdmission

    /// Asked once the body is there as well. The responder may be used at once or later; one that goes unused
    /// answers 500.
    func handle(_ request: HTTPRequest, _ responder: HTTPResponder)
}

package enum HTTPAdmission: Sendable {
    /// Go on; a body may have so many bytes.
    case body(limitBytes: Int)
    /// Answer this without reading a body, and without `handle`.
    case answer(HTTPResponse)
}

/// The way to answer one request, once.
package final class HTTPResponder {
    private let connection: HTTPConnection
    private var isUsed = false

    init(_ connection: HTTPConnection) { self.connection = connection }

    /// Sends the answer. Where the client has gone meanwhile nothing happens, which `isOpen` tells.
    package func respond(_ response: HTTPResponse) {
        guard use() else { return }
        connection.respond(response)
    }

    /// Begins an answer without an end that is known: its body is what is written to the stream. Where the
    /// client has gone meanwhile, the stream is not open.
    package func stream(_ response: HTTPResponse) -> HTTPStream {
        let stream = HTTPStream(connection)
        if use() { connection.begin(stream, response) }
        return stream
    }

    package var isOpen: Bool { connection.isOpen }

    private func use() -> Bool {
        precondition(!isUsed, "a request is answered once")
        isUsed = true
        return connection.isOpen
    }

    deinit {
        if !isUsed { connection.respond(.text(500, "nobody has answered this request\n")) }
    }
}

/// The body of an answer that goes on, such as server-sent events.
///
/// What the client does not take waits in a buffer of `HTTPLimits.streamBytes` and no more: whoever writes
/// goes on when there is room again, from where it was.
package final class HTTPStream {
    private let connection: HTTPConnection
    private var wantsRoom = false
    private(set) var isEnded = false

    /// Called when a write was refused and there is room again.
    package var onRoom: (() -> Void)?
    /// Called once when the client is gone, or was too slow for too long; not after `end`.
    package var onClose: (() -> Void)?

    init(_ connection: HTTPConnection) { self.connection = connection }

    package var isOpen: Bool { !isEnded && connection.isStreaming(self) }

    /// Sends these bytes, all or none of them.
    ///
    /// - Returns: false where the buffer has no room for them, or the client is gone. With nothing in the
    ///   buffer any number is taken.
    package func write(_ bytes: [UInt8]) -> Bool {
        guard isOpen else { return false }
        guard !bytes.isEmpty else { return true }
        wantsRoom = !connection.send(chunk: bytes)
        return !wantsRoom
    }

    /// Ends the body; the connection may serve another request.
    package func end() {
        guard isOpen else { return }
        isEnded = true
        connection.endStream()
    }

    func tellRoom() {
        guard wantsRoom else { return }
        wantsRoom = false
        onRoom?()
    }
}
