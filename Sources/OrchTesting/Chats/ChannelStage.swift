package import OrchListener

/// A channel with a chat around it, for `ChannelContract`.
package protocol ChannelStage: AnyObject {
    var channel: any Channel { get }
    /// A private chat of `person` with the bot.
    var place: Place { get }
    var person: Person { get }

    /// The person writes this there, or a bot does.
    func write(_ text: String, isByBot: Bool, repliesTo: MessageID?) throws

    /// What orch has said there, oldest first, as people read it: without markup, edits done.
    func shown() throws -> [String]

    /// What the next call but `receive` meets; the one after it is answered again.
    func trouble(_ trouble: ChannelTrouble) throws
}

package enum ChannelTrouble: Equatable, Sendable {
    /// Too many messages: wait as long as that.
    case limited(Duration)
    /// The service has a fault of its own.
    case fault
    /// The bot may not write there any more.
    case forbidden
}
