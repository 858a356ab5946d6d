import JSON
import OrchCore
import Testing

@testable import OrchListener

@Suite struct TelegramUpdateTests {
    private let reader = TelegramUpdate(
        bot: TelegramUpdate.Bot(id: 4242, username: "orch_bot"), groups: ["-1001"])

    private func message(_ text: String?, chat: Int = 7, _ more: JSONObject = [:]) -> IncomingMessage? {
        var fields: JSONObject = [
            "message_id": 3, "chat": ["id": .int(Int64(chat)), "type": chat > 0 ? "private" : "supergroup"],
            "from": ["id": 7, "is_bot": false],
        ]
        if let text { fields["text"] = .string(text) }
        for (name, value) in more { fields[name] = value }
        return reader.message(["update_id": 12, "message": .object(fields)])
    }

    @Test func `what is no message of a person's in a place that counts is nothing`() {
        #expect(message(nil) == nil)
        #expect(message("hi", ["from": .null]) == nil)
        #expect(message("hi", chat: -1002) == nil)
        #expect(reader.message(["update_id": 12, "edited_message": [:]]) == nil)
        #expect(reader.message(.null) == nil)
    }

    @Test(arguments: [(Int64.min, false), (-1, false), (0, true), (.max - 1, true), (.max, false)])
    func `an update that none can follow is none`(_ number: Int64, _ isOne: Bool) {
        let update: JSONValue = [
            "update_id": .int(number),
            "message": [
                "message_id": 3, "chat": ["id": 7, "type": "private"], "text": "hi",
                "from": ["id": 7, "is_bot": false],
            ],
        ]
        #expect((TelegramUpdate.number(of: update) != nil) == isOne)
        #expect((reader.message(update) != nil) == isOne)
    }

    @Test(arguments: [(Int64.min, false), (-1, false), (0, true), (1 << 40, true), (.max, false)])
    func `a moment that nobody lives to see is none`(_ date: Int64, _ isOne: Bool) throws {
        let dated = try #require(message("hi", ["date": .int(date)]))
        #expect((dated.sentAt != nil) == isOne)
    }

    private func message(_ text: String, _ more: JSONObject) -> IncomingMessage? {
        message(text, chat: 7, more)
    }

    @Test func `a delivery is named by its bot, too`() {
        #expect(message("hi")?.delivery == "4242-12")
        #expect(message("hi")?.author == Person(service: .telegram, id: "7"))
    }

    @Test(
        arguments: [
            ["from": ["id": 7, "is_bot": true]], ["from": ["id": 7]], ["sender_chat": ["id": -1001]],
            ["via_bot": ["id": 9]],
        ] as [JSONObject])
    func `programs, channels and whoever hides behind a group are no persons`(_ more: JSONObject) {
        #expect(message("hi", more)?.isByBot == true)
    }

    @Test(arguments: [
        ("hello there", false), ("@orch_bot fix it", true), ("please @Orch_Bot, fix it", true),
        ("/kill 3", true),
        ("/kill@orch_bot 3", true), ("/kill@other_bot 3", false), ("mail@orch_bot.example", false),
    ])
    func `in a group only what calls the bot is for it`(_ text: String, _ isAddressed: Bool) {
        #expect(message(text, chat: -1001)?.isAddressed == isAddressed)
        #expect(message(text)?.isAddressed == true)
    }

    @Test func `the call at the beginning is not what is said`() {
        #expect(message("@orch_bot: fix it", chat: -1001)?.text == "fix it")
        #expect(message("ask @orch_bot", chat: -1001)?.text == "ask @orch_bot")
    }

    @Test func `a topic is a thread, and its first message is no reply's aim`() {
        let topic: JSONObject = ["is_topic_message": true, "message_thread_id": 5]
        var first = topic
        first["reply_to_message"] = ["message_id": 5, "from": ["id": 4242]]
        #expect(message("hi", chat: -1001, first)?.place.name == "-1001/5")
        #expect(message("hi", chat: -1001, first)?.repliesTo == nil)
        var other = topic
        other["reply_to_message"] = ["message_id": 6, "from": ["id": 4242]]
        #expect(message("hi", chat: -1001, other)?.repliesTo == MessageID("6"))
        #expect(message("hi", chat: -1001, other)?.isAddressed == true)
        let stranger: JSONObject = ["reply_to_message": ["message_id": 6, "from": ["id": 8]]]
        #expect(message("hi", chat: -1001, stranger)?.isAddressed == false)
    }

    @Test(
        arguments: [
            (["id": -1001, "is_forum": true], "-1001"), (["id": -1001, "is_forum": false], nil),
            (["id": -1001], nil),
            (["is_forum": true], nil),
        ] as [(JSONObject, String?)])
    func `a group with topics says so`(_ chat: JSONObject, _ forum: String?) {
        #expect(TelegramUpdate.forum(of: ["message": ["chat": .object(chat)]]) == forum)
    }

    @Test func `what is kept of a message is what was said`() throws {
        let topic: JSONObject = [
            "is_topic_message": true, "message_thread_id": 5, "reply_to_message": ["message_id": 6],
        ]
        let written = try #require(message("hi", chat: -1001, topic))
        let delivery = try #require(written.delivery(now: Timestamp(seconds: 0)))
        #expect(IncomingMessage(delivery) == written)
    }
}
