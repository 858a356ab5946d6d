/// What came in from outside, and whether anybody is there to take it in.
///
/// A delivery is a hint: it says where to look, and never what is true. It is written down before its sender
/// is answered, so that nothing that was answered is lost.
package protocol Inbox: AnyObject {
    /// Writes all of these down in one transaction that is on the disk when this returns; one whose id its
    /// source has used before is left as it was.
    ///
    /// - Returns: the ids of those that are new.
    /// - Throws: where nothing was written, and no sender may be told otherwise.
    @discardableResult
    func receive(_ deliveries: [Delivery]) throws(StoreError) -> Set<String>
    /// Which of these ids are written down.
    func received(_ ids: [String], from source: Delivery.Source) throws(StoreError) -> Set<String>
    /// The newest delivery of such events from a place; nil where there is none.
    func newestDelivery(
        of events: Set<String>, from source: Delivery.Source, at place: String
    ) throws(StoreError) -> ReceivedDelivery?
    /// What nobody has dealt with, oldest first, at most `limit`.
    func waitingDeliveries(from source: Delivery.Source, limit: Int) throws(StoreError) -> [ReceivedDelivery]
    /// How many nobody has dealt with.
    func countWaitingDeliveries(from source: Delivery.Source) throws(StoreError) -> Int
    /// Says that one was dealt with; the first moment stays.
    func markHandled(_ row: Int, now: Timestamp) throws(StoreError)
    /// Says so of all deliveries of such events from a place, up to and including this row.
    func markHandled(
        through row: Int, of events: Set<String>, from source: Delivery.Source, at place: String,
        now: Timestamp
    ) throws(StoreError)
    /// Forgets what was dealt with and came before then; what waits stays.
    func forgetDeliveries(before moment: Timestamp) throws(StoreError)

    /// Says that this listener is there; it does so every `Heartbeat.period`, and once as it begins.
    ///
    /// - Parameter hearsGitHub: whether it takes GitHub's webhooks.
    func noteHeartbeat(of listener: Owner, hearsGitHub: Bool, now: Timestamp) throws(StoreError)
    /// The last one; nil where no listener has ever run here.
    func heartbeat() throws(StoreError) -> Heartbeat?
}

/// One message from outside: a webhook delivery, a chat message.
package struct Delivery: Equatable, Sendable {
    package enum Source: String, CaseIterable, Sendable {
        case github
        case telegram
        case discord
    }

    package let source: Source
    /// The source's own id, which it repeats when it sends the same again.
    package let id: String
    /// GitHub's `X-GitHub-Event`; of a chat: `message` and the like.
    package let event: String
    /// What it is about, as it is looked up: `RepositorySlug.place`, a chat's id; empty where it is about
    /// nothing.
    package let place: String
    /// What is kept of the message.
    package let payload: String
    package let receivedAt: Timestamp

    package init(
        source: Source, id: String, event: String, place: String, payload: String, receivedAt: Timestamp
    ) {
        self.source = source
        self.id = id
        self.event = event
        self.place = place
        self.payload = payload
        self.receivedAt = receivedAt
    }
}

package struct ReceivedDelivery: Equatable, Sendable {
    /// Rises in the order in which they were written down.
    package let row: Int
    package let delivery: Delivery
    /// nil: nobody has dealt with it.
    package let handledAt: Timestamp?

    package init(row: Int, delivery: Delivery, handledAt: Timestamp?) {
        self.row = row
        self.delivery = delivery
        self.handledAt = handledAt
    }
}

/// The listener's sign of life.
package struct Heartbeat: Equatable, Sendable {
    /// How often it is written.
    package static let period: Duration = .seconds(10)
    /// An older one says nothing: three in a row are missing.
    package static let lifetime: Duration = .seconds(35)

    package let listener: Owner
    /// Since when the same listener has been there without a break, one by a sleeping machine included: what
    /// was sent before may have been missed.
    package let unbrokenSince: Timestamp
    package let at: Timestamp
    /// Whether it takes GitHub's webhooks.
    package let hearsGitHub: Bool

    package init(listener: Owner, unbrokenSince: Timestamp, at: Timestamp, hearsGitHub: Bool) {
        self.listener = listener
        self.unbrokenSince = unbrokenSince
        self.at = at
        self.hearsGitHub = hearsGitHub
    }

    /// One from the future was written by a clock that was wrong.
    package func isFresh(_ now: Timestamp) -> Bool { at <= now && now < at + Self.lifetime }
}

extension RepositorySlug {
    /// As deliveries name it: GitHub does not tell capitals from small letters.
    package var place: String { description.lowercased() }
}
