import OrchCore

/// What had arrived of a project's events as a sync began to look: that much is dealt with once it has
/// looked.
struct SyncHearing {
    private let ports: Ports
    private let place: String
    /// The newest delivery by event, without those that no sync has to do with.
    private let newest: [GitHubEvent: ReceivedDelivery]

    /// nil where no listener takes GitHub's deliveries.
    init?(of project: Project, ports: Ports) throws {
        guard let place = project.settings.github.repository?.place,
            let heartbeat = try ports.store.heartbeat(), heartbeat.hearsGitHub
        else { return nil }
        self.ports = ports
        self.place = place
        var newest: [GitHubEvent: ReceivedDelivery] = [:]
        for event in GitHubEvent.allCases where event != .issues {
            newest[event] = try ports.store.newestDelivery(of: [event.rawValue], from: .github, at: place)
        }
        self.newest = newest
    }

    /// The phases that what nobody has seen to concerns; nil where there are none.
    var waiting: Set<String>? {
        let events = newest.filter { $0.value.handledAt == nil }.keys
        let phases = Set(events.flatMap(\.phases))
        return phases.isEmpty ? nil : phases
    }

    /// Says of what these phases have seen to that it is dealt with.
    func settle(_ done: Set<String>) throws {
        for (event, delivery) in newest
        where delivery.handledAt == nil && done.isSuperset(of: event.phases) {
            try ports.store.markHandled(
                through: delivery.row, of: [event.rawValue], from: .github, at: place, now: ports.now())
        }
    }
}
