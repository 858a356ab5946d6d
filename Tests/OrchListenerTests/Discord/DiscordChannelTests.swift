import JSON
import OrchListener
import Platform
import Testing

/// What is said to Discord, and what is heard there besides plain messages.
@Suite(.requiresDiscord, .serialized) struct DiscordChannelTests {
    private let standIn: DiscordStandIn
    private let channel: DiscordChannel
    private let guild = Place(service: .discord, chat: DiscordStandIn.guildChannel)
    private let chat = Place(service: .discord, chat: DiscordStandIn.privateChat)

    init() throws {
        standIn = try DiscordStandIn()
        channel = try standIn.channel()
    }

    /// What comes in once `act` was done.
    private func heard(_ act: () throws -> Void) throws -> [IncomingMessage] {
        let position = try standIn.listen(on: channel)
        try act()
        return try channel.receive(after: position).messages
    }

    @Test func `in a channel only what names the bot is meant for it`() throws {
        let messages = try heard {
            try standIn.control("write", ["text": "hello all", "channel": "500", "type": 7])
            try standIn.control("write", ["text": "<@42>  what runs?", "channel": "500"])
        }
        // Discord's own notes are none, such as that somebody joined.
        let message = try #require(messages.first)
        #expect(messages.count == 1)
        #expect(message.text == "what runs?")
        #expect(message.isAddressed)
        #expect(!message.isPrivate)
        #expect(message.place == guild)
        #expect(message.author.actor == "discord:4711")
    }

    @Test func `what a webhook or the bot itself writes is by a bot`() throws {
        for body: JSONValue in [
            ["text": "hi", "channel": "500", "webhook": true],
            ["text": "hi", "channel": "500", "author": "42"],
        ] {
            let standIn = try DiscordStandIn()
            let channel = try standIn.channel()
            let position = try standIn.listen(on: channel)
            try standIn.control("write", body)
            #expect(try channel.receive(after: position).messages.map(\.isByBot) == [true])
        }
    }

    @Test func `a thread is a place in its channel, whoever opened it`() throws {
        let said = try channel.send(OutgoingMessage("Task 42", in: guild))
        let thread = try #require(
            try channel.openThread("Task 42: \(String(repeating: "long ", count: 40))", at: said, in: guild))
        #expect(thread.chat == guild.chat)
        #expect(
            try channel.openThread("again", at: said, in: guild) == thread, "it is found when it is there")
        #expect(try channel.openThread("within", at: said, in: thread) == nil)
        _ = try channel.send(OutgoingMessage("in the thread", in: thread))
        #expect(try standIn.said(in: thread.thread ?? "") == ["in the thread"])
        let messages = try heard {
            try standIn.control("write", ["text": "use postgres", "channel": .string(thread.thread ?? "")])
        }
        #expect(messages.map(\.place) == [thread])
        // Another process, which opened none, asks what the channel is.
        let other = try standIn.channel()
        let position = try standIn.listen(on: other)
        try standIn.control("write", ["text": "not mysql", "channel": .string(thread.thread ?? "")])
        #expect(try other.receive(after: position).messages.map(\.place) == [thread])
    }

    @Test func `a channel that is not named is not listened to`() throws {
        let messages = try heard {
            try standIn.control("channel", ["id": "501"])
            try standIn.control("write", ["text": "<@42> kill 1", "channel": "501"])
            try standIn.control("command", ["name": "kill", "channel": "501"])
            try standIn.control("write", ["text": "list"])
        }
        #expect(messages.map(\.text) == ["list"])
    }

    @Test func `a private chat has no threads`() throws {
        let said = try channel.send(OutgoingMessage("Task 42", in: chat))
        #expect(try channel.openThread("Task 42", at: said, in: chat) == nil)
    }

    @Test func `a slash command is read as it would be typed and answered in its place`() throws {
        var interaction = JSONValue.null
        let messages = try heard {
            interaction = try standIn.control(
                "command", ["name": "assign", "options": ["agent": "codex", "id": "42"], "channel": "500"])
        }
        let message = try #require(messages.first)
        #expect(message.text == "/assign #42 codex")
        #expect(message.isAddressed)
        #expect(message.delivery == interaction["id"].string)
        let first = try channel.send(OutgoingMessage("done", in: message.place, repliesTo: message.id))
        _ = try channel.send(OutgoingMessage("and more", in: message.place, repliesTo: message.id))
        #expect(try standIn.said(in: "500") == ["done", "and more"])
        let state = try standIn.state()
        let answered = state["interactions"][message.delivery]
        #expect(answered["deferred"] == true)
        #expect(answered["original"].string == first.rawValue)
        try channel.edit(first, in: message.place, to: "done!")
        #expect(try standIn.said(in: "500").map(ShownMarkdown.text) == ["done!", "and more"])
    }

    @Test func `an answer that comes too late is a message of its own`() throws {
        let messages = try heard { try standIn.control("command", ["name": "status"]) }
        let message = try #require(messages.first)
        #expect(message.text == "/status")
        try standIn.control("expire", ["interaction": .string(message.delivery)])
        _ = try channel.send(OutgoingMessage("late", in: message.place, repliesTo: message.id))
        #expect(try standIn.said() == ["late"])
    }

    @Test func `a 401 about an interaction is no fault of the token's; any other is`() throws {
        let messages = try heard { try standIn.control("command", ["name": "status"]) }
        let message = try #require(messages.first)
        let body: JSONValue = ["code": 50027, "message": "Invalid Webhook Token"]
        try standIn.control("rest", ["kind": "status", "status": 401, "body": body])
        _ = try channel.send(OutgoingMessage("late", in: message.place, repliesTo: message.id))
        #expect(try standIn.said() == ["late"])
        try standIn.control("rest", ["kind": "status", "status": 401, "body": body])
        let failure = #expect(throws: ChannelError.self) {
            try channel.send(OutgoingMessage("x", in: message.place))
        }
        #expect(failure == .unauthorized(detail: "Discord answers 401"))
    }

    @Test func `a limit of all calls holds every call, and one of a channel none elsewhere`() throws {
        for isGlobal in [false, true] {
            let standIn = try DiscordStandIn()
            let channel = try standIn.channel()
            let body: JSONValue = [
                "message": "You are being rate limited.", "retry_after": 30, "global": .bool(isGlobal),
            ]
            try standIn.control("rest", ["kind": "status", "status": 429, "body": body])
            let limit = ChannelError.limited(retryAfter: .seconds(30), isEverywhere: isGlobal)
            #expect(throws: limit) { try channel.send(OutgoingMessage("one", in: guild)) }
            let elsewhere = try? channel.send(OutgoingMessage("two", in: chat))
            #expect((elsewhere != nil) == !isGlobal)
            #expect(try standIn.state()["requests"].array?.count == (isGlobal ? 1 : 2))
        }
    }

    @Test func `a bot that may offer no commands says so once, and listens`() throws {
        // The first call finds the gateway.
        try standIn.control("rest", ["kind": "delay", "seconds": 0])
        let body: JSONValue = ["code": 50001, "message": "Missing Access"]
        try standIn.control("rest", ["kind": "status", "status": 403, "body": body])
        let failure = #expect(throws: ChannelError.self) { try channel.receive(after: nil) }
        #expect(
            failure == .broken(detail: "it takes no slash commands: status 403, code 50001: Missing Access"))
        try standIn.control("write", ["text": "list"])
        #expect(try channel.receive(after: nil).messages.map(\.text) == ["list"])
    }

    @Test func `a stranger's command is heard and not answered`() throws {
        let messages = try heard { try standIn.control("command", ["name": "kill", "author": "666"]) }
        #expect(messages.map(\.author.id) == ["666"])
        let interactions = try standIn.state()["interactions"].object
        #expect(interactions?.map(\.value["deferred"]) == [false])
    }

    @Test func `what is said calls nobody and shows no preview`() throws {
        _ = try channel.send(
            OutgoingMessage(ChatText(.plain("@everyone <@4711> https://x.example/a_b_c")), in: guild))
        let message = try #require(try standIn.state()["messages"].array?.last)
        #expect(message["flags"].int == 4)
        #expect(
            ShownMarkdown.text(of: message["content"].string ?? "")
                == "@everyone <@4711> https://x.example/a_b_c")
        var quiet = OutgoingMessage("output", in: guild)
        quiet.isQuiet = true
        _ = try channel.send(quiet)
        #expect(try standIn.state()["messages"].array?.last?["flags"].int == 4 | 4096)
    }

    @Test func `a full bucket is not run against`() throws {
        try standIn.control("bucket", ["size": 2, "seconds": 300.5])
        _ = try channel.send(OutgoingMessage("one", in: guild))
        _ = try channel.send(OutgoingMessage("two", in: guild))
        let failure = #expect(throws: ChannelError.self) {
            try channel.send(OutgoingMessage("three", in: guild))
        }
        guard case .limited(let wait, _)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(wait > .seconds(200) && wait <= .seconds(301))
        let statuses = (try standIn.state()["requests"].array ?? []).compactMap { $0[2].int }
        #expect(statuses == [200, 200], "no request was spent on it")
        // Another channel has a bucket of its own.
        _ = try channel.send(OutgoingMessage("three", in: chat))
    }

    @Test func `what is heard while a call fails is not given up`() throws {
        let said = try channel.send(OutgoingMessage("Task 42", in: guild))
        let thread = try #require(try channel.openThread("Task 42", at: said, in: guild))
        let position = try standIn.listen(on: channel)
        // Another process resumes, and has to ask what the channel is; Discord has a fault just then.
        let other = try standIn.channel()
        try standIn.control("write", ["text": "use postgres", "channel": .string(thread.thread ?? "")])
        for _ in 1...2 { try standIn.control("rest", ["kind": "status", "status": 500, "body": "oops"]) }
        for _ in 1...2 {
            let failure = #expect(throws: ChannelError.self) { try other.receive(after: position) }
            #expect(failure?.isPassing == true)
        }
        let messages = try other.receive(after: position).messages
        #expect(messages.map(\.text) == ["use postgres"])
        #expect(messages.map(\.place) == [thread])
    }

    @Test func `a place that is none is refused for good`() throws {
        let nowhere = Place(service: .discord, chat: "1")
        let failure = #expect(throws: ChannelError.self) {
            try channel.send(OutgoingMessage("x", in: nowhere))
        }
        #expect(failure == .refused(detail: "status 404, code 10003: Unknown Channel"))
    }
}
