import OrchCore
import Platform
import Reactor

/// What people are told in chats without asking.
extension Listener {
    func startNotices(_ sinks: [String: NoticeSink], _ voices: [ChatService: NoticePump.Say]) {
        // A zone that cannot be read makes quiet hours those of Greenwich.
        let zone = (try? ZoneRules.local(variable: environment["TZ"])) ?? .utc
        let threads = ThreadBook(store: store) { [projects] in projects.all }
        let ports = NoticePump.Ports(
            now: Self.now,
            minuteOfDay: {
                let time = zone.localTime(at: Int64(Self.now().seconds))
                return time.hour * 60 + time.minute
            }, redaction: { [projects] in projects.redaction },
            bind: { threads.bind($0, in: $1, to: $2, now: Self.now()) })
        let pump = NoticePump(store: store, sinks: sinks, voices: voices, ports: ports)
        if pump.isNeeded { tell(by: pump) }
    }

    private func tell(by pump: NoticePump) {
        do throws(StoreError) {
            try pump.pulse()
        } catch {
            // A store that is busy or full for a while: what waits there is not lost.
            log.error(error)
        }
        loop.after(NoticePump.interval) { [weak self] in self?.tell(by: pump) }
    }
}
