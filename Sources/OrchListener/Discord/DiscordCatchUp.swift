import Curl
import JSON
import OrchCore

/// Fetches what was written while there was no session: the gateway does not tell that any more.
///
/// It asks the channels that are listened to, their threads, and the private chats of people who may talk to
/// orch. Where a call fails, `finish` goes on from there the next time.
struct DiscordCatchUp {
    /// Telegram keeps what a bot has not fetched for as long; what is older nobody waits for any more.
    static let horizon: Duration = .seconds(24 * 3600)
    /// A hundred messages each. Where more was written within a day, it was not for a bot.
    private static let pageLimit = 10
    private static let pageLength = 100
    private static let threadLimit = 200
    private static let personLimit = 100

    struct Found {
        let id: DiscordSnowflake
        let place: Place
        /// As the gateway would have told it.
        let data: JSONValue
    }

    private enum Step {
        case channel(String)
        case threads(guild: String)
        case person(String)
        case messages(Place, guild: String?, after: DiscordSnowflake, page: Int)
    }

    private let position: DiscordPosition
    private let floor: DiscordSnowflake
    private let channels: Set<String>
    private var steps: [Step]
    private var guilds: Set<String> = []
    /// In no order.
    private(set) var found: [Found] = []
    /// The channel of each thread that was met.
    private(set) var parents: [String: String] = [:]

    /// - Parameters:
    ///   - position: what was heard before.
    ///   - floor: what is older is not fetched.
    init(behind position: DiscordPosition, floor: DiscordSnowflake, _ settings: DiscordSettings) {
        self.position = position
        self.floor = floor
        channels = settings.channels
        steps =
            channels.sorted().map { .channel($0) }
            + settings.knownPeople.sorted().prefix(Self.personLimit).map { .person($0) }
    }

    /// Asks for everything that was not asked for yet. What Discord refuses, such as a channel that the bot
    /// does not see, is left out.
    mutating func finish(with api: DiscordAPI) throws(ChannelError) {
        while let step = steps.first {
            var more: [Step] = []
            do throws(ChannelError) { more = try perform(step, with: api) } catch .refused {}
            steps.replaceSubrange(...0, with: more)
        }
    }

    private mutating func perform(_ step: Step, with api: DiscordAPI) throws(ChannelError) -> [Step] {
        switch step {
        case .channel(let id):
            let channel = try answer("/channels/\(id)", from: api)
            guard let guild = channel["guild_id"].string else { return [] }
            let threads: [Step] = guilds.insert(guild).inserted ? [.threads(guild: guild)] : []
            return messages(in: Place(service: .discord, chat: id), guild: guild, channel) + threads
        case .threads(let guild):
            let threads = try answer("/guilds/\(guild)/threads/active", from: api)["threads"].array ?? []
            var more: [Step] = []
            for thread in threads where more.count < Self.threadLimit {
                guard let id = thread["id"].string, let parent = thread["parent_id"].string,
                    channels.contains(parent)
                else { continue }
                parents[id] = parent
                more += messages(in: DiscordChannel.place(id, in: parent), guild: guild, thread)
            }
            return more
        case .person(let person):
            // This opens no chat that is not open, and says nothing in it.
            let body: JSONValue = ["recipient_id": .string(person)]
            guard case .success(let chat) = try api.call(.post, "/users/@me/channels", body),
                let id = chat["id"].string
            else { return [] }
            return messages(in: Place(service: .discord, chat: id), guild: nil, chat)
        case .messages(let place, let guild, let after, let page):
            return try fetch(place, guild: guild, after: after, page: page, from: api)
        }
    }

    /// - Parameter channel: says what is the newest there; where it does not, that is asked.
    private func messages(in place: Place, guild: String?, _ channel: JSONValue) -> [Step] {
        let seen = position.seen[DiscordChannel.channel(of: place)] ?? position.since ?? floor
        let after = max(seen, floor)
        if let newest = channel["last_message_id"].string.flatMap({ DiscordSnowflake($0) }), newest <= after {
            return []
        }
        return [.messages(place, guild: guild, after: after, page: 1)]
    }

    private mutating func fetch(
        _ place: Place, guild: String?, after: DiscordSnowflake, page: Int, from api: DiscordAPI
    ) throws(ChannelError) -> [Step] {
        let channel = DiscordChannel.channel(of: place)
        let path = "/channels/\(channel)/messages?limit=\(Self.pageLength)&after=\(after.text)"
        let messages = try answer(path, from: api).array ?? []
        var newest = after
        for message in messages {
            guard let id = message["id"].string.flatMap({ DiscordSnowflake($0) }) else { continue }
            var fields = message.object ?? JSONObject()
            // Only the gateway says it; without it a message would be a private one.
            if let guild { fields["guild_id"] = .string(guild) }
            found.append(Found(id: id, place: place, data: .object(fields)))
            newest = max(newest, id)
        }
        guard messages.count == Self.pageLength, newest > after, page < Self.pageLimit else { return [] }
        return [.messages(place, guild: guild, after: newest, page: page + 1)]
    }

    private func answer(_ path: String, from api: DiscordAPI) throws(ChannelError) -> JSONValue {
        switch try api.call(.get, path) {
        case .success(let answer): return answer
        case .failure(let refusal): throw .refused(detail: refusal.words)
        }
    }
}
