import Curl
import Platform
import Subprocess
import WebSocket

/// One WebSocket to the gateway. It is cut, without a word, when the value goes: that leaves its session to
/// be resumed.
struct GatewayConnection: ~Copyable {
    /// What a silent connection may take to open.
    private static let openingPatience: Duration = .seconds(20)
    /// The greeting of a bot in many large guilds is a few megabytes.
    private static let messageLimitBytes = 32 << 20
    /// How long the end may take to be said.
    private static let closingPatience: Duration = .milliseconds(500)

    private var client: WebSocketClient
    private var stream: CurlStream
    private let openingDeadline: MonotonicTime

    /// Connects and waits for TLS; the WebSocket opens in `events`.
    init(
        _ library: CurlLibrary, to address: GatewayAddress, _ settings: CurlSettings,
        cancellation: CurlCancellation
    ) throws(CurlError) {
        stream = try CurlStream(library, to: address.streamURL, settings, cancellation: cancellation)
        var limits = WebSocketClient.Limits()
        limits.messageBytes = Self.messageLimitBytes
        client = WebSocketClient(
            host: address.host, path: address.path, headers: [("User-Agent", settings.userAgent)],
            limits: limits)
        openingDeadline = .now() + Self.openingPatience
    }

    mutating func send(_ text: String) throws(WebSocketError) {
        try client.send(text: text)
    }

    /// Waits for what comes until `deadline`, or until the alarm rings; nothing is an empty list.
    mutating func events(until deadline: MonotonicTime, _ alarm: borrowing WakePipe) -> [WebSocketClient
        .Event]
    {
        let deadline = client.isOpen ? deadline : min(deadline, openingDeadline)
        while true {
            var isMore = false
            do throws(CurlError) {
                try flush()
                let chunk = try stream.read()
                switch chunk {
                case .bytes(let bytes):
                    let events = client.receive(bytes)
                    if !events.isEmpty { return events }
                    // What is no event, such as a flood of pings, is no reason to forget the time.
                    isMore = true
                case .end: return ended()
                case .nothingYet: break
                }
            } catch {
                return ended()
            }
            let now = MonotonicTime.now()
            if now >= openingDeadline, !client.isOpen { return ended() }
            if now >= deadline || alarm.hasRung { return [] }
            if isMore { continue }
            alarm.wait(for: stream.descriptor, isWriting: !client.output.isEmpty, until: deadline)
        }
    }

    private mutating func ended() -> [WebSocketClient.Event] {
        client.streamEnded().map { [$0] } ?? []
    }

    private mutating func flush() throws(CurlError) {
        while !client.output.isEmpty {
            let count = try stream.write(client.output[...])
            if count == 0 { return }
            client.consumeOutput(count)
        }
    }

    /// Says that it ends, as far as that is taken at once.
    consuming func close(code: UInt16, _ alarm: borrowing WakePipe) {
        client.close(code: code)
        let deadline = MonotonicTime.now() + Self.closingPatience
        // The connection is given up either way.
        while !client.output.isEmpty, MonotonicTime.now() < deadline, (try? flush()) != nil {
            if !client.output.isEmpty { alarm.wait(for: stream.descriptor, isWriting: true, until: deadline) }
        }
    }
}
