import OrchAdapters
package import OrchCore

/// Who looks on at which task from a chat.
///
/// A watch is about a task, not about one run: it goes on with the next, until the task is done or closed. It
/// lasts no longer than the listener does; who comes back after a restart asks again.
package final class ChatWatches {
    private let store: any Store
    private let hub: StreamHub
    private let ports: Ports
    private let pace: ChatPace
    private var watches: [ChatWatch] = []

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

    package init(store: any Store, hub: StreamHub, ports: Ports) {
        self.store = store
        self.hub = hub
        self.ports = ports
        pace = ChatPace(ports.pace, later: ports.later)
    }

    package enum Problem: Error, Equatable, Explained {
        case tooMany

        package var problem: String { "\(ChatWatches.limit) tasks are watched already" }
        package var fix: String { "`/unwatch` some" }
    }

    /// One that watches already starts anew.
    package func watch(_ key: TaskKey, named name: TaskReference, in place: Place) throws {
        unwatch(key, in: place)
        guard watches.count < Self.limit else { throw Problem.tooMany }
        let watch = ChatWatch(task: key, name: name, place: place, ports: ports, pace: pace)
        try begin(watch)
        watches.append(watch)
    }

    /// - Parameter key: nil: all of the place.
    /// - Returns: how many ended.
    @discardableResult
    package func unwatch(_ key: TaskKey?, in place: Place) -> Int {
        let ending = watches.filter { $0.place == place && (key == nil || $0.task == key) }
        for watch in ending {
            if let ticket = watch.ticket { hub.leave(ticket) }
            watch.stop()
        }
        watches.removeAll { watch in ending.contains { $0 === watch } }
        return ending.count
    }

    /// Looks for runs that have begun for those who wait, and lets those go whose task is over: to be called
    /// every second or so.
    package func refresh() {
        for watch in watches where watch.ticket == nil {
            do {
                // Whether it is over is asked first: a run that ends it was begun before.
                let isOver = try store.task(watch.task).map { !$0.isOpen } ?? true
                try begin(watch)
                if isOver, watch.ticket == nil, watch.hasSaidAll { watches.removeAll { $0 === watch } }
            } catch {
                // A store that is busy, or a hub that is full, is asked again in a moment.
                continue
            }
        }
    }

    package var isEmpty: Bool { watches.isEmpty }

    private func begin(_ watch: ChatWatch) throws {
        guard let run = try store.runs(of: watch.task, limit: 1).first,
            watch.seen.map({ $0 < run.id }) ?? true
        else { return }
        let start = run.state.isLive && watch.seen != nil ? StreamStart.beginning : .last(Self.firstLines)
        watch.ticket = try hub.watch(run.id, from: start, by: watch)
        watch.seen = run.id
    }
}

extension Run.ID {
    fileprivate static func < (left: Run.ID, right: Run.ID) -> Bool { left.rawValue < right.rawValue }
}
