import OrchCore

extension Observation {
    /// What the listener has told of a project, as it is before its tracker is asked.
    struct Hearing {
        /// Everything that GitHub sends arrives.
        let isReliable: Bool
        /// nil also where the tracker has not been asked for everything once.
        let asked: Asked?
        /// The row of the newest delivery that concerns ticks; 0: none.
        let newest: Int
        let place: String
        /// Since when the listener has been there.
        let since: Timestamp

        var hasNews: Bool { isReliable && newest > asked?.row ?? 0 }

        func isCurrent(_ now: Timestamp) -> Bool {
            isReliable && Trusting.isCurrent(asked, newest: newest, since: since, now: now)
        }
    }

    /// A few looks into the store, and one at a process: nothing beside asking.
    func hearing(of project: Project, now: Timestamp) throws -> Hearing? {
        guard let place = project.settings.github.repository?.place,
            let heartbeat = try ports.store.heartbeat()
        else { return nil }
        let watch = try ports.store.cursor(HookWatch.cursor(of: project.id)).flatMap(HookWatch.init)
        let isReliable = Trusting.hears(
            heartbeat, isListenerAlive: ports.hosts.isAlive(heartbeat.listener), watch: watch, now: now)
        let newest = try ports.store.newestDelivery(of: GitHubEvent.ofTicks, from: .github, at: place)
        let hasAll = try ports.store.cursor(Self.changesCursor(project.id)) != nil
        let asked = try hasAll ? ports.store.cursor(Asked.cursor(of: project.id)).flatMap(Asked.init) : nil
        return Hearing(
            isReliable: isReliable, asked: asked, newest: newest?.row ?? 0, place: place,
            since: heartbeat.unbrokenSince)
    }

    /// Whether something has arrived since the tracker was asked.
    func hasNews(of projects: [Project]) throws -> Bool {
        try projects.contains { project in
            guard ports.tracker(project, .github) != nil else { return false }
            return try hearing(of: project, now: ports.now())?.hasNews == true
        }
    }

    /// Called once what the tracker said is stored: what had arrived before it was asked is dealt with.
    ///
    /// A tick that only polls has nothing to write here, and a quiet one writes nothing at all.
    func noteAsked(_ hearing: Hearing?, of project: Project, now: Timestamp) throws {
        guard let hearing, hearing.isReliable || hearing.newest > hearing.asked?.row ?? 0 else { return }
        try ports.store.setCursor(
            Asked.cursor(of: project.id), to: Asked(row: hearing.newest, at: now).text)
        guard hearing.newest > 0 else { return }
        try ports.store.markHandled(
            through: hearing.newest, of: GitHubEvent.ofTicks, from: .github, at: hearing.place, now: now)
    }
}
