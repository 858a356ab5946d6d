package import OrchCore

/// Tells in chats what waits to be told there (`notify.telegram`, `notify.discord`).
///
/// It belongs to the loop's thread, and does nothing by itself: `pulse` is for a timer, every `interval`. One
/// message of a sink is under way at a time, so that they arrive in their order.
package final class NoticePump {
    package static let interval: Duration = .seconds(2)

    /// Says something of any length, in as many parts and tries as the service needs; the outcome comes
    /// later, on the loop's thread.
    package typealias Say = (OutgoingMessage, @escaping (Said) -> Void) -> Void

    package struct Ports {
        let now: () -> Timestamp
        let minuteOfDay: () -> Int
        let redaction: () -> Redaction
        let bind: ([MessageID], Place, TaskKey) -> Void

        /// - Parameters:
        ///   - minuteOfDay: by the clock on the wall, for quiet hours.
        ///   - bind: makes replies to the messages be about the task.
        package init(
            now: @escaping () -> Timestamp, minuteOfDay: @escaping () -> Int,
            redaction: @escaping () -> Redaction, bind: @escaping ([MessageID], Place, TaskKey) -> Void
        ) {
            self.now = now
            self.minuteOfDay = minuteOfDay
            self.redaction = redaction
            self.bind = bind
        }
    }

    /// What is looked at in one pulse; the rest waits for the next.
    private static let noticeLimit = 200

    private let store: any Store
    private let now: () -> Timestamp
    private let minuteOfDay: () -> Int
    private let redaction: () -> Redaction
    private let bind: ([MessageID], Place, TaskKey) -> Void
    private var chats: [String: Chat] = [:]

    private struct Chat {
        let sink: NoticeSink
        let place: Place
        let say: Say
        var isBusy = false
    }

    /// - Parameters:
    ///   - sinks: `notify`; those that are no chat's are left to others.
    ///   - voices: how each service that is on says something.
    package init(
        store: any Store, sinks: [String: NoticeSink], voices: [ChatService: Say], ports: Ports
    ) {
        self.store = store
        now = ports.now
        minuteOfDay = ports.minuteOfDay
        redaction = ports.redaction
        bind = ports.bind
        for (name, sink) in sinks {
            guard case .listener(let builtIn)? = sink.teller(named: name),
                let service = ChatService(builtIn.rawValue), let say = voices[service]
            else { continue }
            let place = Place(service: service, name: sink.place)
            chats[name] = Chat(sink: sink, place: place, say: say)
        }
    }

    /// Whether there is anybody to tell anything to.
    package var isNeeded: Bool { !chats.isEmpty }

    /// Begins to say what is due. A row says so first: where nothing more is heard of it, it is due again.
    package func pulse() throws(StoreError) {
        for (name, chat) in chats where !chat.isBusy {
            let waiting = try store.waitingNotices(for: name, limit: Self.noticeLimit)
            let due = Telling.messages(of: waiting, by: chat.sink, now: now(), minuteOfDay: minuteOfDay())
            guard let message = due.first else { continue }
            let tries = 1 + (message.map(\.tries).max() ?? 0)
            let again = Telling.again(after: tries, now: now())
            try store.beginTelling(message.map(\.id), by: name, again: again)
            chats[name]?.isBusy = true
            let text = ChatText(.plain(Telling.text(of: message))).clean(redaction())
            chat.say(OutgoingMessage(text, in: chat.place)) { [weak self, bind] said in
                if let task = Self.task(of: message) { bind(said.messages, chat.place, task) }
                self?.end(message, by: name, tries: tries, isSaid: said.failure == nil)
            }
        }
    }

    /// The task that all of it is about; nil where a reply could mean another.
    private static func task(of message: [WaitingNotice]) -> TaskKey? {
        let tasks = Set(message.map(\.notice.task))
        return tasks.count == 1 ? tasks.first ?? nil : nil
    }

    private func end(_ message: [WaitingNotice], by name: String, tries: Int, isSaid: Bool) {
        chats[name]?.isBusy = false
        if !isSaid, tries < Telling.tryLimit { return }
        let failure = isSaid ? nil : "it did not get through"
        // Where the store cannot take it down, it is said once more: better twice than never.
        try? store.endTelling(message.map(\.id), by: name, failure: failure, now: now())
    }
}
