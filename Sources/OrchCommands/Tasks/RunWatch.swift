import OrchAdapters
import OrchCore
import Platform

/// Looks on at one run until it is over.
struct RunWatch {
    let store: any Store
    let hosts: any Hosts
    let run: Run.ID

    /// How often a follower looks: faster than a person reads.
    private static let pulse: Duration = .milliseconds(200)
    /// No run is longer than its own limits; this is the bound where those are switched off.
    static let limit: Duration = .seconds(24 * 3600)

    /// Hands on every event of the log: those that are there and, when it follows, those that come until the
    /// run is over.
    func stream(_ reader: inout RunLogReader, follows: Bool, _ show: (ShownEvent) -> Void) throws {
        let deadline = MonotonicTime.now() + Self.limit
        var hasToldOfHost = false
        while true {
            // The state first: a host writes its last line before it ends the run.
            let now = try store.run(run)
            for entry in try reader.next() { show(entry.event) }
            guard follows, let now, now.state.isLive, MonotonicTime.now() < deadline else { return }
            if !hasToldOfHost, let host = now.host, !hosts.isAlive(host) {
                hasToldOfHost = true
                Console.err("— the host of run \(run.rawValue) is gone; the next tick gives it a new one —")
            }
            Pausing.pause(Self.pulse)
        }
    }
}
