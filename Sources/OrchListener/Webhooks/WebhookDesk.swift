import HTTP
import OrchCore
import Platform
import Reactor

/// Takes in GitHub's deliveries: known to be GitHub's, written down, answered, and only then followed up.
///
/// All that become complete in one turn of the loop are written in one transaction: with one wait for the
/// disk each, a disk would allow a few hundred a second.
final class WebhookDesk {
    /// GitHub sends no larger ones.
    static let bodyLimitBytes = 25 << 20
    /// What takes longer than a millisecond to check and to read is a thread's.
    private static let largeBytes = 128 << 10
    /// Large ones that wait; each is up to 25 MB.
    private static let largeLimit = 8

    /// What has come, for the metrics.
    struct Counters {
        var stored: [GitHubEvent: Int] = [:]
        var repeated = 0
        var unheeded = 0
        var unwanted = 0
        /// By status.
        var refused: [Int: Int] = [:]
        /// Those that the store could not take.
        var failed = 0
    }

    private struct Waiting {
        let reading: WebhookReading
        let responder: HTTPResponder
    }

    private(set) var counters = Counters()
    private let signature: WebhookSignature
    private let store: any Inbox
    private let echoes: Echoes
    private let loop: EventLoop
    private let log = ListenerLog()
    private let now = Listener.now
    private let follow: (Set<GitHubEvent>) -> Void
    private let reader: Worker
    private var waiting: [Waiting] = []
    private var refusals = RefusalNotes()

    /// - Parameter follow: called with what has come, once it is written down.
    init(
        secret: String, store: any Inbox, echoes: Echoes, loop: EventLoop,
        follow: @escaping (Set<GitHubEvent>) -> Void
    ) throws {
        signature = WebhookSignature(secret: secret)
        (self.store, self.echoes, self.loop, self.follow) = (store, echoes, loop, follow)
        reader = try Worker(on: loop, named: "webhooks", limit: Self.largeLimit)
    }

    var route: Route {
        Route("POST", "/webhook/github", .anyone, bodyLimitBytes: Self.bodyLimitBytes) { [self] in
            take($0.request, $1)
        }
    }

    private func take(_ request: HTTPRequest, _ responder: HTTPResponder) {
        let letter = WebhookLetter(fields: request.fields, body: request.body)
        guard letter.body.count > Self.largeBytes else { return settle(letter.read(signature), responder) }
        let isTaken = reader.submit({ [signature] in letter.read(signature) }) { [self] verdict in
            settle(verdict, responder)
        }
        if !isTaken {
            refuse(HTTPRefusal(503, "too many large deliveries at once; send it again"), responder)
        }
    }

    private func settle(_ verdict: WebhookLetter.Verdict, _ responder: HTTPResponder) {
        switch verdict {
        case .refused(let refusal): refuse(refusal, responder)
        case .unwanted(let event):
            counters.unwanted += 1
            responder.respond(.text(202, "orch does not follow `\(event)`\n"))
        case .taken(let reading):
            if waiting.isEmpty { loop.atEndOfTurn { [self] in write() } }
            waiting.append(Waiting(reading: reading, responder: responder))
        }
    }

    private func refuse(_ refusal: HTTPRefusal, _ responder: HTTPResponder) {
        counters.refused[refusal.status, default: 0] += 1
        if let words = refusals.words(for: refusal, at: .now()) { log.note(words) }
        responder.respond(refusal.response)
    }

    /// 1. Write all down. 2. Answer: from here on GitHub will not send them again by itself. 3. Have what
    /// they tell of looked at. A crash before 2 has GitHub note a failed delivery, one before 3 leaves a row
    /// that the next tick looks at.
    private func write() {
        let batch = waiting
        waiting = []
        let heeded = batch.map { $0.reading.isHeeded && !echoes.isEcho($0.reading) }
        let moment = now()
        let deliveries = zip(batch, heeded).map { Self.delivery($0.reading, isHeeded: $1, at: moment) }
        let new: Set<String>
        do throws(StoreError) {
            new = try store.receive(deliveries)
        } catch {
            counters.failed += batch.count
            log.error(error)
            for entry in batch { entry.responder.respond(.text(503, "it cannot be written down now\n")) }
            return
        }
        var told: Set<GitHubEvent> = []
        for (entry, isHeeded) in zip(batch, heeded) {
            let isNew = new.contains(entry.reading.id)
            count(entry.reading, isNew: isNew, isHeeded: isHeeded)
            if isNew, isHeeded { told.insert(entry.reading.event) }
            entry.responder.respond(isNew ? .text(202, "written down\n") : .text(200, "known already\n"))
        }
        setAside(deliveries, at: moment)
        if !told.isEmpty { follow(told) }
    }

    private func count(_ reading: WebhookReading, isNew: Bool, isHeeded: Bool) {
        if isNew { counters.stored[reading.event, default: 0] += 1 } else { counters.repeated += 1 }
        if isNew, !isHeeded { counters.unheeded += 1 }
    }

    // MARK: - What concerns nobody

    /// Stands for the event of a delivery that nobody needs to look at. It is written down all the same: one
    /// that is not would count as missed, and be sent again for ever.
    static let unheeded = "unheeded"

    private static func delivery(_ reading: WebhookReading, isHeeded: Bool, at moment: Timestamp) -> Delivery
    {
        Delivery(
            source: .github, id: reading.id, event: isHeeded ? reading.event.rawValue : unheeded,
            place: reading.place, payload: reading.payload, receivedAt: moment)
    }

    private func setAside(_ deliveries: [Delivery], at moment: Timestamp) {
        for place in Set(deliveries.filter { $0.event == Self.unheeded }.map(\.place)) {
            do throws(StoreError) {
                try store.markHandled(
                    through: .max, of: [Self.unheeded], from: .github, at: place, now: moment)
            } catch {
                // The next one of this place does it too.
                log.error(error)
            }
        }
    }
}
