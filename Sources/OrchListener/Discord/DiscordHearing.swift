import Curl
import JSON
import OrchCore
import Platform
import Synchronization

/// The channel's receiving side, on the one thread that waits for the gateway.
final class DiscordHearing {
    /// As long as a call of the port may wait, less what an answer takes.
    private static let patience: Duration = .seconds(50)

    private let library: CurlLibrary
    private let settings: DiscordSettings
    private let cancellation: CurlCancellation
    private let api: DiscordAPI
    private let notes: DiscordChannel.SharedNotes
    private var gateway: DiscordGateway?
    /// What was heard and is not understood yet, because that takes a call that failed.
    private var backlog: [DiscordGateway.Heard] = []
    /// Messages that may not be stored yet, oldest first.
    private var pending: [IncomingMessage] = []
    private var position = DiscordPosition()
    /// What is being fetched, because the session before is gone.
    private var missed: DiscordCatchUp?
    /// What was fetched; the gateway may tell of some of it, too.
    private var fetched: Set<DiscordSnowflake> = []
    /// The last batch: where it ended, and how many of `pending` it had.
    private var batch: (position: String, count: Int)?
    private var areCommandsRegistered = false
    private let now: @Sendable () -> Timestamp

    init(
        _ library: CurlLibrary, _ settings: DiscordSettings, _ notes: DiscordChannel.SharedNotes,
        _ cancellation: CurlCancellation, now: @escaping @Sendable () -> Timestamp
    ) throws(CurlError) {
        self.now = now
        self.library = library
        self.settings = settings
        self.notes = notes
        self.cancellation = cancellation
        api = try DiscordAPI(library, settings, cancellation)
    }

    func receive(after text: String?) throws(ChannelError) -> ChannelBatch {
        let gateway = try start(at: text)
        if let batch, batch.position == text {
            pending.removeFirst(batch.count)
            self.batch = nil
        }
        let deadline = MonotonicTime.now() + Self.patience
        try understand()
        while pending.isEmpty, MonotonicTime.now() < deadline, !cancellation.isCancelled {
            backlog += try gateway.heard(until: deadline)
            try understand()
        }
        guard position != DiscordPosition() else { return ChannelBatch(messages: pending) }
        batch = (position.text, pending.count)
        return ChannelBatch(messages: pending, position: position.text)
    }

    private func start(at text: String?) throws(ChannelError) -> DiscordGateway {
        if let gateway { return gateway }
        position = text.flatMap(DiscordPosition.init) ?? DiscordPosition()
        do throws(SystemError) {
            let gateway = try DiscordGateway(
                library, settings, api, position: position.session, cancellation: cancellation)
            self.gateway = gateway
            return gateway
        } catch {
            throw .offline(detail: error.problem)
        }
    }

    /// Makes messages of what was heard; what takes a call that fails stays, to be tried by the next
    /// `receive`.
    private func understand() throws(ChannelError) {
        while let first = backlog.first {
            try take(first.dispatch)
            backlog.removeFirst()
            position.session = first.position ?? position.session
        }
    }

    private func take(_ dispatch: GatewayDispatch) throws(ChannelError) {
        for (thread, parent) in DiscordReading.threads(in: dispatch) {
            notes.state.withLock { $0.note(thread, parent: parent) }
        }
        let data = dispatch.data
        switch dispatch.name {
        case "READY":
            if let bot = data["user"]["id"].string { notes.state.withLock { $0.bot = bot } }
            if let application = data["application"]["id"].string { try register(with: application) }
            try catchUp()
        case "RESUMED": try learnBot()
        case "MESSAGE_CREATE":
            guard let place = try place(data), isListenedTo(place, data) else { return }
            let id = data["id"].string.flatMap { DiscordSnowflake($0) }
            if let id { position.note(id, in: DiscordChannel.channel(of: place)) }
            if let id, fetched.remove(id) != nil { return }
            hear(data, in: place)
        case "INTERACTION_CREATE":
            guard let place = try place(data), isListenedTo(place, data),
                let message = DiscordReading.command(data, in: place)
            else { return }
            acknowledge(data, by: message.author)
            pending.append(message)
        default: break
        }
    }

    private func hear(_ message: JSONValue, in place: Place) {
        let reading = DiscordReading(bot: notes.state.withLock { $0.bot })
        if let message = reading.message(message, in: place) { pending.append(message) }
    }

    /// With a new session, takes in what was written since the one before; the first begins the count.
    private func catchUp() throws(ChannelError) {
        let now = now()
        let floor = DiscordSnowflake(at: now - DiscordCatchUp.horizon)
        guard position.since != nil else {
            position.since = DiscordSnowflake(at: now)
            return
        }
        if missed == nil { missed = DiscordCatchUp(behind: position, floor: floor, settings) }
        try missed?.finish(with: api)
        guard let missed = missed.take() else { return }
        for (thread, parent) in missed.parents { notes.state.withLock { $0.note(thread, parent: parent) } }
        position.drop(before: floor)
        fetched = Set(missed.found.map(\.id))
        for found in missed.found.sorted(by: { $0.id < $1.id }) {
            position.note(found.id, in: DiscordChannel.channel(of: found.place))
            hear(found.data, in: found.place)
        }
    }

    /// Offers the slash commands. Where that is refused, it is said once, and words do as well.
    private func register(with application: String) throws(ChannelError) {
        if areCommandsRegistered { return }
        areCommandsRegistered = true
        do throws(ChannelError) {
            _ = try api.call(.put, "/applications/\(application)/commands", DiscordCommands.registration)
        } catch .refused(let detail) {
            // It is no reason to stop listening.
            throw .broken(detail: "it takes no slash commands: \(detail)")
        } catch {
            if error.isPassing { areCommandsRegistered = false }
            throw error
        }
    }

    /// A session that another process has begun tells nobody's name.
    private func learnBot() throws(ChannelError) {
        if notes.state.withLock({ $0.bot }) != nil { return }
        guard case .success(let user) = try api.call(.get, "/users/@me"), let id = user["id"].string else {
            throw .broken(detail: "Discord does not tell who the bot is")
        }
        notes.state.withLock { $0.bot = id }
    }

    private func isListenedTo(_ place: Place, _ data: JSONValue) -> Bool {
        data["guild_id"].string == nil || settings.channels.contains(place.chat)
    }

    /// Where something was said: in a channel, or in a thread of one.
    private func place(_ data: JSONValue) throws(ChannelError) -> Place? {
        guard let channel = data["channel_id"].string else { return nil }
        if data["guild_id"].string == nil { return Place(service: .discord, chat: channel) }
        if let parent = notes.state.withLock({ $0.parent(of: channel) }) {
            return DiscordChannel.place(channel, in: parent)
        }
        let parent = try parent(of: channel, known: data["channel"])
        notes.state.withLock { $0.note(channel, parent: parent) }
        return DiscordChannel.place(channel, in: parent)
    }

    /// The channel that it is a thread of; nil for one that is none, or that may not be looked at.
    private func parent(of channel: String, known: JSONValue) throws(ChannelError) -> String? {
        var answer = known
        if answer["type"].int == nil {
            do throws(ChannelError) {
                guard case .success(let found) = try api.call(.get, "/channels/\(channel)") else {
                    return nil
                }
                answer = found
            } catch .refused {
                return nil
            }
        }
        return DiscordReading.isThread(type: answer["type"].int) ? answer["parent_id"].string : nil
    }

    /// Says “thinking …” to a slash command, for which Discord waits three seconds. Strangers get no answer.
    private func acknowledge(_ data: JSONValue, by author: Person) {
        guard settings.knownPeople.contains(author.id), let id = data["id"].string,
            let token = data["token"].string, let application = data["application_id"].string,
            let channel = data["channel_id"].string
        else { return }
        // Where it fails the answer is a message of its own.
        guard (try? api.call(.post, "/interactions/\(id)/\(token)/callback", ["type": 5])) != nil else {
            return
        }
        notes.state.withLock {
            $0.note(
                DiscordNotes.Interaction(id: id, application: application, token: token, channel: channel),
                now: .now())
        }
    }
}
