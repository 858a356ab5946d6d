import OrchAdapters
import OrchCore
import Platform
import Reactor

/// The listener's sign of life: a row for the ticks, which trust what they were told while it is fresh, and a
/// word for the service manager.
final class Pulse {
    private let store: any Store
    private let loop: EventLoop
    private let environment: [String: String]
    private let hearsGitHub: Bool
    private let owner: Owner
    private let watchdog: Duration?
    private let now: () -> Timestamp

    init(
        store: any Store, loop: EventLoop, environment: [String: String], hearsGitHub: Bool,
        now: @escaping () -> Timestamp
    ) throws {
        guard let me = ProcessIdentity.current() else { throw SystemError("open", on: "/proc/self/stat") }
        owner = Owner(bootID: me.bootID, pid: me.pid, startTime: me.startTime)
        self.store = store
        self.loop = loop
        self.environment = environment
        self.hearsGitHub = hearsGitHub
        self.now = now
        // Twice as often as is asked, as sd_watchdog_enabled(3) advises.
        watchdog = Supervisor.watchdogPeriod(environment).map { $0 / 2 }
    }

    /// Why the last beat could not be written; nil where it was.
    private(set) var problem: StoreError?

    func start() {
        beat()
        if let watchdog { pat(every: watchdog) }
    }

    /// A store that is busy or full for a while makes ticks ask GitHub themselves; it is no reason to end.
    private func beat() {
        do throws(StoreError) {
            try store.noteHeartbeat(of: owner, hearsGitHub: hearsGitHub, now: now())
            problem = nil
        } catch {
            problem = error
        }
        loop.after(Heartbeat.period) { [weak self] in self?.beat() }
    }

    private func pat(every period: Duration) {
        Supervisor.notify("WATCHDOG=1", environment)
        loop.after(period) { [weak self] in self?.pat(every: period) }
    }
}
