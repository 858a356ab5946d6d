/// What a sink tells now, and in how many messages.
package enum Telling {
    /// More than so many at once are one message.
    package static let burstLimit = 5
    /// So many are told by one message; the rest by the next.
    package static let messageLimit = 50
    /// How often one is tried; who cannot be reached by then will not be.
    package static let tryLimit = 6

    /// The sinks that are to tell it, by name.
    package static func sinks(for notice: Notice, among sinks: [String: NoticeSink]) -> [String] {
        sinks.filter { $0.value.teller(named: $0.key) != nil && $0.value.takes(notice) }.keys.sorted()
    }

    /// When one that was begun is due again: a minute later, then twice as long each time.
    package static func again(after tries: Int, now: Timestamp) -> Timestamp {
        now + .seconds(60 << min(max(0, tries - 1), 6))
    }

    /// 1. Leave out what is not due yet, and by quiet hours what is no alarm. 2. Leave out what is gathered
    /// until the oldest of it has waited long enough; alarms do not wait. 3. Make one message of each, or one
    /// of all where they are many or gathered.
    ///
    /// - Parameters:
    ///   - waiting: oldest first.
    ///   - minuteOfDay: by the clock on the wall.
    package static func messages(
        of waiting: [WaitingNotice], by sink: NoticeSink, now: Timestamp, minuteOfDay: Int
    ) -> [[WaitingNotice]] {
        let isQuiet = sink.quietHours?.contains(minuteOfDay) == true
        let due = waiting.filter { $0.dueAt <= now }
        let alarms = due.filter { $0.notice.level == .alarm }
        var others = isQuiet ? [] : due.filter { $0.notice.level != .alarm }
        if let oldest = others.first?.notice.at, now < oldest + sink.digest { others = [] }
        let isGathered = sink.digest > .zero || alarms.count + others.count > burstLimit
        guard isGathered else { return (alarms + others).map { [$0] } }
        let all = alarms + others
        return stride(from: 0, to: all.count, by: messageLimit).map {
            Array(all[$0..<min($0 + messageLimit, all.count)])
        }
    }

    /// As people read it: one as it stands, several as a list.
    package static func text(of message: [WaitingNotice]) -> String {
        guard message.count != 1 else { return text(of: message[0].notice) }
        return "\(message.count) notices\n"
            + message.map { "- " + text(of: $0.notice) }.joined(separator: "\n")
    }

    private static func text(of notice: Notice) -> String {
        notice.url.isEmpty ? notice.text : "\(notice.text) \(notice.url)"
    }
}
