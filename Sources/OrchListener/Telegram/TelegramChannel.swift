package import Curl
import JSON
package import OrchCore
import Synchronization

/// Telegram, by its Bot API: long polls in, calls out.
package final class TelegramChannel: Channel {
    package let service = ChatService.telegram
    /// “1-4096 characters after entities parsing”, in UTF-16 code units as Telegram counts; line ends around
    /// a block count for something, too.
    package let textLimit = 4000
    /// Telegram takes about one message a second in a chat, and twenty a minute in a group.
    package let pace: Duration = .seconds(3)

    /// A group's topics are counted together.
    package func room(of place: Place) -> Place { Place(service: place.service, chat: place.chat) }

    private let hearing: Mutex<TelegramClient>
    private let speaking: Mutex<TelegramClient>
    private let groups: Set<String>
    private let bot = Mutex<TelegramUpdate.Bot?>(nil)
    /// Those of `groups` that have topics, as far as anybody has written there.
    private let forums = Mutex<Set<String>>([])

    /// How long Telegram holds a call back when there is nothing; at most 50 s by its documentation.
    private let pollSeconds: Int
    /// Beyond what Telegram holds back.
    private static let pollGrace: Duration = .seconds(15)
    private static let batchLimit = 100

    /// - Parameters:
    ///   - token: as @BotFather gives it.
    ///   - pollSeconds: less for tests.
    /// - Throws: where libcurl is not there.
    package init(
        _ settings: Settings.Telegram, token: String, library: CurlLibrary, userAgent: String,
        pollSeconds: Int = 50
    ) throws(CurlError) {
        groups = Set(settings.groups)
        self.pollSeconds = pollSeconds
        var curl = CurlSettings(userAgent: userAgent)
        // The token goes in the address: it stays on this machine where nothing hides it.
        curl.allowsPlainHTTP = Self.isLocal(settings.apiURL)
        hearing = Mutex(
            TelegramClient(try CurlClient(library, curl), apiURL: settings.apiURL, token: token))
        speaking = Mutex(
            TelegramClient(try CurlClient(library, curl), apiURL: settings.apiURL, token: token))
    }

    private static func isLocal(_ url: String) -> Bool {
        ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { base in
            url.hasPrefix(base) && [nil, ":", "/"].contains(url.dropFirst(base.count).first)
        }
    }

    package func length(of text: ChatText) -> Int { text.plain.utf16.count }

    // MARK: - Hearing

    package func receive(after position: String?) throws(ChannelError) -> ChannelBatch {
        try hearing.withLock { client throws(ChannelError) in
            let bot = try known(by: client)
            var parameters: JSONObject = [
                "timeout": .int(Int64(pollSeconds)), "limit": .int(Int64(Self.batchLimit)),
                "allowed_updates": ["message"],
            ]
            if let next = position.flatMap({ Self.offset($0, of: bot) }) { parameters["offset"] = .int(next) }
            let timeout = Duration.seconds(pollSeconds) + Self.pollGrace
            guard let updates = try client.call("getUpdates", parameters, timeout: timeout).array else {
                throw .broken(detail: "`getUpdates` gives no updates")
            }
            let reader = TelegramUpdate(bot: bot, groups: groups)
            let last = updates.compactMap(TelegramUpdate.number).max()
            // There is no way past them but to ask again, and at once they would come again.
            if last == nil, !updates.isEmpty { throw .broken(detail: "`getUpdates` numbers no update") }
            forums.withLock { $0.formUnion(updates.compactMap(TelegramUpdate.forum).filter(groups.contains)) }
            return ChannelBatch(
                messages: updates.compactMap(reader.message),
                position: last.map { "\(bot.id):\($0 + 1)" } ?? position)
        }
    }

    /// A position of another bot's says nothing here.
    private static func offset(_ position: String, of bot: TelegramUpdate.Bot) -> Int64? {
        let parts = position.split(separator: ":")
        guard parts.count == 2, parts[0] == "\(bot.id)" else { return nil }
        return Int64(parts[1])
    }

    private func known(by client: TelegramClient) throws(ChannelError) -> TelegramUpdate.Bot {
        if let known = bot.withLock({ $0 }) { return known }
        let me = try client.call("getMe", [:])
        guard let id = me["id"].int, let username = me["username"].string else {
            throw .broken(detail: "`getMe` names no bot")
        }
        let found = TelegramUpdate.Bot(id: id, username: username)
        bot.withLock { $0 = found }
        return found
    }

    // MARK: - Speaking

    package func send(_ message: OutgoingMessage) throws(ChannelError) -> MessageID {
        var parameters = Self.address(message.place)
        if let replied = message.repliesTo.flatMap({ Int64($0.rawValue) }) {
            parameters["reply_parameters"] = [
                "message_id": .int(replied), "allow_sending_without_reply": true,
            ]
        }
        if let thread = message.place.thread.flatMap({ Int64($0) }) {
            parameters["message_thread_id"] = .int(thread)
        }
        if message.isQuiet { parameters["disable_notification"] = true }
        let result = try write("sendMessage", parameters, message.text)
        guard let id = result["message_id"].int else {
            throw .broken(detail: "`sendMessage` names no message")
        }
        return MessageID("\(id)")
    }

    package func edit(_ message: MessageID, in place: Place, to text: ChatText) throws(ChannelError) {
        var parameters = Self.address(place)
        parameters["message_id"] = Int64(message.rawValue).map { .int($0) } ?? .null
        do throws(ChannelError) {
            _ = try write("editMessageText", parameters, text)
        } catch .refused(let detail) where detail.contains("message is not modified") {
            // Telegram tells that by words alone.
        }
    }

    /// In a group with topics, where the bot may make some; elsewhere replies to the message are its
    /// conversation, and so they are in a topic that is there already.
    package func openThread(
        _ title: String, at message: MessageID, in place: Place
    ) throws(ChannelError) -> Place? {
        guard place.thread == nil, forums.withLock({ $0.contains(place.chat) }) else { return nil }
        var parameters = Self.address(place)
        parameters["name"] = .string(Self.topicName(title))
        do throws(ChannelError) {
            let topic = try speaking.withLock { client throws(ChannelError) in
                try client.call("createForumTopic", parameters)
            }
            guard let id = topic["message_thread_id"].int else {
                throw .broken(detail: "`createForumTopic` names no topic")
            }
            return Place(service: .telegram, chat: place.chat, thread: "\(id)")
        } catch .refused {
            // It takes the right to manage topics.
            return nil
        }
    }

    /// “1-128 characters”, one line.
    private static func topicName(_ title: String) -> String {
        let line = Printable.text(title).split(whereSeparator: \.isNewline).first.map(String.init) ?? "task"
        return line.utf16.count <= topicLimit ? line : String(line.prefix(topicLimit / 2)) + "…"
    }

    private static let topicLimit = 128

    private static func address(_ place: Place) -> JSONObject {
        ["chat_id": Int64(place.chat).map { .int($0) } ?? .string(place.chat)]
    }

    /// With its look and, where Telegram cannot read that, without: better plain than unsaid.
    private func write(
        _ method: String, _ parameters: JSONObject, _ text: ChatText
    ) throws(ChannelError) -> JSONValue {
        var dressed = parameters
        dressed["link_preview_options"] = ["is_disabled": true]
        var plain = dressed
        dressed["text"] = .string(TelegramMarkup.text(text))
        dressed["parse_mode"] = "MarkdownV2"
        plain["text"] = .string(text.plain)
        return try speaking.withLock { client throws(ChannelError) in
            do throws(ChannelError) {
                return try client.call(method, dressed)
            } catch {
                guard client.lastStatus == 400 else { throw error }
                return try client.call(method, plain)
            }
        }
    }
}
