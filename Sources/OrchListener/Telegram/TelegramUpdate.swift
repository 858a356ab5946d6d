import JSON
import OrchCore

/// Reads the updates of `getUpdates`.
struct TelegramUpdate {
    /// The bot itself, as `getMe` tells.
    struct Bot: Equatable, Sendable {
        let id: Int
        let username: String
    }

    let bot: Bot
    /// Groups in which messages are taken.
    let groups: Set<String>

    /// The last moment that a message can have: in 34,865 years.
    private static let lastSecond = 1 << 40

    /// - Returns: nil for what numbers no update; behind the last number there is no next one to ask for.
    static func number(of update: JSONValue) -> Int? {
        update["update_id"].int.flatMap { (0..<Int.max).contains($0) ? $0 : nil }
    }

    /// The group with topics that the update comes from.
    static func forum(of update: JSONValue) -> String? {
        let chat = update["message"]["chat"]
        return chat["is_forum"].bool == true ? chat["id"].int.map { "\($0)" } : nil
    }

    /// - Returns: nil for what is no message of a person's in a place that counts.
    func message(_ update: JSONValue) -> IncomingMessage? {
        let fields = update["message"]
        guard let number = Self.number(of: update), let id = fields["message_id"].int,
            let chat = fields["chat"]["id"].int, let author = fields["from"]["id"].int,
            let text = fields["text"].string ?? fields["caption"].string
        else { return nil }
        let isPrivate = fields["chat"]["type"].string == "private"
        guard isPrivate || groups.contains("\(chat)") else { return nil }
        let isTopic = fields["is_topic_message"].bool == true
        let place = Place(
            service: .telegram, chat: "\(chat)",
            thread: isTopic ? fields["message_thread_id"].int.map { "\($0)" } : nil)
        var message = IncomingMessage(
            // The numbers of another bot begin anew.
            delivery: "\(bot.id)-\(number)", id: MessageID("\(id)"), place: place,
            author: Person(service: .telegram, id: "\(author)"), text: withoutName(text))
        // A channel's posts and anonymous administrators come by accounts that stand for many.
        message.isByBot =
            fields["from"]["is_bot"].bool != false || !fields["sender_chat"].isNull
            || !fields["via_bot"].isNull
        message.isPrivate = isPrivate
        message.sentAt = fields["date"].int.flatMap {
            (0...Self.lastSecond).contains($0) ? Timestamp(seconds: $0) : nil
        }
        let replied = fields["reply_to_message"]
        // In a topic every message replies to the one that began it.
        if replied["message_id"].int != fields["message_thread_id"].int || !isTopic {
            message.repliesTo = replied["message_id"].int.map { MessageID("\($0)") }
        }
        let repliesToBot = message.repliesTo != nil && replied["from"]["id"].int == bot.id
        message.isAddressed = isPrivate || repliesToBot || isCommand(text) || calls(text)
        return message
    }

    private var name: String { "@\(bot.username)".lowercased() }

    /// `/kill`, or `/kill@orch_bot` of this one; `/kill@other_bot` is for another.
    private func isCommand(_ text: String) -> Bool {
        guard text.hasPrefix("/") else { return false }
        let word = text.prefix { !$0.isWhitespace }
        guard let at = word.firstIndex(of: "@") else { return true }
        return word[at...].lowercased() == name
    }

    private func calls(_ text: String) -> Bool {
        text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ":" }).contains {
            $0.lowercased() == name
        }
    }

    /// The call at the beginning is not what is said.
    private func withoutName(_ text: String) -> String {
        let word = text.prefix { !$0.isWhitespace && $0 != "," && $0 != ":" }
        guard word.lowercased() == name else { return text }
        return String(text.dropFirst(word.count).drop { $0.isWhitespace || $0 == "," || $0 == ":" })
    }
}
