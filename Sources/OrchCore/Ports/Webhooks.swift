/// How a forge tells of what happens in a project's repository, and what it has sent.
///
/// Needs rights that the rest of orch does not: an account without them is refused (`forbidden`, `notFound`).
package protocol Webhooks {
    /// All of the repository, other programs' among them.
    func webhooks() throws(TrackerError) -> [Webhook]
    /// What was sent, newest first, down to `since`; GitHub remembers three days of it.
    ///
    /// At most `limit` are read; more is reported by `isCut`.
    func attempts(
        of hook: Int, since: Timestamp, limit: Int
    ) throws(TrackerError) -> (attempts: [WebhookAttempt], isCut: Bool)
    /// Has one sent again, under the same id.
    func redeliver(_ attempt: Int, of hook: Int) throws(TrackerError)
    /// Has a `ping` sent.
    func ping(_ hook: Int) throws(TrackerError)
    /// Makes it, or brings the one of that address up to date: active, with these events and this secret.
    ///
    /// - Returns: it, and whether it is new.
    func install(
        url: String, secret: String, events: [String]
    ) throws(TrackerError) -> (hook: Webhook, isNew: Bool)
}

package struct Webhook: Equatable, Sendable {
    package let id: Int
    package let url: String
    package let isActive: Bool
    /// `*`: all there are.
    package let events: [String]

    package init(id: Int, url: String, isActive: Bool, events: [String]) {
        self.id = id
        self.url = url
        self.isActive = isActive
        self.events = events
    }

    /// Where the listener takes them, below whatever address it has outside.
    package static let path = "/webhook/github"

    /// Whether it may lead to a listener of orch's.
    package var leadsToOrch: Bool {
        url.prefix { $0 != "?" && $0 != "#" }.hasSuffix(Self.path)
    }

    /// What it ought to send and does not.
    package var missingEvents: [String] {
        events.contains("*") ? [] : GitHubEvent.subscribed.filter { !events.contains($0) }
    }
}

/// One try to deliver something.
package struct WebhookAttempt: Equatable, Sendable {
    package let id: Int
    /// The same for each try: `X-GitHub-Delivery`.
    package let delivery: String
    package let event: String
    package let at: Timestamp
    package let isRedelivery: Bool

    package init(id: Int, delivery: String, event: String, at: Timestamp, isRedelivery: Bool) {
        self.id = id
        self.delivery = delivery
        self.event = event
        self.at = at
        self.isRedelivery = isRedelivery
    }
}
