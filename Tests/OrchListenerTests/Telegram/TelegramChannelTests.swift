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

    @Test func `nothing comes, and the call comes back`() throws {
        let stage = try TelegramStandIn()
        let batch = try stage.channel.receive(after: "4242:1000")
        #expect(batch.messages.isEmpty && batch.position == "4242:1000")
    }
}
