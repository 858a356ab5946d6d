import JSON
import KitTesting
import OrchCore
import OrchListener
import Platform
import Testing

/// What was written while there was no session that could be resumed.
@Suite(.requiresDiscord, .serialized) struct DiscordCatchUpTests {
    private let standIn: DiscordStandIn

    init() throws { standIn = try DiscordStandIn() }

    /// Where an earlier listener stood, whose session is gone.
    private func lostPosition() throws -> String {
        let position = try standIn.listen(on: try standIn.channel())
        try standIn.control("sessions", ["forget": true])
        return position
    }

    private func write(_ text: String, _ channel: String = DiscordStandIn.privateChat) throws {
        try standIn.control("write", ["text": .string(text), "channel": .string(channel)])
    }

    /// The next calls of the API are served as always; what comes then is said.
    private func serve(calls: Int) throws {
        for _ in 0..<calls { try standIn.control("rest", ["kind": "delay", "seconds": 0]) }
    }

    @Test func `it is heard in order, by the next, and once`() throws {
        let before = try #require(
            try standIn.control("write", ["text": "Task i1", "channel": "500", "author": "42"])["id"].string)
        try standIn.control("thread", ["message": .string(before)])
        var position = try lostPosition()
        try write("in private")
        try write("<@42> in the channel", "500")
        try write("in a thread", before)
        let next = try standIn.channel()
        let batch = try next.receive(after: position)
        // The bot's own was written in the second in which the first session began, or before it.
        let messages = batch.messages.filter { !$0.isByBot }
        #expect(messages.map(\.text) == ["in private", "in the channel", "in a thread"])
        #expect(messages.map(\.isPrivate) == [true, false, false])
        #expect(messages.map(\.isAddressed) == [true, true, false])
        #expect(messages.map(\.place.name) == ["900", "500", "500/\(before)"])
        #expect(try standIn.heard("identify").count == 2)
        position = try #require(batch.position)
        try write("afterwards")
        let second = try next.receive(after: position)
        #expect(second.messages.map(\.text) == ["afterwards"])
        // What was stored is not fetched once more, by whoever comes next.
        position = try #require(second.position)
        try standIn.control("sessions", ["forget": true])
        try write("later still")
        let third = try standIn.channel().receive(after: position)
        #expect(third.messages.map(\.text) == ["later still"])
    }

    @Test func `only what may be listened to is fetched`() throws {
        try standIn.control("channel", ["id": "501"])
        let note = try #require(
            try standIn.control("write", ["text": "note", "channel": "501"])["id"].string)
        try standIn.control("thread", ["message": .string(note)])
        let position = try lostPosition()
        try write("<@42> elsewhere", "501")
        try write("<@42> in its thread", note)
        try write("last")
        #expect(try standIn.channel().receive(after: position).messages.map(\.text) == ["last"])
        let asked = (try standIn.state()["requests"].array ?? []).compactMap { $0[1].string }
        #expect(!asked.contains { $0.hasPrefix("/channels/501/") || $0.hasPrefix("/channels/\(note)/") })
    }

    @Test func `a channel in which nobody had spoken is asked, too`() throws {
        let position = try lostPosition()
        try write("first words", "500")
        #expect(try standIn.channel().receive(after: position).messages.map(\.text) == ["first words"])
    }

    @Test func `more than a page comes whole`() throws {
        let position = try lostPosition()
        for number in 1...120 { try write("message \(number)") }
        let messages = try standIn.channel().receive(after: position).messages
        #expect(messages.map(\.text) == (1...120).map { "message \($0)" })
    }

    @Test func `what nobody waits for any more is not fetched`() throws {
        let position = try lostPosition()
        try write("yesterday")
        let later = Timestamp(seconds: Int(WallClock.unixSeconds()) + 24 * 3600 + 60)
        let channel = try standIn.channel(now: { later })
        _ = try standIn.listen(on: channel, after: position)
    }

    @Test func `a call that fails is made again, and nothing is lost or doubled`() throws {
        let position = try lostPosition()
        try write("<@42> one", "500")
        try write("two")
        // The gateway's address, the commands, the channel and its messages; then comes the trouble.
        try serve(calls: 4)
        let limit: JSONValue = [
            "message": "You are being rate limited.", "retry_after": 0.01, "global": false,
        ]
        try standIn.control("rest", ["kind": "status", "status": 500, "body": "oops"])
        try standIn.control("rest", ["kind": "status", "status": 429, "body": limit])
        let channel = try standIn.channel()
        for _ in 1...2 {
            let failure = #expect(throws: ChannelError.self) { try channel.receive(after: position) }
            #expect(failure?.isPassing == true)
        }
        #expect(try channel.receive(after: position).messages.map(\.text) == ["one", "two"])
    }

    @Test func `a channel that the bot does not see hides no other`() throws {
        let position = try lostPosition()
        try write("<@42> hidden", "500")
        try write("seen")
        try serve(calls: 2)
        let body: JSONValue = ["code": 50001, "message": "Missing Access"]
        try standIn.control("rest", ["kind": "status", "status": 403, "body": body])
        #expect(try standIn.channel().receive(after: position).messages.map(\.text) == ["seen"])
    }

    @Test func `what the gateway tells, too, is heard once`() throws {
        let position = try lostPosition()
        try write("<@42> missed", "500")
        // Its messages are asked for only after a while.
        try serve(calls: 3)
        try standIn.control("rest", ["kind": "delay", "seconds": 4])
        let channel = try standIn.channel()
        let waiting = try Waiting(for: channel, after: position)
        #expect(
            try eventually {
                (try standIn.state()["requests"].array ?? []).contains { $0[1].string == "/channels/500" }
            })
        try write("<@42> between", "500")
        waiting.join()
        let heard = waiting.batch
        let batch = try #require(heard)
        #expect(batch.messages.map(\.text) == ["missed", "between"])
        try write("last")
        #expect(try channel.receive(after: batch.position).messages.map(\.text) == ["last"])
    }
}
