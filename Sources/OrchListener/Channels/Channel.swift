/// A chat service: what people write comes in, and what orch says goes out.
///
/// Every call may block and is made on the channel's own threads: `receive` on one, all others on another,
/// never two at a time on either. What all channels do alike is held by `ChannelContract`; a service is a
/// folder that implements this.
package protocol Channel: Sendable {
    var service: ChatService { get }

    /// What one message may hold, as `length(of:)` counts.
    var textLimit: Int { get }

    /// How long a text is for this service; never less than what it counts.
    func length(of text: ChatText) -> Int

    /// The least time from one message to the next in one room, which live output keeps to.
    var pace: Duration { get }

    /// Where the service counts what is said in a place: in the thread itself, or in the chat that it is in.
    func room(of place: Place) -> Place

    /// Waits for messages for at most a minute, and returns as soon as there are some.
    ///
    /// - Parameter position: where an earlier batch ended, once its messages are durable here; the service
    ///   forgets what was before. nil: whatever it still has. What is received twice has the same `delivery`.
    func receive(after position: String?) throws(ChannelError) -> ChannelBatch

    /// Says something that fits `textLimit`. Calls nobody: a name in the text notifies no one.
    ///
    /// - Returns: the message, by which `edit` and replies find it.
    func send(_ message: OutgoingMessage) throws(ChannelError) -> MessageID

    /// Replaces what was said.
    func edit(_ message: MessageID, in place: Place, to text: ChatText) throws(ChannelError)

    /// Begins a conversation of its own at this message, where the service has such.
    ///
    /// - Returns: nil where it has none there; replies to the message are the conversation then.
    func openThread(_ title: String, at message: MessageID, in place: Place) throws(ChannelError) -> Place?
}

/// Messages, oldest first, and where the next call is to go on.
package struct ChannelBatch: Equatable, Sendable {
    package var messages: [IncomingMessage]
    /// To be stored with the messages, in one transaction, and given to the next call. nil: as before.
    package var position: String?

    package init(messages: [IncomingMessage] = [], position: String? = nil) {
        self.messages = messages
        self.position = position
    }
}

package enum ChannelError: Error, Equatable, Sendable {
    /// No connection, no answer in time, or a fault of the service; trying again helps.
    case offline(detail: String)
    /// Too much was sent; nothing is to be sent before this time is over, in that room or anywhere.
    case limited(retryAfter: Duration, isEverywhere: Bool = false)
    /// Another program takes this account's messages.
    case conflict(detail: String)
    /// The service will never take this message, or not in this place.
    case refused(detail: String)
    /// The token is wrong or was taken back: only a person mends that.
    case unauthorized(detail: String)
    /// An answer that makes no sense.
    case broken(detail: String)
}
