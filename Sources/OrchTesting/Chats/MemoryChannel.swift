package import OrchListener
import Synchronization

/// A chat service in memory, with one private chat.
package final class MemoryChannel: Channel, ChannelStage {
    package let service = ChatService.telegram
    package let textLimit = 1000
    package let pace: Duration = .zero
    package let place = Place(service: .telegram, chat: "4711")
    package let person = Person(service: .telegram, id: "4711")

    private struct State {
        var written: [IncomingMessage] = []
        var said: [(message: OutgoingMessage, id: MessageID)] = []
        var trouble: ChannelTrouble?
    }

    private let state = Mutex(State())

    package init() {}

    package var channel: any Channel { self }

    package func room(of place: Place) -> Place { place }

    package func length(of text: ChatText) -> Int { text.plain.utf16.count }

    package func receive(after position: String?) throws(ChannelError) -> ChannelBatch {
        let seen = position.flatMap { Int($0) } ?? 0
        return state.withLock { state in
            ChannelBatch(messages: Array(state.written.dropFirst(seen)), position: "\(state.written.count)")
        }
    }

    package func send(_ message: OutgoingMessage) throws(ChannelError) -> MessageID {
        try meetTrouble()
        return state.withLock { state in
            let id = MessageID("s\(state.said.count + 1)")
            state.said.append((message, id))
            return id
        }
    }

    /// Says it in as many messages as it takes; a trouble ends it.
    package func say(_ message: OutgoingMessage) -> Said {
        var said: [MessageID] = []
        for text in message.text.parts(limit: textLimit, length: length) {
            var part = message
            part.text = text
            do throws(ChannelError) {
                said.append(try send(part))
            } catch {
                return Said(said, failure: error)
            }
        }
        return Said(said)
    }

    package func edit(_ message: MessageID, in place: Place, to text: ChatText) throws(ChannelError) {
        try meetTrouble()
        state.withLock { state in
            for index in state.said.indices where state.said[index].id == message {
                state.said[index].message.text = text
            }
        }
    }

    package func openThread(_ title: String, at message: MessageID, in place: Place) -> Place? { nil }

    private func meetTrouble() throws(ChannelError) {
        switch state.withLock({ $0.trouble.take() }) {
        case .limited(let length)?: throw .limited(retryAfter: length)
        case .fault?: throw .offline(detail: "status 500")
        case .forbidden?: throw .refused(detail: "status 403")
        case nil: return
        }
    }

    package func write(_ text: String, isByBot: Bool = false, repliesTo: MessageID? = nil) {
        write(text, by: person, in: place) {
            $0.isByBot = isByBot
            $0.repliesTo = repliesTo
        }
    }

    /// - Parameter change: of a message in a private chat.
    package func write(
        _ text: String, by author: Person, in place: Place, change: (inout IncomingMessage) -> Void = { _ in }
    ) {
        state.withLock { state in
            let number = state.written.count + 1
            var message = IncomingMessage(
                delivery: "d\(number)", id: MessageID("m\(number)"), place: place, author: author, text: text)
            message.isPrivate = true
            message.isAddressed = true
            change(&message)
            state.written.append(message)
        }
    }

    package func shown() -> [String] { state.withLock { $0.said.map(\.message.text.plain) } }

    /// Everything that was said, with where and to what.
    package func said() -> [OutgoingMessage] { state.withLock { $0.said.map(\.message) } }

    package func trouble(_ trouble: ChannelTrouble) { state.withLock { $0.trouble = trouble } }
}
