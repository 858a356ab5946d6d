import HTTP
import JSON
import Reactor

/// A connection to which Server-Sent Events are written.
///
/// What does not fit into the connection's buffer waits here, once: whoever writes asks `hasRoom` before, and
/// goes on when `onRoom` says so.
final class EventStream {
    private let stream: HTTPStream
    private var waiting: [UInt8] = []
    private var isEnding = false
    var onRoom: () -> Void = {}
    /// The client has gone, or takes nothing any more; or the listener ends.
    var onClose: () -> Void = {}
    /// Nothing is left to do, whoever ended it.
    fileprivate var onGone: () -> Void = {}

    private static let fields: HTTPFields = [
        "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
        // A proxy that gathers what it passes on would keep the events to itself.
        "X-Accel-Buffering": "no",
    ]

    fileprivate init(_ responder: HTTPResponder) {
        stream = responder.stream(HTTPResponse(200, Self.fields))
        stream.onRoom = { [weak self] in self?.makeRoom() }
        stream.onClose = { [weak self] in self?.close() }
        // How long a browser waits before it comes back, in milliseconds.
        write(Array("retry: 1000\n\n".utf8))
    }

    var isOpen: Bool { stream.isOpen }
    var hasRoom: Bool { waiting.isEmpty && !isEnding && stream.isOpen }

    /// - Parameter frames: whole events.
    func write(_ frames: [UInt8]) {
        guard !isEnding else { return }
        if !waiting.isEmpty || !stream.write(frames) { waiting += frames }
    }

    /// Sends what waits, and ends the connection's answer.
    func end() {
        guard !isEnding else { return }
        isEnding = true
        if waiting.isEmpty { finish() }
    }

    /// A line that is no event: a connection over which nothing goes is cut by what stands in between.
    fileprivate func keepAlive() {
        if hasRoom { write(Array(": here\n\n".utf8)) }
    }

    fileprivate func close() {
        onClose()
        onGone()
    }

    private func finish() {
        stream.end()
        onGone()
    }

    private func makeRoom() {
        let frames = waiting
        waiting = []
        if !frames.isEmpty, !stream.write(frames) { waiting = frames }
        guard waiting.isEmpty else { return }
        if isEnding { finish() } else { onRoom() }
    }

    /// An event as it goes over the line. JSON has no line end in it, and the name is one of ours.
    static func frame(_ name: String, id: String?, _ data: JSONValue) -> [UInt8] {
        var frame = id.map { Array("id: \($0)\n".utf8) } ?? []
        frame += Array("event: \(name)\ndata: ".utf8)
        frame += data.utf8()
        frame += [UInt8(ascii: "\n"), UInt8(ascii: "\n")]
        return frame
    }
}

/// The streams that are open, which live for as long as they are.
final class EventStreams {
    private static let keepAlivePeriod: Duration = .seconds(15)

    private let loop: EventLoop
    private var open: [ObjectIdentifier: EventStream] = [:]
    private var isTicking = false

    init(on loop: EventLoop) { self.loop = loop }

    var count: Int { open.count }

    func begin(_ responder: HTTPResponder) -> EventStream {
        let stream = EventStream(responder)
        let id = ObjectIdentifier(stream)
        stream.onGone = { [weak self] in self?.open[id] = nil }
        if stream.isOpen { open[id] = stream }
        if !isTicking { tick() }
        return stream
    }

    /// At the listener's end: a client comes back to the next one, from where it was.
    func endAll() {
        for stream in Array(open.values) {
            stream.onClose()
            stream.end()
        }
    }

    private func tick() {
        isTicking = !open.isEmpty
        guard isTicking else { return }
        loop.after(Self.keepAlivePeriod) { [weak self] in
            for stream in Array(self?.open.values ?? [:].values) { stream.keepAlive() }
            self?.tick()
        }
    }
}
