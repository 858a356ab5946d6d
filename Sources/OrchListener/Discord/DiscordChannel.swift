package import Curl
import JSON
package import OrchCore
import Platform
import Synchronization

/// Discord: the gateway for what people write, the REST API for what is said.
package final class DiscordChannel: Channel {
    final class SharedNotes: Sendable {
        let state = Mutex(DiscordNotes())
    }

    package let service = ChatService.discord
    package let textLimit = 2000
    /// Discord takes five messages in five seconds in a channel.
    package let pace: Duration = .milliseconds(1200)

    /// A thread is a channel of its own.
    package func room(of place: Place) -> Place { place }

    private static let titleLimit = 100
    /// Threads are put away after a week of silence; a message brings one back.
    private static let archiveMinutes: Int64 = 10_080
    /// Links show no preview.
    private static let suppressEmbeds: Int64 = 1 << 2
    private static let suppressNotifications: Int64 = 1 << 12

    private let notes = SharedNotes()
    private let hearing: Mutex<DiscordHearing>
    private let speaking: Mutex<DiscordAPI>

    /// - Parameter cancellation: ends calls that wait, for the end of the program.
    package init(
        _ library: CurlLibrary, _ settings: DiscordSettings, cancellation: CurlCancellation,
        now: @escaping @Sendable () -> Timestamp
    ) throws(CurlError) {
        hearing = Mutex(try DiscordHearing(library, settings, notes, cancellation, now: now))
        speaking = Mutex(try DiscordAPI(library, settings, cancellation))
    }

    /// Discord counts characters; no count of them is larger than this.
    package func length(of text: ChatText) -> Int { DiscordMarkdown.text(of: text).utf16.count }

    package func receive(after position: String?) throws(ChannelError) -> ChannelBatch {
        try hearing.withLock { hearing throws(ChannelError) in try hearing.receive(after: position) }
    }

    package func send(_ message: OutgoingMessage) throws(ChannelError) -> MessageID {
        let channel = Self.channel(of: message.place)
        var body: JSONObject = [
            "content": .string(Self.content(message.text)),
            // Whatever the text holds, it calls nobody.
            "allowed_mentions": ["parse": []],
            "flags": .int(Self.suppressEmbeds | (message.isQuiet ? Self.suppressNotifications : 0)),
        ]
        if let reply = message.repliesTo {
            let interaction = notes.state.withLock {
                $0.interaction(reply.rawValue, in: channel, now: .now())
            }
            if let interaction, let answer = try answer(interaction, body) { return answer }
            if interaction == nil {
                body["message_reference"] = [
                    "message_id": .string(reply.rawValue), "fail_if_not_exists": false,
                ]
            }
        }
        return try Self.id(of: try call(.post, "/channels/\(channel)/messages", .object(body)))
    }

    package func edit(_ message: MessageID, in place: Place, to text: ChatText) throws(ChannelError) {
        _ = try call(
            .patch, "/channels/\(Self.channel(of: place))/messages/\(message.rawValue)",
            ["content": .string(Self.content(text)), "allowed_mentions": ["parse": []]])
    }

    package func openThread(
        _ title: String, at message: MessageID, in place: Place
    ) throws(ChannelError) -> Place? {
        // There are none within one.
        if place.thread != nil { return nil }
        let line = Printable.text(title).split(whereSeparator: \.isNewline).first.map(String.init) ?? "task"
        let path = "/channels/\(place.chat)/messages/\(message.rawValue)/threads"
        let body: JSONValue = [
            "name": .string(Self.clipped(line)), "auto_archive_duration": .int(Self.archiveMinutes),
        ]
        let answer = try speaking.withLock { api throws(ChannelError) in
            try api.call(.post, path, body, known: [Self.noThreadsHere, Self.hasThread])
        }
        let thread: String
        switch answer {
        case .success(let opened):
            guard let id = opened["id"].string else { throw .broken(detail: "a thread has no id") }
            thread = id
        // Its id is that of the message which it began at.
        case .failure(let refusal) where refusal.code == Self.hasThread: thread = message.rawValue
        case .failure: return nil
        }
        notes.state.withLock { $0.note(thread, parent: place.chat) }
        return Place(service: .discord, chat: place.chat, thread: thread)
    }

    /// Codes of Discord's: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
    private static let noThreadsHere = 50_024
    private static let hasThread = 160_004
    private static let unknownWebhook = 10_015
    private static let invalidWebhookToken = 50_027

    /// - Returns: nil where Discord takes no answer to it any more.
    private func answer(
        _ interaction: DiscordNotes.Interaction, _ body: JSONObject
    ) throws(ChannelError) -> MessageID? {
        let path = "/webhooks/\(interaction.application)/\(interaction.token)"
        let answer = try speaking.withLock { api throws(ChannelError) in
            try api.call(
                interaction.isAnswered ? .post : .patch,
                interaction.isAnswered ? "\(path)?wait=true" : "\(path)/messages/@original", .object(body),
                known: [Self.unknownWebhook, Self.invalidWebhookToken])
        }
        switch answer {
        case .success(let message):
            notes.state.withLock { $0.noteAnswered(interaction.id) }
            return try Self.id(of: message)
        case .failure:
            notes.state.withLock { $0.forget(interaction: interaction.id) }
            return nil
        }
    }

    private func call(
        _ method: CurlRequest.Method, _ path: String, _ body: JSONValue
    ) throws(ChannelError) -> JSONValue {
        let answer = try speaking.withLock { api throws(ChannelError) in try api.call(method, path, body) }
        switch answer {
        case .success(let value): return value
        case .failure(let refusal): throw .refused(detail: refusal.words)
        }
    }

    /// Discord takes no message of blanks alone.
    private static func content(_ text: ChatText) -> String {
        let content = DiscordMarkdown.text(of: text)
        return content.allSatisfy(\.isWhitespace) ? "\u{200B}" : content
    }

    private static func id(of message: JSONValue) throws(ChannelError) -> MessageID {
        guard let id = message["id"].string else { throw .broken(detail: "a message has no id") }
        return MessageID(id)
    }

    /// A thread is a channel of its own.
    static func channel(of place: Place) -> String { place.thread ?? place.chat }

    static func place(_ channel: String, in parent: String?) -> Place {
        parent.map { Place(service: .discord, chat: $0, thread: channel) }
            ?? Place(service: .discord, chat: channel)
    }

    private static func clipped(_ title: String) -> String {
        title.utf16.count <= titleLimit ? title : String(title.prefix(titleLimit / 2)) + "…"
    }
}
