package import OrchCore

/// A message by the service's own id, which is unique within its place.
package struct MessageID: Hashable, Sendable {
    package let rawValue: String

    package init(_ rawValue: String) { self.rawValue = rawValue }
}

/// Where something is said: a chat, and where the service has such, a thread in it.
package struct Place: Hashable, Sendable {
    package let service: ChatService
    package let chat: String
    package let thread: String?

    package init(service: ChatService, chat: String, thread: String? = nil) {
        self.service = service
        self.chat = chat
        self.thread = thread
    }

    /// Its name in rows: `CHAT`, or `CHAT/THREAD`. No service has a slash in its ids.
    package var name: String { thread.map { "\(chat)/\($0)" } ?? chat }

    package init(service: ChatService, name: String) {
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let thread = parts.count == 2 ? String(parts[1]) : nil
        self.init(service: service, chat: String(parts[0]), thread: thread)
    }
}

/// Somebody, by the number that the service gave them: names can be taken by others, numbers cannot.
package struct Person: Hashable, Sendable {
    package let service: ChatService
    package let id: String

    package init(service: ChatService, id: String) {
        self.service = service
        self.id = id
    }

    /// Who acts, as the audit has it: `telegram:4711`.
    package var actor: String { "\(service):\(id)" }
}

/// What somebody wrote.
package struct IncomingMessage: Equatable, Sendable {
    /// The service's own name for this delivery, the same when it is delivered again; unique in the service.
    package let delivery: String
    package let id: MessageID
    package let place: Place
    package let author: Person
    package let text: String
    /// A program wrote it, this bot among them: it is never acted on.
    package var isByBot = false
    /// Nobody but the author and orch can read the place.
    package var isPrivate = false
    /// It is meant for orch: it stands in a private chat, names the bot, is one of its commands, or replies
    /// to it.
    package var isAddressed = false
    package var repliesTo: MessageID?
    /// By the service's clock; nil: just now.
    package var sentAt: Timestamp?

    package init(delivery: String, id: MessageID, place: Place, author: Person, text: String) {
        self.delivery = delivery
        self.id = id
        self.place = place
        self.author = author
        self.text = text
    }
}

/// What came of saying something.
package struct Said: Equatable, Sendable {
    /// Every message that it took, in order; some, where only a part of it got through.
    package let messages: [MessageID]
    /// Why not all of it was said; nil: it was.
    package let failure: ChannelError?

    package init(_ messages: [MessageID] = [], failure: ChannelError? = nil) {
        self.messages = messages
        self.failure = failure
    }
}

/// What orch says, and where.
package struct OutgoingMessage: Equatable, Sendable {
    package var place: Place
    package var text: ChatText
    package var repliesTo: MessageID?
    /// It need not ring: live output, for example.
    package var isQuiet = false

    package init(_ text: ChatText, in place: Place, repliesTo: MessageID? = nil) {
        self.text = text
        self.place = place
        self.repliesTo = repliesTo
    }
}
