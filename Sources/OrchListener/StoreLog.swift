import OrchAdapters
import OrchCore
import Reactor

/// Copies the store's write-ahead log back while nobody waits for it, so that a tick's commit, which would do
/// it once the log has grown, seldom has to.
final class StoreLog {
    /// A tick writes a few pages; it is the log of many that a commit stops to copy.
    private static let period = Duration.seconds(5)
    /// With more, 8 MB, a commit of the listener's own does it all the same: with the usual hundred, a flood
    /// of deliveries would wait for the disk four times instead of once at every few.
    static let limitPages = 2000

    private let store: SQLiteStore
    private let loop: EventLoop

    init(store: SQLiteStore, loop: EventLoop) { (self.store, self.loop) = (store, loop) }

    func start() {
        loop.after(Self.period) { [weak self] in
            self?.copy()
            self?.start()
        }
    }

    private func copy() {
        // Readers may be in the way, or another copy: then the next one does it. With nothing new it costs
        // nothing.
        try? store.copyLogBack()
    }
}
