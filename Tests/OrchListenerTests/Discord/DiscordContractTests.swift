import JSON
import OrchListener
import OrchTesting
import Synchronization
import Testing

@Suite(.requiresDiscord, .serialized) struct DiscordContractTests {
    @Test(arguments: ChannelContract.clauses)
    func `Discord keeps the contract`(_ clause: ChannelContract) throws {
        try clause.check(DiscordStage())
    }
}

/// A channel whose beginning, for who has no position, is where a session was begun.
private final class HeardChannel: Channel {
    let channel: DiscordChannel
    private let start = Mutex<String?>(nil)

    init(_ channel: DiscordChannel) { self.channel = channel }

    func begin(at position: String) { start.withLock { $0 = position } }

    var service: ChatService { channel.service }
    var textLimit: Int { channel.textLimit }
    var pace: Duration { channel.pace }

    func length(of text: ChatText) -> Int { channel.length(of: text) }
    func room(of place: Place) -> Place { channel.room(of: place) }

    func receive(after position: String?) throws(ChannelError) -> ChannelBatch {
        try channel.receive(after: position ?? start.withLock { $0 })
    }

    func send(_ message: OutgoingMessage) throws(ChannelError) -> MessageID { try channel.send(message) }

    func edit(_ message: MessageID, in place: Place, to text: ChatText) throws(ChannelError) {
        try channel.edit(message, in: place, to: text)
    }

    func openThread(_ title: String, at message: MessageID, in place: Place) throws(ChannelError) -> Place? {
        try channel.openThread(title, at: message, in: place)
    }
}

/// A private chat with the stand-in.
final class DiscordStage: ChannelStage {
    let standIn: DiscordStandIn
    private let heard: HeardChannel
    var channel: any Channel { heard }
    let place = Place(service: .discord, chat: DiscordStandIn.privateChat)
    let person = Person(service: .discord, id: DiscordStandIn.person)
    private var isListening = false

    init() throws {
        standIn = try DiscordStandIn()
        heard = HeardChannel(try standIn.channel())
    }

    /// Nobody hears what is written before there is a session: one is begun, and the contract goes on from
    /// there.
    func write(_ text: String, isByBot: Bool, repliesTo: MessageID?) throws {
        if !isListening {
            isListening = true
            heard.begin(at: try standIn.listen(on: heard.channel))
        }
        var body: JSONObject = ["text": .string(text), "bot": .bool(isByBot)]
        if let repliesTo { body["reply_to"] = .string(repliesTo.rawValue) }
        try standIn.control("write", .object(body))
    }

    func shown() throws -> [String] { try standIn.said().map(ShownMarkdown.text) }

    func trouble(_ trouble: ChannelTrouble) throws {
        switch trouble {
        case .limited(let length):
            let seconds = Double(length.components.seconds)
            try standIn.control(
                "rest",
                [
                    "kind": "status", "status": 429, "headers": ["Retry-After": .string("\(Int(seconds))")],
                    "body": [
                        "message": "You are being rate limited.", "retry_after": .double(seconds),
                        "global": false,
                    ],
                ])
        case .fault: try standIn.control("rest", ["kind": "status", "status": 503, "body": "upstream"])
        case .forbidden:
            let body: JSONValue = ["code": 50013, "message": "Missing Permissions"]
            try standIn.control("rest", ["kind": "status", "status": 403, "body": body])
        }
    }
}
