import OrchListener
import Testing

/// What every `Channel` keeps, clause by clause; each runs on a stage of its own.
package struct ChannelContract: Sendable, CustomTestStringConvertible {
    package let testDescription: String
    private let clause: @Sendable (any ChannelStage) throws -> Void

    private init(
        _ testDescription: String, _ clause: @escaping @Sendable (any ChannelStage) throws -> Void
    ) {
        self.testDescription = testDescription
        self.clause = clause
    }

    package func check(_ stage: any ChannelStage) throws { try clause(stage) }

    package static let clauses = hearing + speaking + troubles

    /// What some service means something by, and what is longer in bytes than it looks.
    static let awkwardText =
        "*bold* _it_ ~s~ ||spoiler|| `code` ```block``` [a](http://b.example) <b>&amp;</b> <@1> # > - + = | {x} ! . \\ "
        + "👩‍👩‍👧 é \\* \\\\"

    private static let hearing: [ChannelContract] = [
        ChannelContract("what a person writes comes in with who, where and what") { stage in
            try stage.write("use postgres,\nnot mysql", isByBot: false, repliesTo: nil)
            let message = try #require(try received(from: stage, count: 1).first)
            #expect(message.text == "use postgres,\nnot mysql")
            #expect(message.author == stage.person)
            #expect(message.place == stage.place)
            #expect(message.isPrivate)
            #expect(message.isAddressed)
            #expect(!message.isByBot)
        },
        ChannelContract("messages come in the order in which they were written") { stage in
            for number in 1...5 { try stage.write("message \(number)", isByBot: false, repliesTo: nil) }
            let texts = try received(from: stage, count: 5).map(\.text)
            #expect(texts == (1...5).map { "message \($0)" })
        },
        ChannelContract("what was not stored comes again, by the same name; what was does not") { stage in
            try stage.write("first", isByBot: false, repliesTo: nil)
            let first = try batch(from: stage, after: nil)
            let again = try batch(from: stage, after: nil)
            #expect(again.messages.map(\.delivery) == first.messages.map(\.delivery))
            try stage.write("second", isByBot: false, repliesTo: nil)
            let next = try batch(from: stage, after: first.position)
            #expect(next.messages.map(\.text) == ["second"])
        },
        ChannelContract("what a program writes says so") { stage in
            try stage.write("hello", isByBot: true, repliesTo: nil)
            let message = try #require(try received(from: stage, count: 1).first)
            #expect(message.isByBot)
        },
        ChannelContract("a reply names what it replies to") { stage in
            let said = try stage.channel.send(OutgoingMessage("Task i1", in: stage.place))
            try stage.write("and now?", isByBot: false, repliesTo: said)
            let message = try #require(try received(from: stage, count: 1).first)
            #expect(message.repliesTo == said)
        },
    ]

    private static let speaking: [ChannelContract] = [
        ChannelContract("what is said is shown as it was written, whatever it holds") { stage in
            let spans: [ChatText.Span] = [
                .plain(awkwardText), .bold("bold \(awkwardText)"), .code("let x = 1 // `\\"),
                .block("$ echo '```' \\\nsecond line"), .plain("end."),
            ]
            for span in spans { _ = try stage.channel.send(OutgoingMessage(ChatText(span), in: stage.place)) }
            let shown = try stage.shown()
            #expect(shown.count == spans.count)
            for (text, span) in zip(shown, spans) {
                #expect(trimmed(text) == trimmed(span.text))
            }
        },
        ChannelContract("a text at the limit is taken whole") { stage in
            let long = ChatText(.plain(String(repeating: "wörd. ", count: stage.channel.textLimit)))
            let parts = long.parts(limit: stage.channel.textLimit, length: stage.channel.length)
            #expect(parts.count > 1)
            _ = try stage.channel.send(OutgoingMessage(try #require(parts.first), in: stage.place))
            #expect(try stage.shown().map(trimmed) == [trimmed(parts[0].plain)])
        },
        ChannelContract("what was said can be replaced") { stage in
            let said = try stage.channel.send(OutgoingMessage("working …", in: stage.place))
            try stage.channel.edit(said, in: stage.place, to: ChatText(.plain("done *1*")))
            #expect(try stage.shown() == ["done *1*"])
            // The same once more is no error, though some services take it for one.
            try stage.channel.edit(said, in: stage.place, to: ChatText(.plain("done *1*")))
        },
        ChannelContract("a place is told from its threads by name") { stage in
            let place = stage.place
            #expect(Place(service: place.service, name: place.name) == place)
            let thread = Place(service: place.service, chat: place.chat, thread: "7")
            #expect(Place(service: place.service, name: thread.name) == thread)
        },
    ]

    private static let troubles: [ChannelContract] = [
        ChannelContract("a limit says how long it lasts") { stage in
            try stage.trouble(.limited(.seconds(7)))
            expect(.limited(retryAfter: .seconds(7)), from: stage)
            #expect(try stage.shown().isEmpty)
            _ = try stage.channel.send(OutgoingMessage("now", in: stage.place))
            #expect(try stage.shown() == ["now"])
        },
        ChannelContract("a fault of the service passes; a refusal does not") { stage in
            try stage.trouble(.fault)
            #expect(try #require(error(from: stage)).isPassing)
            try stage.trouble(.forbidden)
            #expect(try #require(error(from: stage)).isPassing == false)
        },
    ]

    /// A service may hand messages out one by one; each call waits for at most a minute.
    private static func received(from stage: any ChannelStage, count: Int) throws -> [IncomingMessage] {
        var messages: [IncomingMessage] = []
        var position: String?
        for _ in 1...(count + 3) where messages.count < count {
            let batch = try stage.channel.receive(after: position)
            messages += batch.messages
            position = batch.position ?? position
        }
        return messages
    }

    private static func batch(from stage: any ChannelStage, after position: String?) throws -> ChannelBatch {
        try stage.channel.receive(after: position)
    }

    private static func expect(_ expected: ChannelError, from stage: any ChannelStage) {
        #expect(error(from: stage) == expected)
    }

    private static func error(from stage: any ChannelStage) -> ChannelError? {
        do throws(ChannelError) {
            _ = try stage.channel.send(OutgoingMessage("x", in: stage.place))
            return nil
        } catch {
            return error
        }
    }

    /// Services drop blanks at the ends.
    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
