import JSON
import OrchCore
import Testing

@testable import OrchListener

@Suite struct DiscordReadingTests {
    private let place = Place(service: .discord, chat: "500")

    private func message(at time: JSONValue) throws -> IncomingMessage {
        let data: JSONValue = ["id": "7", "author": ["id": "4711"], "content": "hi", "timestamp": time]
        return try #require(DiscordReading(bot: "42").message(data, in: place))
    }

    @Test(arguments: [
        "2026-02-03T04:05:06.789000+00:00", "2026-02-03T04:05:06+00:00", "2026-02-03T04:05:06Z",
    ])
    func `a message was sent when Discord says`(_ time: String) throws {
        #expect(try message(at: .string(time)).sentAt == Timestamp(iso8601: "2026-02-03T04:05:06Z"))
    }

    @Test(arguments: [.null, "soon", "+00:00", "2026-02-03T04:05:06+02:00"] as [JSONValue])
    func `a message whose time cannot be read has just been sent`(_ time: JSONValue) throws {
        #expect(try message(at: time).sentAt == nil)
    }
}
