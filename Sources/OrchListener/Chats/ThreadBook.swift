import OrchAdapters
package import OrchCore

/// Which task a conversation is about, in the words of chats: places, messages, projects by name.
package final class ThreadBook {
    private let store: any Store
    /// Every project by its name; read anew when one is asked for that is not known.
    private let readProjects: () -> [Project]
    private var projects: [Project] = []

    package init(store: any Store, projects: @escaping () -> [Project]) {
        self.store = store
        readProjects = projects
    }

    /// The task that a message is about: the one of its thread, else of what it replies to.
    ///
    /// A store that cannot be asked knows of none, and the person is asked for the task.
    func task(of message: IncomingMessage) -> TaskReference? {
        let place = message.place
        var names = place.thread == nil ? [] : [place.name]
        if let replied = message.repliesTo { names.append(Self.name(of: replied, in: place)) }
        for name in names {
            if let key = try? store.task(ofThread: name, of: place.service.rawValue) {
                return reference(to: key)
            }
        }
        return nil
    }

    /// Makes replies to the messages be about the task.
    func bind(_ messages: [MessageID], in place: Place, to task: TaskReference, now: Timestamp) {
        if let key = key(of: task) { bind(messages, in: place, to: key, now: now) }
    }

    func bind(_ messages: [MessageID], in place: Place, to key: TaskKey, now: Timestamp) {
        // A review or a job has nobody to talk to.
        guard key.backend.hasTasks else { return }
        for message in messages {
            // A thread that is not known costs its people an id to type, no more.
            try? store.bind(
                thread: Self.name(of: message, in: place), of: place.service.rawValue, to: key, now: now)
        }
    }

    /// Makes the whole thread be about the task.
    func bind(_ thread: Place, to task: TaskReference, now: Timestamp) {
        guard let key = key(of: task) else { return }
        try? store.bind(thread: thread.name, of: thread.service.rawValue, to: key, now: now)
    }

    /// Where the task is talked about, the newest place first; a message stands for the place it is in.
    func places(of task: TaskKey, on service: ChatService) -> [(place: Place, message: MessageID?)] {
        let names = (try? store.threads(of: task, on: service.rawValue, limit: Self.placeLimit)) ?? []
        var seen: Set<Place> = []
        return names.map { Self.place(named: $0, on: service) }.filter { seen.insert($0.place).inserted }
    }

    /// Whether the task has a thread of its own in that chat.
    func hasThread(about task: TaskReference, in place: Place) -> Bool {
        guard let key = key(of: task) else { return false }
        return places(of: key, on: place.service).contains {
            $0.place.chat == place.chat && $0.place.thread != nil
        }
    }

    /// Nobody talks about one task in more.
    private static let placeLimit = 50

    func project(named tag: ProjectTag) -> Project? {
        found { $0.name == tag.rawValue || $0.settings.github.repository?.description == tag.rawValue }
    }

    func projectNames() -> [String] {
        projects = readProjects()
        return projects.map(\.name)
    }

    func reference(to key: TaskKey) -> TaskReference? {
        let tag = found { $0.id == key.project }.flatMap { ProjectTag($0.name) }
        return TaskReference(project: tag, id: key.id)
    }

    /// nil where there is no such task, or it is not said in which project.
    func key(of task: TaskReference) -> TaskKey? {
        let project =
            if let tag = task.project { self.project(named: tag) } else { solitaryProject() }
        guard let id = project?.id else { return nil }
        let keys = [
            TaskKey(project: id, backend: .github, id: task.id),
            TaskKey(project: id, backend: .internal, id: task.id),
            TaskKey(project: id, backend: .internal, id: "i" + task.id),
        ]
        // As `orch` itself looks ids up.
        return keys.first { (try? store.task($0)) != nil }
    }

    private func solitaryProject() -> Project? {
        projects = readProjects()
        return projects.count == 1 ? projects[0] : nil
    }

    private func found(_ isMeant: (Project) -> Bool) -> Project? {
        if let known = projects.first(where: isMeant) { return known }
        projects = readProjects()
        return projects.first(where: isMeant)
    }

    // MARK: - Names

    /// `CHAT:MESSAGE`, which no place is called.
    private static func name(of message: MessageID, in place: Place) -> String {
        "\(place.chat):\(message.rawValue)"
    }

    private static func place(named name: String, on service: ChatService) -> (
        place: Place, message: MessageID?
    ) {
        let parts = name.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return (Place(service: service, name: name), nil) }
        return (Place(service: service, chat: String(parts[0])), MessageID(String(parts[1])))
    }
}
