import KitTesting
import Testing

@testable import WebSocket

/// The cases of the Autobahn suite that apply to a client without extensions, by their numbers.
struct FramesTests {
    static let hello = Array("hello".utf8)

    /// 3.x, 4.x, 5.1, 5.2, 5.9–5.18, 7.3.1, 7.7.x, 7.9.x: what breaks the protocol.
    static let violations: [(name: String, bytes: [UInt8])] = [
        ("3.1", Peer.frame(0xC1, hello)), ("3.2", Peer.frame(0xA1, hello)), ("3.3", Peer.frame(0x91, hello)),
        ("3.7", Peer.frame(0xF9, [])), ("4.1.1", Peer.frame(0x83, [])), ("4.1.5", Peer.frame(0x87, hello)),
        ("4.2.1", Peer.frame(0x8B, [])), ("4.2.5", Peer.frame(0x8F, hello)),
        ("2.5: a long ping", Peer.frame(0x89, [UInt8](repeating: 0, count: 126))),
        ("5.1: a ping in pieces", Peer.frame(0x09, hello)),
        ("5.2: a pong in pieces", Peer.frame(0x0A, hello)),
        ("5.9: the end of nothing", Peer.frame(0x80, hello)), ("5.11", Peer.frame(0x00, hello)),
        ("5.18: a text in a text", Peer.frame(0x01, hello) + Peer.frame(0x81, hello)),
        ("5.17: a binary in a text", Peer.frame(0x01, hello) + Peer.frame(0x82, hello)),
        ("7.3.2: half a code", Peer.frame(0x88, [3])), ("7.9.1", Peer.close(0)), ("7.9.2", Peer.close(999)),
        ("7.9.3", Peer.close(1004)), ("7.9.4", Peer.close(1005)), ("7.9.5", Peer.close(1006)),
        ("7.9.6", Peer.close(1015)), ("7.9.8", Peer.close(1100)), ("7.9.9", Peer.close(2000)),
        ("7.9.11", Peer.close(2999)), ("7.9.13", Peer.close(65535)),
        ("7.3.6: a long close", Peer.close(1000, String(repeating: "x", count: 124))),
        ("masked", [0x81, 0x85, 1, 2, 3, 4] + hello), ("a long way to say five", [0x81, 126, 0, 5] + hello),
        ("a longer way", [0x81, 127, 0, 0, 0, 0, 0, 0, 0, 5] + hello),
        ("a negative length", [0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0]),
    ]

    @Test(arguments: violations)
    func `what breaks the protocol ends it with 1002`(_ name: String, _ bytes: [UInt8]) {
        var client = Peer.open()
        let events = client.receive(bytes)
        guard case .failed(.protocolViolation)? = events.last, events.count == 1 else {
            Issue.record("\(name): \(events)")
            return
        }
        #expect(client.sent().map(\.payload) == [[0x03, 0xEA]], "\(name)")
        #expect(client.isOver)
        #expect(client.receive(Peer.frame(0x81, Self.hello)) == [])
    }

    /// 1.x: lengths around where their spelling changes.
    @Test(arguments: [0, 1, 125, 126, 127, 128, 65_535, 65_536, 65_537])
    func `messages of all lengths come and go`(_ count: Int) throws {
        var client = Peer.open()
        let text = String(repeating: "*", count: count)
        let bytes = [UInt8](repeating: 0xFE, count: count)
        #expect(client.receive(Peer.frame(0x81, Array(text.utf8))) == [.text(text)])
        #expect(client.receive(Peer.frame(0x82, bytes)) == [.binary(bytes)])
        try client.send(text: text)
        try client.send(binary: bytes)
        let sent = client.sent()
        #expect(sent.map(\.first) == [0x81, 0x82])
        #expect(sent.map(\.payload) == [Array(text.utf8), bytes])
    }

    /// 2.x: pings are answered with what they carry; pongs nobody asked for are nothing.
    @Test func `pings are answered in order, also within a message`() {
        var client = Peer.open()
        let bytes =
            Peer.frame(0x01, Array("he".utf8)) + Peer.frame(0x89, [1]) + Peer.frame(0x00, Array("l".utf8))
            + Peer.frame(0x89, [2, 0xFF]) + Peer.frame(0x8A, [9]) + Peer.frame(0x80, Array("lo".utf8))
        #expect(client.receive(bytes) == [.pong([9]), .text("hello")])
        let sent = client.sent()
        #expect(sent.map(\.first) == [0x8A, 0x8A])
        #expect(sent.map(\.payload) == [[1], [2, 0xFF]])
    }

    /// 5.x, and the pieces that a stream may come in.
    @Test func `bytes may come one by one`() {
        var bytes: [UInt8] = []
        for _ in 0..<3 { bytes += Peer.frame(0x01, Array("é".utf8)) + Peer.frame(0x80, Array("€".utf8)) }
        bytes += Peer.frame(0x82, [UInt8](repeating: 1, count: 300)) + Peer.close(4000, "bye")
        var client = Peer.open()
        let expected: [WebSocketClient.Event] = [
            .text("é€"), .text("é€"), .text("é€"), .binary([UInt8](repeating: 1, count: 300)),
            .closed(code: 4000, reason: "bye"),
        ]
        #expect(bytes.flatMap { client.receive([$0]) } == expected)
    }

    /// 6.x: a character may be cut by a fragment's end, and has to be whole at the message's.
    static let texts: [(pieces: [[UInt8]], isText: Bool)] = [
        ([[0xCE, 0xBA], [0xE1], [0xBD, 0xB9]], true), ([[0xF4, 0x8F], [0xBF, 0xBF]], true), ([[], []], true),
        ([[0xCE]], false), ([[0xF4, 0x90, 0x80, 0x80]], false), ([[0xED, 0xA0], [0x80]], false),
        ([[0xC0, 0xAF]], false), ([[0x68, 0x80, 0x69]], false), ([[0xFF]], false),
    ]

    @Test(arguments: texts)
    func `a text is UTF-8`(_ pieces: [[UInt8]], _ isText: Bool) {
        var client = Peer.open()
        var events: [WebSocketClient.Event] = []
        for (place, piece) in pieces.enumerated() {
            let isLast = place == pieces.count - 1
            events += client.receive(Peer.frame((isLast ? 0x80 : 0) | (place == 0 ? 0x01 : 0x00), piece))
        }
        if isText {
            #expect(events == [.text(String(decoding: pieces.joined(), as: UTF8.self))])
        } else {
            #expect(events == [.failed(.invalidText)])
            #expect(client.sent().map(\.payload) == [[0x03, 0xEF]])
        }
    }

    @Test func `a message has a limit, whole or in pieces, before it is waited for`() {
        var limits = WebSocketClient.Limits()
        limits.messageBytes = 10
        var client = Peer.open(limits: limits)
        #expect(client.receive(Peer.frame(0x81, [UInt8](repeating: 65, count: 10))).count == 1)
        // The beginning of a frame of four gigabytes is enough.
        #expect(client.receive([0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0]) == [.failed(.tooLarge(limitBytes: 10))])
        #expect(client.sent().map(\.payload) == [[0x03, 0xF1]])
        var other = Peer.open(limits: limits)
        #expect(other.receive(Peer.frame(0x01, Array("123456".utf8))) == [])
        #expect(other.receive(Peer.frame(0x80, Array("12345".utf8))) == [.failed(.tooLarge(limitBytes: 10))])
    }

    /// 7.x: closing, from either side.
    @Test(arguments: [UInt16(1000), 1001, 1002, 1003, 1007, 1011, 1012, 3000, 3999, 4000, 4004, 4999])
    func `a close is returned with its code`(_ code: UInt16) {
        var client = Peer.open()
        let bytes = Peer.close(code, "why") + Peer.frame(0x81, Self.hello)
        #expect(client.receive(bytes) == [.closed(code: code, reason: "why")])
        #expect(client.sent().map(\.payload) == [[UInt8(code >> 8), UInt8(code & 0xFF)]])
        #expect(throws: WebSocketError.notOpen) { try client.send(text: "late") }
        #expect(client.streamEnded() == nil)
    }

    @Test func `a close without a code is one, and a reason that is no text is none`() {
        var client = Peer.open()
        #expect(client.receive(Peer.frame(0x88, [])) == [.closed(code: nil, reason: "")])
        #expect(client.sent().map(\.payload) == [[]])
        var other = Peer.open()
        #expect(other.receive(Peer.frame(0x88, [0x03, 0xE8, 0xFF])) == [.failed(.invalidText)])
    }

    @Test func `our close waits for the server's`() {
        var client = Peer.open()
        client.close(code: 4001, reason: "zombie")
        let sent = client.sent()
        #expect(sent.map(\.first) == [0x88])
        #expect(sent.map(\.payload) == [[0x0F, 0xA1] + Array("zombie".utf8)])
        #expect(client.receive(Peer.frame(0x81, Self.hello)) == [.text("hello")])
        #expect(client.receive(Peer.close(4001)) == [.closed(code: 4001, reason: "")])
        #expect(client.sent().isEmpty)
    }

    @Test func `a stream that ends without a close is cut off`() {
        var client = Peer.open()
        #expect(client.receive(Peer.frame(0x01, Self.hello)) == [])
        #expect(client.streamEnded() == .failed(.cutOff))
        #expect(client.streamEnded() == nil)
        var early = WebSocketClient(host: "example.com", path: "/")
        #expect(early.streamEnded() == .failed(.cutOff))
    }

    @Test func `what waits to be sent has a limit, and a flood of pings fills no memory`() throws {
        var limits = WebSocketClient.Limits()
        limits.outputBytes = 1000
        var client = Peer.open(limits: limits)
        try client.send(text: String(repeating: "x", count: 900))
        #expect(throws: WebSocketError.backlog(limitBytes: 1000)) {
            try client.send(text: String(repeating: "x", count: 200))
        }
        for _ in 0..<1000 { _ = client.receive(Peer.frame(0x89, [UInt8](repeating: 1, count: 100))) }
        #expect(client.output.count < 1200)
    }

    @Test func `masks differ from frame to frame`() throws {
        var client = Peer.open()
        for _ in 0..<16 { try client.send(text: "same") }
        let frames = stride(from: 0, to: client.output.count, by: 10).map {
            Array(client.output[$0..<($0 + 10)])
        }
        #expect(Set(frames).count > 8)
    }

    @Test func `whatever comes, it ends in events and within its limits`() {
        var random = SeededGenerator(seed: 6455)
        for _ in 0..<3000 {
            var client = Peer.open()
            var bytes: [UInt8] = []
            for _ in 0...random.below(6) {
                let payload = (0..<random.below(130)).map { _ in UInt8(random.below(256)) }
                bytes += Peer.frame(UInt8(random.below(256)), payload)
            }
            if random.chance(50), !bytes.isEmpty {
                bytes[random.below(bytes.count)] ^= UInt8(1 + random.below(255))
            }
            var whole = client
            let atOnce = whole.receive(bytes)
            #expect(bytes.flatMap { client.receive([$0]) } == atOnce)
            #expect(atOnce.dropLast().allSatisfy { if case .failed = $0 { false } else { true } })
        }
    }
}
