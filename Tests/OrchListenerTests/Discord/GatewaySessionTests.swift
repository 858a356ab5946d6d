import JSON
import KitTesting
import Platform
import Testing

@testable import OrchListener

struct GatewaySessionTests {
    private let start = MonotonicTime(nanoseconds: 1_000_000_000_000)
    private var random = SeededGenerator(seed: 10)

    private func after(_ length: Duration) -> MonotonicTime { start + length }

    private static func dispatch(_ name: String, _ sequence: Int, _ data: JSONValue = [:]) -> GatewayMessage {
        .dispatch(GatewayDispatch(name: name, sequence: sequence, data: data))
    }

    private static let ready = dispatch(
        "READY", 1, ["session_id": "s", "resume_gateway_url": "wss://resume.example"])

    /// A session that was taken in, with heartbeats every ten seconds.
    private mutating func readySession() -> GatewaySession {
        var session = GatewaySession(token: "t")
        session.begin(now: start)
        _ = session.take(.hello(interval: .seconds(10)), now: start, using: &random)
        _ = session.take(Self.ready, now: start, using: &random)
        return session
    }

    @Test(arguments: [
        "", "{", "[]", "null", "1", #"{"op":"10"}"#, #"{"op":0,"t":"X"}"#, #"{"op":0,"s":1}"#,
        #"{"op":10,"d":{}}"#,
        #"{"op":10,"d":{"heartbeat_interval":"x"}}"#, #"{"d":1}"#, #"{"op":1.5}"#,
    ])
    func `what is no message is none`(_ text: String) {
        #expect(GatewayMessage(text) == nil)
    }

    @Test func `opcodes are told apart, also those of a later day`() {
        #expect(GatewayMessage(#"{"op":1,"d":null}"#) == .heartbeat)
        #expect(GatewayMessage(#"{"op":7,"d":null}"#) == .reconnect)
        #expect(GatewayMessage(#"{"op":9,"d":true}"#) == .invalidSession(isResumable: true))
        #expect(GatewayMessage(#"{"op":9,"d":null}"#) == .invalidSession(isResumable: false))
        #expect(GatewayMessage(#"{"op":11}"#) == .acknowledged)
        #expect(GatewayMessage(#"{"op":31}"#) == .other(31))
        #expect(
            GatewayMessage(#"{"op":10,"d":{"heartbeat_interval":41250}}"#)
                == .hello(interval: .milliseconds(41250)))
        // Neither a flood of heartbeats nor none at all.
        #expect(
            GatewayMessage(#"{"op":10,"d":{"heartbeat_interval":0}}"#) == .hello(interval: .milliseconds(10)))
        #expect(
            GatewayMessage(#"{"op":10,"d":{"heartbeat_interval":1e300}}"#) == .hello(interval: .seconds(600)))
    }

    @Test mutating func `a new session identifies once, and heartbeats begin anywhere in the first interval`()
    {
        var offsets: Set<Int64> = []
        for _ in 0..<50 {
            var session = GatewaySession(token: "t")
            session.begin(now: start)
            let steps = session.take(.hello(interval: .seconds(10)), now: start, using: &random)
            #expect(steps == [.send(GatewayCommand.identify(token: "t"))])
            #expect(session.take(.hello(interval: .seconds(10)), now: start, using: &random) == [])
            let first = session.deadline ?? start
            #expect(first >= start && first < after(.seconds(10)))
            offsets.insert((first - start).components.seconds)
        }
        #expect(offsets.count > 5, "the jitter is none")
    }

    @Test
    mutating func `a heartbeat carries the last number, and one that is not answered ends the connection`() {
        var session = readySession()
        _ = session.take(Self.dispatch("TYPING_START", 5), now: start, using: &random)
        let first = session.deadline ?? start
        #expect(session.due(now: first) == [.send(["op": 1, "d": 5])])
        #expect(session.due(now: first) == [], "not twice")
        _ = session.take(.acknowledged, now: first, using: &random)
        let second = session.deadline ?? start
        #expect(second == first + .seconds(10))
        #expect(session.due(now: second) == [.send(["op": 1, "d": 5])])
        let third = session.deadline ?? start
        #expect(session.due(now: third) == [.reconnect(code: GatewaySession.resumableCode, pause: .zero)])
        #expect(session.position?.session == "s", "a zombie's session is resumed")
    }

    @Test mutating func `a heartbeat that is asked for is sent at once`() {
        var session = readySession()
        #expect(session.take(.heartbeat, now: start, using: &random) == [.send(["op": 1, "d": 1])])
    }

    @Test mutating func `the next connection resumes where the last one was`() {
        var session = readySession()
        _ = session.take(Self.dispatch("MESSAGE_CREATE", 7), now: start, using: &random)
        #expect(
            session.take(.reconnect, now: start, using: &random)
                == [.reconnect(code: GatewaySession.resumableCode, pause: .zero)])
        session.begin(now: start)
        #expect(!session.isReady)
        let steps = session.take(.hello(interval: .seconds(10)), now: start, using: &random)
        let expected: JSONValue = ["op": 6, "d": ["token": "t", "session_id": "s", "seq": 7]]
        #expect(steps == [.send(expected)])
        _ = session.take(Self.dispatch("RESUMED", 8), now: start, using: &random)
        #expect(session.isReady)
        #expect(session.position?.sequence == 8)
    }

    @Test mutating func `numbers do not lead back`() {
        var session = readySession()
        _ = session.take(Self.dispatch("A", 9), now: start, using: &random)
        #expect(session.take(Self.dispatch("B", 3), now: start, using: &random).count == 1)
        #expect(session.position?.sequence == 9)
    }

    @Test mutating func `an invalid session is resumed or given up, after a pause`() {
        for isResumable in [true, false] {
            var session = readySession()
            let steps = session.take(.invalidSession(isResumable: isResumable), now: start, using: &random)
            guard case .reconnect(_, let pause)? = steps.first, steps.count == 1 else {
                Issue.record("\(steps)")
                continue
            }
            #expect(pause >= .seconds(1) && pause <= .seconds(5))
            #expect((session.position != nil) == isResumable)
        }
    }

    @Test mutating func `a gateway that does not greet, or takes nobody in, is left`() {
        var session = GatewaySession(token: "t")
        session.begin(now: start)
        #expect(session.due(now: after(.seconds(29))) == [])
        #expect(session.due(now: after(.seconds(30))).count == 1)
        session.begin(now: start)
        _ = session.take(.hello(interval: .seconds(600)), now: start, using: &random)
        #expect(session.due(now: after(.seconds(30))).count == 1)
    }

    @Test mutating func `a greeting without a session is left as well`() {
        var session = GatewaySession(token: "t")
        session.begin(now: start)
        _ = session.take(.hello(interval: .seconds(10)), now: start, using: &random)
        let steps = session.take(Self.dispatch("READY", 1, ["user": [:]]), now: start, using: &random)
        #expect(steps == [.reconnect(code: GatewaySession.resumableCode, pause: .seconds(5))])
        #expect(!session.isReady)
    }

    @Test(arguments: [1000, 1001, 1006, 4000, 4001, 4002, 4005, 4008, 4900])
    func `most closes are followed by a resume`(_ code: Int) {
        #expect(GatewayClose(code: UInt16(code)) == .resume)
        #expect(GatewayClose(code: nil) == .resume)
    }

    @Test(arguments: [4003, 4007, 4009])
    func `after some a new session is begun`(_ code: Int) {
        #expect(GatewayClose(code: UInt16(code)) == .identify)
    }

    @Test(arguments: [4004, 4010, 4011, 4012, 4013, 4014])
    func `some cannot be mended by trying`(_ code: Int) {
        guard case .givenUp(let error) = GatewayClose(code: UInt16(code)) else {
            Issue.record("\(code) is tried again")
            return
        }
        #expect(!error.isPassing)
        #expect(error.problem.contains("\(code)"))
    }

    @Test func `addresses are those of a gateway over TLS`() {
        let address = GatewayAddress("wss://gateway.discord.gg", allowsPlain: false)
        #expect(address?.streamURL == "https://gateway.discord.gg")
        #expect(address?.host == "gateway.discord.gg")
        #expect(address?.path == "/?v=10&encoding=json")
        #expect(GatewayAddress("wss://h:8/a/b?x=y", allowsPlain: false)?.path == "/a/b?v=10&encoding=json")
        let wrong = [
            "", "wss://", "https://x", "ws://x", "wss://x\r\ny", "wss://user@x", "wss://x/\r\nHost: y",
            "wss:///x", "WSS://x",
        ]
        for url in wrong { #expect(GatewayAddress(url, allowsPlain: false) == nil, "\(url)") }
        #expect(GatewayAddress("ws://localhost:1", allowsPlain: true)?.streamURL == "http://localhost:1")
    }
}
