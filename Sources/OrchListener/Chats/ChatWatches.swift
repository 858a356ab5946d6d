import OrchAdapters
package import OrchCore

/// Who looks on at which task from a chat.
///
/// A watch is about a task, not about one run: it goes on with the next, until the task is done or closed. It
/// is a row, which says how far its messages have come: after a restart it goes on from there. What was being
/// said when the listener died may be said once more.
package final class ChatWatches {
    private let service: ChatService
    private let store: any Store
    private let hub: StreamHub
    private let ports: Ports
    private let pace: ChatPace
    private var watches: [ChatWatch] = []
    /// What an earlier listener has left was taken up.
    private var isRestored = false

    /// More at a time no chat service takes the output of.
    private static let limit = 100
    /// How many lines of what was before are shown at first.
    private static let firstLines = 10

    /// What showing needs of its channel.
    package struct Ports {
        /// As `ChatPorts.say`.
        package var say: (OutgoingMessage, @escaping (Said) -> Void) -> Void
        package var later: (Duration, @escaping () -> Void) -> Void
        /// Makes replies to the messages be about the task.
        package var bind: ([MessageID], Place, TaskKey) -> Void
        /// How long the service wants left between two messages in one room.
        package var pace: Duration
        /// As `Channel.room`.
        package var room: (Place) -> Place
        /// What has been said of a watch is not to be said again.
        var remember: (TaskWatch) -> Void = { _ in }

        package init(
            say: @escaping (OutgoingMessage, @escaping (Said) -> Void) -> Void,
            later: @escaping (Duration, @escaping () -> Void) -> Void,
            bind: @escaping ([MessageID], Place, TaskKey) -> Void, pace: Duration,
            room: @escaping (Place) -> Place = { $0 }
        ) {
            self.say = say
            self.later = later
            self.bind = bind
            self.pace = pace
            self.room = room
        }
    }

    package init(_ service: ChatService, store: any Store, hub: StreamHub, ports: Ports) {
        self.service = service
        self.store = store
        self.hub = hub
        var ports = ports
        // A row that the busy store does not take has something said twice after a restart.
        ports.remember = { try? store.save($0) }
        self.ports = ports
        pace = ChatPace(ports.pace, later: ports.later)
    }

    package enum Problem: Error, Equatable, Explained {
        case tooMany

        package var problem: String { "\(ChatWatches.limit) tasks are watched already" }
        package var fix: String { "`/unwatch` some" }
    }

    /// One that watches already starts anew.
    package func watch(
        _ key: TaskKey, named name: TaskReference, in place: Place, for person: Person
    ) throws {
        unwatch(key, in: place)
        guard watches.count < Self.limit else { throw Problem.tooMany }
        let row = TaskWatch(
            task: key, service: service.rawValue, place: place.name, person: person.id, seen: nil)
        let watch = ChatWatch(row, name: name, in: place, ports: ports, pace: pace)
        try begin(watch)
        do throws(StoreError) {
            try store.save(watch.row)
        } catch {
            end(watch)
            throw error
        }
        watches.append(watch)
    }

    /// Takes up what an earlier listener has left; what cannot be read yet is tried again by `refresh`.
    ///
    /// - Parameters:
    ///   - mayLook: who may not any more is shown nothing more.
    ///   - name: what the task is called in chats.
    package func restore(where mayLook: (Person) -> Bool, named name: (TaskKey) -> TaskReference?) {
        guard !isRestored, let rows = try? store.watches(on: service.rawValue, limit: Self.limit) else {
            return
        }
        isRestored = true
        for row in rows {
            let place = Place(service: service, name: row.place)
            let isKnown = watches.contains { $0.task == row.task && $0.place == place }
            if isKnown { continue }
            guard mayLook(Person(service: service, id: row.person)), let name = name(row.task) else {
                forget(row.task, in: place)
                continue
            }
            watches.append(ChatWatch(row, name: name, in: place, ports: ports, pace: pace))
        }
    }

    /// - Parameter key: nil: all of the place.
    /// - Returns: how many ended.
    @discardableResult
    package func unwatch(_ key: TaskKey?, in place: Place) -> Int {
        let ending = watches.filter { $0.place == place && (key == nil || $0.task == key) }
        for watch in ending { end(watch) }
        return ending.count
    }

    private func end(_ watch: ChatWatch) {
        if let ticket = watch.ticket { hub.leave(ticket) }
        watch.stop()
        watches.removeAll { $0 === watch }
        forget(watch.task, in: watch.place)
    }

    /// Where the store does not take it, the watch is back after a restart, and a person ends it once more.
    private func forget(_ task: TaskKey, in place: Place) {
        try? store.forgetWatch(of: task, in: place.name, on: service.rawValue)
    }

    /// Looks for runs that have begun for those who wait, and lets those go whose task is over: to be called
    /// every second or so.
    package func refresh() {
        for watch in watches where watch.ticket == nil {
            do {
                // Whether it is over is asked first: a run that ends it was begun before.
                let isOver = try store.task(watch.task).map { !$0.isOpen } ?? true
                try begin(watch)
                if isOver, watch.ticket == nil, watch.hasSaidAll { end(watch) }
            } catch {
                // A store that is busy, or a hub that is full, is asked again in a moment.
                continue
            }
        }
    }

    package var isEmpty: Bool { watches.isEmpty }

    /// Looks on at what is left of the run that was shown last, or else at a newer one.
    private func begin(_ watch: ChatWatch) throws {
        if let seen = watch.heard, !seen.isOver {
            do {
                let ticket = try hub.watch(seen.run, from: .place(seen.offset), by: watch)
                return watch.begin(ticket, at: seen.offset)
            } catch StreamError.noSuchRun {
                watch.skip(seen.run)
            }
        }
        guard let run = try store.runs(of: watch.task, limit: 1).first,
            watch.heard.map({ $0.run < run.id }) ?? true
        else { return }
        let isFollowed = run.state.isLive && watch.heard != nil
        let offset = isFollowed ? 0 : try RunLogReader.start(ofLast: Self.firstLines, of: run)
        watch.begin(try hub.watch(run.id, from: .place(offset), by: watch), at: offset)
    }
}

extension Run.ID {
    fileprivate static func < (left: Run.ID, right: Run.ID) -> Bool { left.rawValue < right.rawValue }
}
