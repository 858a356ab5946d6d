import Platform
import Reactor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One client's connection: reads a request, has it handled, sends the answer, and begins anew.
///
/// One request is at work at a time. What a client sends ahead stays in the system's buffer, so that it
/// cannot fill ours.
final class HTTPConnection {
    enum Phase {
        /// Waiting for a request, or within its head.
        case head
        case body
        /// The handler has it.
        case handling
        /// The answer is complete and on its way.
        case flushing
        case streaming
        /// The last answer has been sent; what the client still says is dropped.
        case lingering
        case closed
    }

    unowned let server: HTTPServer
    let transport: HTTPRequestHead.Transport
    private(set) var phase = Phase.head
    private(set) var served = 0
    /// When it was accepted, or had its last answer.
    private(set) var idleSince = MonotonicTime.now()

    private var descriptor: FileDescriptor?
    private let number: Int32
    private var input = InputBuffer()
    private var output = OutputBuffer()
    private var parser: HeadParser
    private var head: HTTPRequestHead?
    private var decoder: BodyDecoder?
    private var stream: HTTPStream?
    private var isLast = false
    private var isProcessing = false
    private var isHeadTimed = true
    /// How many bytes of a body it holds of what all may.
    private(set) var held = 0
    /// How much came after the last answer.
    private var droppedBytes = 0
    private var deadline: MonotonicTime?
    private var alarm: (timer: EventLoop.TimerID, moment: MonotonicTime)?

    /// How often one connection is read from before others have their turn.
    private static let readsInTurn = 4

    init(
        _ descriptor: consuming FileDescriptor, _ transport: HTTPRequestHead.Transport, of server: HTTPServer
    ) throws(SystemError) {
        number = descriptor.raw
        self.server = server
        self.transport = transport
        self.descriptor = consume descriptor
        parser = HeadParser(server.limits, transport)
        try server.loop.watch(number, for: .readable) { [unowned self] in ready($0) }
        setDeadline(server.limits.headTimeout)
    }

    var isOpen: Bool { if case .closed = phase { false } else { true } }
    func isStreaming(_ stream: HTTPStream) -> Bool { isOpen && self.stream === stream }

    var isReceivingBody: Bool { if case .body = phase { true } else { false } }

    /// Between two requests, or before the first, with nothing of one seen.
    var isIdle: Bool {
        if case .head = phase { return !parser.hasBegun && input.isEmpty }
        return false
    }

    /// Whether it is to give up its place for a new client's. One that has just connected is to be able to
    /// say something first, and a body its time to come.
    func canMakeRoom(at now: MonotonicTime) -> Bool {
        switch phase {
        case .head: isIdle && served > 0 || idleSince + Self.leastTime < now
        case .body: idleSince + Self.leastBodyTime < now
        case .lingering: true
        case .handling, .flushing, .streaming, .closed: false
        }
    }

    private static let leastTime = Duration.seconds(1)
    private static let leastBodyTime = Duration.seconds(10)

    private func ready(_ readiness: EventLoop.Readiness) {
        if readiness.contains(.writable) { flush() }
        if readiness.contains(.readable) { read() }
    }

    // MARK: - Reading

    private func read() {
        for _ in 0..<Self.readsInTurn where isReading {
            let count = recv(number, server.scratch.baseAddress, server.scratch.count, 0)
            if count > 0 {
                take(UnsafeRawBufferPointer(rebasing: server.scratch[..<count]))
                if count < server.scratch.count { return }
            } else if count < 0, errno == EINTR {
                continue
            } else {
                // Nothing more for now; else the client is gone, or has said all that it will.
                if count == 0 || errno != EAGAIN { close() }
                return
            }
        }
    }

    private var isReading: Bool {
        switch phase {
        case .head, .body, .streaming, .lingering: true
        case .handling, .flushing, .closed: false
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        switch phase {
        case .head, .body:
            input.append(bytes)
            process()
        // Nobody has a reason to speak while it is streamed to; what is said is no reason to end it either.
        case .streaming: break
        case .lingering:
            droppedBytes += bytes.count
            if droppedBytes > server.limits.lingerBytes { close() }
        case .handling, .flushing, .closed: break
        }
    }

    /// Goes as far as what was read allows.
    private func process() {
        guard !isProcessing else { return }
        isProcessing = true
        do throws(HTTPRefusal) {
            while try step() {}
        } catch {
            refuse(error)
        }
        isProcessing = false
        input.compact()
        updateInterest()
    }

    /// - Returns: whether there may be more to do at once.
    private func step() throws(HTTPRefusal) -> Bool {
        switch phase {
        case .head:
            guard let head = try parser.parse(&input) else {
                // The time for a head begins with its first byte.
                if !isIdle, !isHeadTimed {
                    isHeadTimed = true
                    setDeadline(server.limits.headTimeout)
                }
                return false
            }
            try begin(head)
            return true
        case .body:
            let isComplete = try decoder?.consume(&input) ?? true
            try hold(decoder?.body.count ?? 0)
            if isComplete { handle() }
            return isComplete
        case .handling, .flushing, .streaming, .lingering, .closed: return false
        }
    }

    private func begin(_ head: HTTPRequestHead) throws(HTTPRefusal) {
        self.head = head
        let framing = try BodyFraming(of: head)
        guard head.fields.words(of: "expect").allSatisfy({ $0 == "100-continue" }) else {
            throw HTTPRefusal(417, "only `100-continue` can be expected")
        }
        server.counters.requests += 1
        switch server.handler.admit(head) {
        case .answer(let response):
            phase = .handling
            // A body that is not read would be taken for the next request.
            if framing != .sized(0) { isLast = true }
            respond(response)
        case .body(let limit):
            let decoder = try BodyDecoder(framing, limit: limit)
            if head.expectsContinue, !decoder.isDone, input.isEmpty { send(ResponseText.goOn) }
            self.decoder = decoder
            phase = .body
            setDeadline(server.limits.bodyTimeout)
        }
    }

    private func handle() {
        guard let head, let body = decoder?.body else { return }
        decoder = nil
        phase = .handling
        setDeadline(nil)
        server.handler.handle(HTTPRequest(head: head, body: body), HTTPResponder(self))
    }

    private func hold(_ bytes: Int) throws(HTTPRefusal) {
        server.heldBytes += bytes - held
        held = bytes
        guard server.makeRoom(forBodyOf: self) else {
            throw HTTPRefusal(503, "too much is being received at the moment; try again")
        }
    }

    private func release() {
        server.heldBytes -= held
        held = 0
    }

    // MARK: - Answering

    func respond(_ response: HTTPResponse) {
        guard case .handling = phase else { return }
        if server.isDraining || head?.keepsConnection != true { isLast = true }
        server.counters.answers[response.status, default: 0] += 1
        var bytes = ResponseText.head(response, .sized, isLast: isLast, date: server.date)
        if !response.forbidsBody, head?.method != "HEAD" { bytes += response.body }
        phase = .flushing
        send(bytes)
    }

    /// Answers what cannot be read on from.
    func refuse(_ refusal: HTTPRefusal) {
        guard isOpen else { return }
        input.removeAll()
        decoder = nil
        release()
        isLast = true
        phase = .handling
        respond(refusal.response)
    }

    func begin(_ stream: HTTPStream, _ response: HTTPResponse) {
        guard case .handling = phase, let head else { return }
        let isChunked = head.minorVersion == 1
        if server.isDraining || !head.keepsConnection || !isChunked { isLast = true }
        server.counters.answers[response.status, default: 0] += 1
        let bytes = ResponseText.head(
            response, isChunked ? .chunked : .closing, isLast: isLast, date: server.date)
        guard head.method != "HEAD" else {
            phase = .flushing
            return send(bytes)
        }
        self.stream = stream
        phase = .streaming
        send(bytes)
    }

    /// - Returns: false where the buffer has no room.
    func send(chunk bytes: [UInt8]) -> Bool {
        guard output.isEmpty || output.count + bytes.count <= server.limits.streamBytes else { return false }
        send(head?.minorVersion == 1 ? ResponseText.chunk(bytes) : bytes)
        return true
    }

    func endStream() {
        stream = nil
        phase = .flushing
        send(head?.minorVersion == 1 ? ResponseText.lastChunk : [])
    }

    private func send(_ bytes: [UInt8]) {
        output.append(bytes)
        flush()
    }

    /// Sends what the client takes, and goes on where it took all.
    private func flush() {
        guard isOpen else { return }
        let before = output.count
        switch output.send(to: number) {
        case .broken: return close()
        case .partly:
            if output.count < before || deadline == nil { setDeadline(server.limits.writeTimeout) }
        case .sent:
            switch phase {
            case .flushing: endAnswer()
            case .streaming:
                setDeadline(nil)
                stream?.tellRoom()
            case .head, .body, .handling, .lingering, .closed: break
            }
        }
        updateInterest()
    }

    private func endAnswer() {
        release()
        served += 1
        head = nil
        idleSince = .now()
        if isLast { return linger() }
        phase = .head
        parser = HeadParser(server.limits, transport)
        isHeadTimed = false
        setDeadline(server.limits.idleTimeout)
        server.reopen()
        process()
    }

    // MARK: - Ending

    private func linger() {
        phase = .lingering
        shutdown(number, Int32(SHUT_WR))
        setDeadline(server.limits.lingerTimeout)
        updateInterest()
    }

    /// At the end of a server: what came before is served, and a client that has just connected is about to
    /// say something.
    func drain() {
        guard isIdle else { return }
        read()
        guard isIdle else { return }
        if served > 0 { close() } else { setDeadline(min(server.limits.headTimeout, .seconds(1))) }
    }

    /// Ends it now, whatever it is at.
    func close() {
        guard isOpen else { return }
        phase = .closed
        release()
        if let alarm { server.loop.cancel(alarm.timer) }
        server.loop.forget(number)
        descriptor = nil
        let stream = stream
        self.stream = nil
        server.forget(number)
        stream?.onClose?()
    }

    // MARK: - Waiting

    private func updateInterest() {
        guard isOpen else { return }
        var interest: EventLoop.Interest = isReading ? .readable : []
        if !output.isEmpty { interest.insert(.writable) }
        do {
            try server.loop.setInterest(interest, of: number)
        } catch {
            // Out of kernel memory: a connection that cannot be waited for is of no use.
            close()
        }
    }

    /// The alarm stays where it is while the deadline moves on, which it does with each request; when it goes
    /// off early it is set anew.
    private func setDeadline(_ length: Duration?) {
        deadline = length.map { .now() + $0 }
        guard let deadline else { return }
        if let alarm {
            if alarm.moment <= deadline { return }
            server.loop.cancel(alarm.timer)
        }
        setAlarm(at: deadline)
    }

    private func setAlarm(at moment: MonotonicTime) {
        let timer = server.loop.after(moment - .now()) { [unowned self] in
            alarm = nil
            guard let deadline else { return }
            if deadline > .now() { setAlarm(at: deadline) } else { runOutOfTime() }
        }
        alarm = (timer, moment)
    }

    private func runOutOfTime() {
        switch phase {
        case .head where isIdle: close()
        case .head, .body: refuse(HTTPRefusal(408, "the request has not come to its end in time"))
        case .handling, .flushing, .streaming, .lingering, .closed: close()
        }
    }
}
