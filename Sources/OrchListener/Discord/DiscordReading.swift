import JSON
import OrchCore

/// What the gateway tells, as messages of a chat.
struct DiscordReading {
    let bot: String?

    /// An ordinary message and a reply; all other types are Discord's own notes.
    private static let messageTypes: Set = [0, 19]
    private static let commandInteraction = 2

    /// A message that somebody wrote.
    ///
    /// - Parameter place: of its channel.
    /// - Returns: nil for Discord's own notes, and for what is no message.
    func message(_ data: JSONValue, in place: Place) -> IncomingMessage? {
        guard let id = data["id"].string, let author = data["author"]["id"].string,
            Self.messageTypes.contains(data["type"].int ?? 0), let content = data["content"].string
        else { return nil }
        var message = IncomingMessage(
            delivery: id, id: MessageID(id), place: place, author: Person(service: .discord, id: author),
            text: withoutCall(content))
        message.sentAt = data["timestamp"].string.flatMap(Self.moment)
        message.isByBot =
            data["author"]["bot"].bool == true || data["webhook_id"].string != nil || author == bot
        message.isPrivate = data["guild_id"].string == nil
        message.repliesTo = data["message_reference"]["message_id"].string.map { MessageID($0) }
        let called = data["mentions"].array?.contains { bot != nil && $0["id"].string == bot } == true
        let isReplyToUs = bot != nil && data["referenced_message"]["author"]["id"].string == bot
        message.isAddressed = message.isPrivate || called || isReplyToUs
        return message
    }

    /// Discord writes `2026-02-03T04:05:06.789000+00:00`, and always in UTC.
    static func moment(_ text: String) -> Timestamp? {
        let zone = "+00:00"
        return Timestamp(iso8601: text.hasSuffix(zone) ? text.dropLast(zone.count) + "Z" : text[...])
    }

    /// A slash command.
    ///
    /// - Returns: nil for another kind of interaction.
    static func command(_ data: JSONValue, in place: Place) -> IncomingMessage? {
        guard data["type"].int == commandInteraction, let id = data["id"].string,
            let author = data["member"]["user"]["id"].string ?? data["user"]["id"].string,
            let typed = DiscordCommands.typed(data["data"])
        else { return nil }
        var message = IncomingMessage(
            delivery: id, id: MessageID(id), place: place, author: Person(service: .discord, id: author),
            text: typed)
        message.isByBot = data["member"]["user"]["bot"].bool == true || data["user"]["bot"].bool == true
        message.isPrivate = data["guild_id"].string == nil
        message.isAddressed = true
        return message
    }

    /// The words without the bot's name at their beginning, as `<@42>` or `<@!42>`.
    private func withoutCall(_ content: String) -> String {
        guard let bot else { return content }
        for call in ["<@\(bot)>", "<@!\(bot)>"] where content.hasPrefix(call) {
            return String(content.dropFirst(call.count).drop(while: \.isWhitespace))
        }
        return content
    }

    /// The threads that an event tells of, and the channel of each.
    static func threads(in dispatch: GatewayDispatch) -> [(thread: String, parent: String)] {
        let given: [JSONValue] =
            switch dispatch.name {
            case "THREAD_CREATE", "THREAD_UPDATE": [dispatch.data]
            case "GUILD_CREATE", "THREAD_LIST_SYNC": dispatch.data["threads"].array ?? []
            default: []
            }
        return given.compactMap { thread in
            guard let id = thread["id"].string, let parent = thread["parent_id"].string else { return nil }
            return (id, parent)
        }
    }

    /// Whether a channel of that type is a thread: of news, public or private.
    static func isThread(type: Int?) -> Bool { type.map { (10...12).contains($0) } ?? false }
}
