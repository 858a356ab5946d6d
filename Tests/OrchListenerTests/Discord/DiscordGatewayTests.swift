import Curl
import JSON
import KitTesting
import OrchListener
import Platform
import Synchronization
import Testing

/// The gateway with all that can go wrong, over real TLS.
@Suite(.requiresDiscord, .serialized) struct DiscordGatewayTests {
    /// Waits for messages until one has that text.
    private func texts(
        from channel: any Channel, until last: String, after position: inout String
    ) throws -> [String] {
        var texts: [String] = []
        let deadline = MonotonicTime.now() + .seconds(60)
        while texts.last != last, MonotonicTime.now() < deadline {
            let batch = try channel.receive(after: position)
            texts += batch.messages.map(\.text)
            position = batch.position ?? position
        }
        return texts
    }

    @Test func `a session asks for what it needs and offers its commands once`() throws {
        let standIn = try DiscordStandIn()
        let channel = try standIn.channel()
        _ = try standIn.listen(on: channel)
        #expect(try standIn.heard("identify") == [["identify", 37377]])
        #expect(try standIn.heard("opened") == [["opened", "10", "json"]])
        let names = (try standIn.state()["commands"].array ?? []).compactMap { $0["name"].string }
        #expect(names.contains("new") && names.contains("kill"))
    }

    @Test(arguments: [
        #"{"kind":"drop"}"#, #"{"kind":"close","code":4000}"#, #"{"kind":"close","code":1001}"#,
        #"{"kind":"reconnect"}"#, #"{"kind":"garbage"}"#, #"{"kind":"garbage","text":"{\"op\":0}"}"#,
        #"{"kind":"binary"}"#, #"{"kind":"invalid","resumable":true}"#,
    ])
    func `what is said while a connection is gone comes with the next`(_ trouble: String) throws {
        let standIn = try DiscordStandIn()
        let channel = try standIn.channel()
        var position = try standIn.listen(on: channel)
        var body = try JSONValue(parsing: trouble).object ?? [:]
        body["now"] = true
        try standIn.control("gateway", .object(body))
        try standIn.control("write", ["text": "meanwhile"])
        try standIn.control("write", ["text": "the last"])
        #expect(try texts(from: channel, until: "the last", after: &position) == ["meanwhile", "the last"])
        #expect(try standIn.heard("identify").count == 1)
        #expect(try standIn.heard("resume").count == 1)
    }

    @Test(arguments: [#"{"kind":"close","code":4009}"#, #"{"kind":"invalid"}"#])
    func `a session that is gone is followed by a new one`(_ trouble: String) throws {
        let standIn = try DiscordStandIn()
        let channel = try standIn.channel()
        let position = try standIn.listen(on: channel)
        var body = try JSONValue(parsing: trouble).object ?? [:]
        body["now"] = true
        try standIn.control("sessions", ["forget": true])
        try standIn.control("gateway", .object(body))
        _ = try standIn.listen(on: channel, after: position)
        #expect(try standIn.heard("identify").count == 2)
    }

    @Test func `a gateway that answers no heartbeat is left and resumed`() throws {
        let standIn = try DiscordStandIn(heartbeat: .milliseconds(100))
        let channel = try standIn.channel()
        let position = try standIn.listen(on: channel)
        try standIn.control("gateway", ["kind": "silent", "now": true])
        let waiting = try Waiting(for: channel, after: position)
        #expect(try eventually { try standIn.heard("resume").count == 1 })
        try standIn.control("write", ["text": "the last"])
        waiting.join()
        #expect(waiting.batch?.messages.map(\.text) == ["the last"])
        #expect(try !standIn.heard("heartbeat").isEmpty)
    }

    @Test func `a heartbeat that is asked for comes, and a number from the past changes nothing`() throws {
        let standIn = try DiscordStandIn()
        let channel = try standIn.channel()
        let position = try standIn.listen(on: channel)
        let waiting = try Waiting(for: channel, after: position)
        try standIn.control("gateway", ["kind": "sequence", "sequence": 1, "now": true])
        try standIn.control("gateway", ["kind": "heartbeat", "now": true])
        #expect(try eventually { try !standIn.heard("heartbeat").isEmpty })
        #expect(try standIn.heard("heartbeat").last?[1].int ?? 0 > 1)
        try standIn.control("write", ["text": "the last"])
        waiting.join()
        #expect(waiting.batch?.messages.map(\.text) == ["the last"])
    }

    @Test func `another process goes on where the first one was`() throws {
        let standIn = try DiscordStandIn()
        var position = try standIn.listen(on: try standIn.channel())
        // The first is gone, with a message that it was never told of.
        try standIn.control("write", ["text": "said to nobody"])
        let second = try standIn.channel()
        #expect(try texts(from: second, until: "said to nobody", after: &position) == ["said to nobody"])
        #expect(try standIn.heard("identify").count == 1)
        // It learns who the bot is, though no greeting told it.
        try standIn.control("write", ["text": "<@42> list", "channel": "500"])
        #expect(try texts(from: second, until: "list", after: &position) == ["list"])
    }

    @Test func `a wrong token is told once and for all`() throws {
        let standIn = try DiscordStandIn()
        let channel = try standIn.channel(token: "wrong")
        for _ in 1...2 {
            let failure = #expect(throws: ChannelError.self) { try channel.receive(after: nil) }
            guard case .unauthorized? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
        #expect(try standIn.state()["requests"].array?.count == 1, "it is not tried again")
    }

    @Test func `an intent that is not granted names the switch`() throws {
        let standIn = try DiscordStandIn()
        try standIn.control("gateway", ["kind": "close", "code": 4014, "at": "identify"])
        let channel = try standIn.channel()
        let failure = #expect(throws: ChannelError.self) { try channel.receive(after: nil) }
        #expect(failure?.problem.contains("Message Content Intent") == true)
        #expect(failure?.isPassing == false)
    }

    @Test func `where no session may begin it is waited`() throws {
        let standIn = try DiscordStandIn()
        try standIn.control("sessions", ["remaining": 0])
        let channel = try standIn.channel()
        #expect(throws: ChannelError.limited(retryAfter: .seconds(14_400))) {
            try channel.receive(after: nil)
        }
        #expect(try standIn.heard("opened").isEmpty)
    }

    @Test func `a gateway that takes nobody in is complained about and tried again`() throws {
        let standIn = try DiscordStandIn()
        for _ in 1...3 { try standIn.control("gateway", ["kind": "drop", "at": "open"]) }
        let channel = try standIn.channel()
        let failure = #expect(throws: ChannelError.self) { try channel.receive(after: nil) }
        guard case .offline? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        _ = try standIn.listen(on: channel)
    }

    @Test func `an end is at once, and leaves the session to be resumed`() throws {
        // A heartbeat would end the wait as well.
        let standIn = try DiscordStandIn(heartbeat: .seconds(600))
        let cancellation = CurlCancellation()
        let channel = try standIn.channel(cancellation: cancellation)
        let position = try standIn.listen(on: channel)
        let waiting = try Waiting(for: channel, after: position) { cancellation.isCancelled }
        cancellation.cancel()
        let start = MonotonicTime.now()
        waiting.join()
        #expect(MonotonicTime.now() - start < .seconds(60))
        #expect(waiting.batch?.messages == [])
        #expect(try standIn.state()["sessions"] == 1)
    }
}

/// A `receive` on another thread, again and again until there is a message or it is called off.
struct Waiting: ~Copyable {
    private final class Outcome: Sendable {
        let batch = Mutex<ChannelBatch?>(nil)
    }

    private let outcome = Outcome()
    private let thread: TestThread

    init(
        for channel: any Channel, after position: String?, isOver: @escaping @Sendable () -> Bool = { false }
    ) throws {
        thread = try TestThread { [outcome] in
            let deadline = MonotonicTime.now() + .seconds(280)
            var last: ChannelBatch?
            repeat {
                // Without a batch the test says what it misses.
                last = try? channel.receive(after: last?.position ?? position)
            } while last?.messages.isEmpty == true && !isOver() && MonotonicTime.now() < deadline
            outcome.batch.withLock { [last] in $0 = last }
        }
    }

    var batch: ChannelBatch? { outcome.batch.withLock { $0 } }

    func join() { thread.join() }
}
