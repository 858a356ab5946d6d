import OrchCore
import Platform
import Reactor
import Synchronization
import Testing

@testable import OrchListener

@Suite struct ChatMouthTests {
    /// Takes what is said, but for what a room meets first.
    private final class Channel: OrchListener.Channel {
        let service = ChatService.telegram
        let textLimit = 10
        let pace: Duration = .zero
        private let troubles: Mutex<[String: [ChannelError?]]>
        let taken = Mutex<[(text: String, at: MonotonicTime)]>([])

        /// - Parameter troubles: what the calls in a chat meet, one after the other; nil: nothing.
        init(_ troubles: [String: [ChannelError?]]) { self.troubles = Mutex(troubles) }

        func length(of text: ChatText) -> Int { text.plain.utf16.count }
        func room(of place: Place) -> Place { Place(service: place.service, chat: place.chat) }
        func receive(after position: String?) -> ChannelBatch { ChannelBatch() }
        func edit(_ message: MessageID, in place: Place, to text: ChatText) {}

        func send(_ message: OutgoingMessage) throws(ChannelError) -> MessageID {
            try meet(in: message.place)
            return taken.withLock {
                $0.append((message.text.plain, .now()))
                return MessageID("\($0.count)")
            }
        }

        func openThread(_ title: String, at: MessageID, in place: Place) throws(ChannelError) -> Place? {
            try meet(in: place)
            return Place(service: service, chat: place.chat, thread: title)
        }

        private func meet(in place: Place) throws(ChannelError) {
            let trouble = troubles.withLock { troubles -> ChannelError? in
                guard troubles[place.chat]?.isEmpty == false else { return nil }
                return troubles[place.chat]?.removeFirst()
            }
            if let trouble { throw trouble }
        }

        var texts: [String] { taken.withLock { $0.map(\.text) } }
    }

    private final class Stage {
        let loop: EventLoop
        let channel: Channel
        let mouth: ChatMouth
        var said: [String: Said] = [:]
        var threads: [Place?] = []

        init(_ troubles: [String: [ChannelError?]] = [:]) throws {
            loop = try EventLoop()
            channel = Channel(troubles)
            mouth = try ChatMouth(channel, loop: loop, log: ListenerLog())
        }

        func say(_ text: String, in chat: String, isQuiet: Bool = false, thread: String? = nil) {
            let place = Place(service: .telegram, chat: chat, thread: thread)
            var message = OutgoingMessage(ChatText(.plain(text)), in: place)
            message.isQuiet = isQuiet
            mouth.say(message) { [unowned self] in said[text] = $0 }
        }

        func openThread(in chat: String) {
            let place = Place(service: .telegram, chat: chat)
            mouth.openThread("t", at: MessageID("1"), in: place) { [unowned self] in threads.append($0) }
        }

        /// - Returns: false where the condition does not hold in time.
        func run(until condition: () -> Bool) throws -> Bool {
            let deadline = MonotonicTime.now() + .seconds(20)
            while !condition() {
                if MonotonicTime.now() > deadline { return false }
                loop.after(.milliseconds(5)) { [loop] in loop.stop() }
                try loop.run()
            }
            return true
        }
    }

    @Test func `one chat's limit silences no other, and is for all topics of that chat`() throws {
        let stage = try Stage(["a": [.limited(retryAfter: .seconds(600))]])
        stage.say("limited", in: "a")
        stage.say("topic", in: "a", thread: "7")
        for number in 1...3 { stage.say("b\(number)", in: "b") }
        #expect(try stage.run { stage.said.count == 3 })
        #expect(stage.channel.texts == ["b1", "b2", "b3"])
        stage.say("b4", in: "b")
        #expect(try stage.run { stage.said["b4"] != nil })
        #expect(stage.said["limited"] == nil && stage.said["topic"] == nil)
    }

    @Test(arguments: [
        ChannelError.limited(retryAfter: .seconds(1), isEverywhere: true), .offline(detail: ""),
    ])
    func `what is for the whole service is waited for everywhere, and then all is said`(_ error: ChannelError)
        throws
    {
        let stage = try Stage(["a": [error]])
        let start = MonotonicTime.now()
        stage.say("a", in: "a")
        stage.say("b", in: "b")
        #expect(try stage.run { stage.said.count == 2 })
        #expect(stage.channel.taken.withLock { $0.allSatisfy { $0.at - start >= .seconds(1) } })
    }

    @Test func `an answer does not wait behind live output`() throws {
        let stage = try Stage()
        stage.say("first", in: "a", isQuiet: true)
        for number in 1...3 { stage.say("output \(number)", in: "a", isQuiet: true) }
        stage.say("answer", in: "a")
        #expect(try stage.run { stage.said.count == 5 })
        #expect(stage.channel.texts.prefix(2) == ["first", "answer"])
    }

    @Test func `all messages of a long text are named, those of one that is broken off too`() throws {
        let stage = try Stage(["b": [nil, .refused(detail: "gone")]])
        stage.say("one\ntwenty\nthree", in: "a")
        stage.say("four\nfivefive\nsix", in: "b")
        #expect(try stage.run { stage.said.count == 2 })
        let whole = try #require(stage.said["one\ntwenty\nthree"])
        #expect(whole.messages.count == 3 && whole.failure == nil)
        let half = try #require(stage.said["four\nfivefive\nsix"])
        #expect(half.messages.count == 1 && half.failure == .refused(detail: "gone"))
    }

    @Test func `too much for one chat is refused, and another's is taken`() throws {
        let stage = try Stage(["a": [.limited(retryAfter: .seconds(600))]])
        for number in 1...101 { stage.say("\(number)", in: "a") }
        // The first is being said, so a hundred more may wait.
        #expect(stage.said.isEmpty)
        stage.say("one more", in: "a")
        #expect(stage.said["one more"]?.messages == [] && stage.said["one more"]?.failure?.isPassing == true)
        stage.say("b", in: "b")
        #expect(try stage.run { stage.said["b"]?.failure == nil && stage.said["b"] != nil })
    }

    @Test(arguments: [
        (ChannelError.limited(retryAfter: .milliseconds(1)), true),
        (.limited(retryAfter: .seconds(3600)), false), (.offline(detail: ""), false),
        (.refused(detail: ""), false),
    ])
    func `a thread is waited for as long as a conversation may be kept waiting`(
        _ error: ChannelError, _ isOpened: Bool
    ) throws {
        let stage = try Stage(["a": [error]])
        stage.openThread(in: "a")
        #expect(try stage.run { !stage.threads.isEmpty })
        #expect((stage.threads[0] != nil) == isOpened)
    }
}
