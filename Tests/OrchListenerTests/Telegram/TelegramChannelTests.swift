import Curl
import JSON
import OrchListener
import OrchTesting
import Testing

@Suite(.requiresTelegram) struct TelegramChannelTests {
    @Test(arguments: ChannelContract.clauses)
    func `Telegram keeps the contract`(_ clause: ChannelContract) throws {
        try clause.check(TelegramStandIn())
    }

    @Test func `a text looks as it is meant`() throws {
        let stage = try TelegramStandIn()
        let text = ChatText(
            .bold("Task i1"), .plain(": a_b*c [x](y) done!"), .code("a`b\\c"), .block("$ ls\n*"))
        _ = try stage.channel.send(OutgoingMessage(text, in: stage.place))
        let said = try #require(try stage.said().first)
        let kinds = said["entities"].array?.compactMap { $0["type"].string }
        #expect(kinds == ["bold", "code", "pre"])
        #expect(said["text"].string == "Task i1: a_b*c [x](y) done!a`b\\c$ ls\n*")
    }

    @Test func `what Telegram cannot read with its look is said without`() throws {
        let stage = try TelegramStandIn()
        try stage.admin(
            .post, "trouble", ["kind": "unparsable", "method": "sendMessage"])
        _ = try stage.channel.send(OutgoingMessage(ChatText(.bold("x.y")), in: stage.place))
        let said = try #require(try stage.said().first)
        #expect(said["text"].string == "x.y" && said["entities"].array == [])
    }

    @Test func `quiet messages do not ring, and replies do not need what they reply to`() throws {
        let stage = try TelegramStandIn()
        var message = OutgoingMessage("output", in: stage.place, repliesTo: MessageID("99999"))
        message.isQuiet = true
        _ = try stage.channel.send(message)
        #expect(try stage.said().first?["silent"].bool == true)
    }

    @Test(arguments: [
        ("drop", true), ("garbage", true), ("fault", true), ("limited", true), ("unauthorized", false),
    ])
    func `trouble while it listens passes or does not, and loses nothing`(_ kind: String, _ isPassing: Bool)
        throws
    {
        let stage = try TelegramStandIn()
        try stage.write("hello", isByBot: false, repliesTo: nil)
        // A kept connection that is dead is tried once more, at once.
        try stage.trouble(kind, method: "getUpdates", ["count": kind == "drop" ? 2 : 1])
        do throws(ChannelError) {
            _ = try stage.channel.receive(after: nil)
            Issue.record("no trouble")
        } catch {
            #expect(error.isPassing == isPassing, "\(error)")
        }
        #expect(try stage.channel.receive(after: nil).messages.map(\.text) == ["hello"])
    }

    @Test func `a token that is wrong is said, and does not show`() throws {
        let stage = try TelegramStandIn(token: "4242:wrong")
        do throws(ChannelError) {
            _ = try stage.channel.receive(after: nil)
            Issue.record("it was let in")
        } catch {
            guard case .unauthorized = error else { Issue.record("\(error)"); return }
            #expect(!error.problem.contains("wrong") && !error.fix.contains("wrong"))
        }
    }

    @Test func `the position of another bot is none`() throws {
        let stage = try TelegramStandIn()
        try stage.write("hello", isByBot: false, repliesTo: nil)
        #expect(try stage.channel.receive(after: "1:9999").messages.map(\.text) == ["hello"])
        #expect(try stage.channel.receive(after: "garbage").messages.map(\.text) == ["hello"])
    }

    @Test func `updates that none can follow are a trouble, and hide no others`() throws {
        let stage = try TelegramStandIn()
        try stage.admin(.post, "write", ["chat": 4711, "text": "nobody knows when", "number": -1])
        do throws(ChannelError) {
            _ = try stage.channel.receive(after: nil)
            Issue.record("no trouble")
        } catch {
            #expect(error == .broken(detail: "`getUpdates` numbers no update"))
        }
        try stage.write("hello", isByBot: false, repliesTo: nil)
        #expect(try stage.channel.receive(after: nil).messages.map(\.text) == ["hello"])
    }

    // MARK: - Topics

    /// A group that the bot has heard from.
    private func group(_ forum: JSONObject?) throws -> (TelegramStandIn, Place) {
        let stage = try TelegramStandIn(groups: ["-1001"])
        if var forum {
            forum["chat"] = -1001
            try stage.admin(.post, "forum", forum)
        }
        try stage.admin(.post, "write", ["chat": -1001, "from": 4711, "text": "/new Fix the login"])
        let message = try #require(try stage.channel.receive(after: nil).messages.first)
        return (stage, message.place)
    }

    @Test func `a task gets a topic of its own, where it is talked about`() throws {
        let (stage, place) = try group([:])
        let said = try stage.channel.send(OutgoingMessage("Task i1", in: place))
        let title = "i1: Fix the login\n" + String(repeating: "long ", count: 100)
        let topic = try #require(try stage.channel.openThread(title, at: said, in: place))
        #expect(topic.chat == "-1001" && topic.thread != nil)
        _ = try stage.channel.send(OutgoingMessage("in the topic", in: topic))
        #expect(try stage.channel.openThread("within", at: said, in: topic) == nil)
        let number = try #require(topic.thread.flatMap { Int64($0) })
        try stage.admin(
            .post, "write", ["chat": -1001, "from": 4711, "text": "use postgres", "topic": .int(number)])
        let texts = try stage.channel.receive(after: "4242:1001").messages
        #expect(texts.map(\.text) == ["use postgres"] && texts.map(\.place) == [topic])
        let name = try stage.admin(.get, "said?chat=-1001").array?[1]["forum_topic_created"]["name"]
        #expect(name?.string == "i1: Fix the login")
        let long = try #require(
            try stage.channel.openThread(String(repeating: "é", count: 300), at: said, in: place))
        #expect(long != topic)
    }

    @Test(arguments: [nil, ["may_manage": false]] as [JSONObject?])
    func `where there are no topics, or the bot may make none, replies are the conversation`(
        _ forum: JSONObject?
    ) throws {
        let (stage, place) = try group(forum)
        let said = try stage.channel.send(OutgoingMessage("Task i1", in: place))
        #expect(try stage.channel.openThread("i1", at: said, in: place) == nil)
    }

    @Test func `nothing comes, and the call comes back`() throws {
        let stage = try TelegramStandIn()
        let batch = try stage.channel.receive(after: "4242:1000")
        #expect(batch.messages.isEmpty && batch.position == "4242:1000")
    }
}
