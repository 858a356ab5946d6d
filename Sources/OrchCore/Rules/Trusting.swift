/// Whether a project's tasks in the store are what its tracker has, so that a tick need not ask.
///
/// They are while the listener is there, whatever GitHub has sent has arrived, and nothing that has arrived
/// still waits to be looked at. As soon as one of these is not known any more, ticks ask again.
package enum Trusting {
    /// How long a look at the webhook counts: the next two, which a sync takes, may fail.
    package static let watchLifetime: Duration = .seconds(720)
    /// However sound it looks, the tracker is asked this often: GitHub does not promise to send everything.
    package static let longestSilence: Duration = .seconds(900)

    /// Whether GitHub's deliveries can be relied on at all, before looking at what they say.
    package static func hears(
        _ heartbeat: Heartbeat?, isListenerAlive: Bool, watch: HookWatch?, now: Timestamp
    ) -> Bool {
        guard let heartbeat, heartbeat.hearsGitHub, heartbeat.isFresh(now), isListenerAlive,
            let watch, watch.verdict == .sound
        else { return false }
        return watch.at >= heartbeat.unbrokenSince && watch.at <= now && now < watch.at + watchLifetime
    }

    /// Whether nothing has come since the tracker was asked last.
    ///
    /// - Parameters:
    ///   - newest: the row of the newest delivery that concerns ticks; 0 where there is none.
    ///   - since: since when the listener has been there.
    package static func isCurrent(_ asked: Asked?, newest: Int, since: Timestamp, now: Timestamp) -> Bool {
        guard let asked, asked.at >= since, asked.at <= now, now < asked.at + longestSilence else {
            return false
        }
        return newest <= asked.row
    }
}

/// When a project's tracker was asked while the listener was there, and what had arrived by then: `ROW TIME`.
package struct Asked: Equatable, Sendable {
    package let row: Int
    package let at: Timestamp

    package init(row: Int, at: Timestamp) {
        self.row = row
        self.at = at
    }

    package init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let row = Int(parts[0]), let at = Timestamp(iso8601: parts[1]) else {
            return nil
        }
        self.init(row: row, at: at)
    }

    package var text: String { "\(row) \(at.iso8601)" }

    /// The name of the cursor that keeps it.
    package static func cursor(of project: Project.ID) -> String { "asked:\(project.rawValue)" }
}
