import OrchCore
import Platform
import Reactor
import Synchronization
import Testing

@testable import OrchListener

@Suite struct ChatEarTests {
    /// Nobody speaks in it, and the first call fails.
    private final class FailingChannel: Channel {
        let service = ChatService.telegram
        let textLimit = 1000
        let pace: Duration = .zero
        let calls = Mutex(0)
        private let failure: ChannelError

        init(_ failure: ChannelError) { self.failure = failure }

        func length(of text: ChatText) -> Int { text.plain.utf16.count }
        func room(of place: Place) -> Place { place }

        func receive(after position: String?) throws(ChannelError) -> ChannelBatch {
            let isFirst = calls.withLock { calls in
                calls += 1
                return calls == 1
            }
            if isFirst { throw failure }
            return ChannelBatch(messages: [], position: nil)
        }

        func send(_ message: OutgoingMessage) throws(ChannelError) -> MessageID { throw failure }
        func edit(_ message: MessageID, in place: Place, to text: ChatText) throws(ChannelError) {}
        func openThread(_ title: String, at message: MessageID, in place: Place) -> Place? { nil }
    }

    /// Listens until it hears, or has asked once and then had time to ask again.
    /// - Returns: whether it hears, and how often it has asked.
    private func listen(_ failure: ChannelError, timeToAskAgain: Duration) throws -> (hears: Bool, calls: Int)
    {
        let (stage, loop, channel) = (try DeskStage(), try EventLoop(), FailingChannel(failure))
        let ear = try ChatEar(
            channel, desk: stage.desk, store: stage.store, loop: loop, log: ListenerLog())
        ear.longestDelay = .milliseconds(1)
        ear.listen()
        var deadline = MonotonicTime.now() + .seconds(60)
        var hasAsked = false
        while !ear.isHearing, MonotonicTime.now() < deadline {
            loop.after(.milliseconds(5)) { [loop] in loop.stop() }
            try loop.run()
            if !hasAsked, channel.calls.withLock({ $0 > 0 }) {
                hasAsked = true
                deadline = MonotonicTime.now() + timeToAskAgain
            }
        }
        return (ear.isHearing, channel.calls.withLock { $0 })
    }

    @Test func `what is refused once is asked for again`() throws {
        #expect(try listen(.refused(detail: "status 403"), timeToAskAgain: .seconds(60)).hears)
    }

    @Test func `a service that gives nothing at once is not asked at once`() throws {
        let (stage, loop) = (try DeskStage(), try EventLoop())
        let channel = FailingChannel(.offline(detail: ""))
        let ear = try ChatEar(
            channel, desk: stage.desk, store: stage.store, loop: loop, log: ListenerLog())
        ear.longestDelay = .milliseconds(1)
        ear.listen()
        loop.after(.milliseconds(1500)) { [loop] in loop.stop() }
        try loop.run()
        // One is the trouble, and one a second; without a pause there would be thousands.
        #expect((1..<100).contains(channel.calls.withLock { $0 }))
    }

    @Test func `a token that is refused is not tried again`() throws {
        let (hears, calls) = try listen(
            .unauthorized(detail: "status 401"), timeToAskAgain: .milliseconds(300))
        #expect(!hears)
        #expect(calls == 1)
    }
}
