import OrchCore
import Testing

@testable import OrchListener

@Suite struct DiscordPositionTests {
    private func flake(_ number: Int) throws -> DiscordSnowflake {
        try #require(DiscordSnowflake("\(number)"))
    }

    @Test func `a position is read as it was written`() throws {
        var position = DiscordPosition()
        #expect(DiscordPosition(position.text) == position)
        position.session = GatewayPosition(session: "a\"b", sequence: 12, url: "wss://x")
        position.since = try flake(7)
        for channel in 1...20 { position.note(try flake(channel + 100), in: "\(channel)") }
        #expect(DiscordPosition(position.text) == position)
        #expect(DiscordPosition(position.text)?.text == position.text)
    }

    @Test(arguments: ["", "12", "[]", "{"])
    func `what is none is none`(_ text: String) { #expect(DiscordPosition(text) == nil) }

    @Test(arguments: [
        "{}", #"{"session":"s","sequence":"1","url":"u"}"#, #"{"since":-1,"seen":{"1":2,"2":"x"}}"#,
    ])
    func `what makes no sense in it is left out`(_ text: String) {
        #expect(DiscordPosition(text) == DiscordPosition())
    }

    @Test func `the newest message of a channel counts, and there is an end to channels`() throws {
        var position = DiscordPosition()
        position.note(try flake(9), in: "a")
        position.note(try flake(8), in: "a")
        #expect(position.seen == ["a": try flake(9)])
        for number in 1...600 { position.note(try flake(number + 10), in: "\(number)") }
        #expect(position.seen.count == 500)
        #expect(position.seen["a"] == nil && position.seen["600"] != nil)
        position.drop(before: try flake(609))
        #expect(position.seen == ["600": try flake(610)])
    }

    @Test func `numbers rise with the time`() throws {
        // The example of Discord's documentation, of 2016-04-30 11:18:25 UTC.
        let number = try #require(DiscordSnowflake("175928847299117063"))
        #expect(DiscordSnowflake(at: Timestamp(seconds: 1_462_015_105)) < number)
        #expect(number < DiscordSnowflake(at: Timestamp(seconds: 1_462_015_106)))
        #expect(DiscordSnowflake(at: Timestamp(seconds: 0)) == DiscordSnowflake("0"))
        for text in ["", "-1", "1.5", "18446744073709551616"] { #expect(DiscordSnowflake(text) == nil) }
    }
}
