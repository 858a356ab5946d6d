package import OrchCore

/// Where the messages of one chat service are dealt with: who may, what is meant, what came of it.
///
/// A message is a row of the inbox before anything is done about it, and is dealt with once it was answered.
/// After a crash in between it is done again under the same name, which changes nothing a second time
/// (`ORCH_REQUEST`). The messages of one place are dealt with one after the other, in the order in which they
/// were written.
package final class ChatDesk {
    let service: ChatService
    let people: People
    let threads: ThreadBook
    let store: any Store
    let ports: ChatPorts
    let watches: ChatWatches?
    private let redaction: () -> Redaction

    var confirmations = Confirmations()
    /// What waits in each place; the first is being dealt with.
    private var queues: [Place: [ReceivedDelivery]] = [:]
    private var pending: Set<Int> = []
    /// Answered, but the store could not take that down yet.
    private var unmarked: Set<Int> = []
    private var lately: [Person: [Timestamp]] = [:]

    /// What comes faster is no person.
    private static let messageLimit = 30
    private static let messagePeriod: Duration = .seconds(60)
    /// What is taken up at a time; the rest has its turn afterwards.
    private static let rowLimit = 500

    /// - Parameter watches: nil where live output is not shown.
    package init(
        _ service: ChatService, people: People, threads: ThreadBook, store: any Store,
        redaction: @escaping () -> Redaction,
        watches: ChatWatches?, ports: ChatPorts
    ) {
        self.service = service
        self.people = people
        self.threads = threads
        self.store = store
        self.redaction = redaction
        self.watches = watches
        self.ports = ports
    }

    // MARK: - Taking in

    /// Writes the messages down and deals with them.
    ///
    /// Strangers and programs leave no trace: nobody answers them, and they fill no rows.
    /// - Throws: where nothing was written down; the service is to deliver them again.
    package func take(_ messages: [IncomingMessage]) throws(StoreError) {
        let now = ports.now()
        // Counted once they are written down: what is delivered again was not too much before.
        var moments = lately
        let meant = messages.filter {
            isMeant($0) && Self.isPatient($0.author, at: $0.sentAt ?? now, after: &moments)
        }
        try store.receive(meant.compactMap { $0.delivery(now: now) })
        lately = moments
        takeUp()
    }

    private func isMeant(_ message: IncomingMessage) -> Bool {
        guard !message.isByBot, people.role(of: message.author) != nil else { return false }
        return message.isAddressed || threads.task(of: message) != nil
    }

    /// Whether it was written slowly enough for a person, whenever it arrives.
    private static func isPatient(
        _ person: Person, at moment: Timestamp, after lately: inout [Person: [Timestamp]]
    ) -> Bool {
        let period = messagePeriod
        var moments = (lately[person] ?? []).filter { moment - period < $0 && $0 < moment + period }
        defer { lately[person] = moments }
        guard moments.count < messageLimit else { return false }
        moments.append(moment)
        return true
    }

    /// Takes up what waits, that of an earlier listener too.
    package func takeUp() {
        guard let source = Delivery.Source(rawValue: service.rawValue) else { return }
        for row in unmarked { mark(row) }
        // A store that is busy is asked again with the next message; the rows wait.
        guard let rows = try? store.waitingDeliveries(from: source, limit: Self.rowLimit) else { return }
        for row in rows where pending.insert(row.row).inserted {
            let place = Place(service: service, name: row.delivery.place)
            queues[place, default: []].append(row)
            if queues[place]?.count == 1 { deal(with: row, in: place) }
        }
    }

    private func deal(with row: ReceivedDelivery, in place: Place) {
        let done = { [weak self] in
            guard let self else { return }
            mark(row.row)
            queues[place]?.removeFirst()
            if let next = queues[place]?.first { deal(with: next, in: place) } else { queues[place] = nil }
        }
        guard let message = IncomingMessage(row.delivery), let role = people.role(of: message.author) else {
            return done()
        }
        ChatTurn(desk: self, message: message, role: role, done: done).begin()
    }

    /// Until it has succeeded the row stays `pending`, so that nobody is answered twice.
    private func mark(_ row: Int) {
        do throws(StoreError) {
            try store.markHandled(row, now: ports.now())
            unmarked.remove(row)
            pending.remove(row)
        } catch {
            // Tried again with the next message. After a restart it is done once more, to no other effect.
            unmarked.insert(row)
        }
    }

    // MARK: - Answering

    /// Says it in as many messages as it takes.
    func say(_ text: ChatText, to message: IncomingMessage, then completion: @escaping (Said) -> Void) {
        let outgoing = OutgoingMessage(text.clean(redaction()), in: message.place, repliesTo: message.id)
        ports.say(outgoing, completion)
    }
}
