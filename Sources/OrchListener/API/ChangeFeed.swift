import JSON
import OrchCore
import Reactor

/// Tells clients what has changed: which tasks, and which runs. It is a hint to look, never the thing itself.
///
/// Nothing is looked at while nobody listens, nor while no other process has written to the store.
final class ChangeFeed {
    private static let period: Duration = .milliseconds(250)
    /// What is kept for those who come back; more have happened to whoever looks at everything anew.
    private static let keptLimit = 256
    /// More changes at a time are named as “everything”.
    private static let namedLimit = 200

    private struct Change {
        let number: Int
        let frame: [UInt8]
    }

    private final class Listener {
        let stream: EventStream
        /// Something was said while it could not listen.
        var hasMissed = false
        init(_ stream: EventStream) { self.stream = stream }
    }

    private let store: any Store
    private let projects: ProjectList
    private let loop: EventLoop
    /// Numbers begin anew with each listener, and say so.
    private let epoch: String
    private var listeners: [ObjectIdentifier: Listener] = [:]
    private var kept: [Change] = []
    private var number = 0
    private var stamp: Int?
    private var picture: Picture?
    /// Somebody listens, or did a moment ago.
    private(set) var isTicking = false

    init(store: any Store, projects: ProjectList, loop: EventLoop, epoch: String) {
        (self.store, self.projects, self.loop, self.epoch) = (store, projects, loop, epoch)
    }

    /// - Parameter last: the id of the last event that the client has seen.
    func add(_ stream: EventStream, after last: String?) {
        let id = ObjectIdentifier(stream)
        let listener = Listener(stream)
        stream.onClose = { [weak self] in self?.listeners[id] = nil }
        stream.onRoom = { [weak self] in self?.catchUp(listener) }
        guard stream.isOpen else { return }
        listeners[id] = listener
        if !isTicking {
            // Nobody has looked meanwhile: what has happened since the last number is not known.
            picture = nil
            kept = []
            number += 1
            tick()
        }
        stream.write(missed(after: last) ?? reset())
    }

    private func reset() -> [UInt8] { EventStream.frame("reset", id: "\(epoch)-\(number)", .object([:])) }

    private func missed(after last: String?) -> [UInt8]? {
        guard let last, last.hasPrefix("\(epoch)-"), let seen = Int(last.dropFirst(epoch.count + 1)),
            seen <= number, seen >= (kept.first?.number ?? number + 1) - 1
        else { return nil }
        return kept.filter { $0.number > seen }.flatMap(\.frame)
    }

    private func catchUp(_ listener: Listener) {
        guard listener.hasMissed else { return }
        listener.hasMissed = false
        listener.stream.write(reset())
    }

    private func tick() {
        isTicking = !listeners.isEmpty
        guard isTicking else { return }
        look()
        loop.after(Self.period) { [weak self] in self?.tick() }
    }

    private func look() {
        // A store that is busy is asked again in a moment.
        guard let now = try? store.changeStamp(), now != stamp || picture == nil,
            let new = try? Picture(of: store, projects: projects)
        else { return }
        stamp = now
        defer { picture = new }
        guard let picture, let news = news(from: picture, to: new) else { return }
        number += 1
        let frame = EventStream.frame("change", id: "\(epoch)-\(number)", news)
        kept.append(Change(number: number, frame: frame))
        kept.removeFirst(max(0, kept.count - Self.keptLimit))
        for listener in listeners.values {
            if listener.stream.hasRoom { listener.stream.write(frame) } else { listener.hasMissed = true }
        }
    }

    private func news(from old: Picture, to new: Picture) -> JSONValue? {
        let tasks = Picture.differences(old.tasks, new.tasks)
        let runs = Picture.differences(old.runs, new.runs)
        if tasks.isEmpty, runs.isEmpty, old.rest == new.rest { return nil }
        let names = tasks.map { "\(projects.name(of: $0.project))/\($0.id)" }.sorted()
        let isTooMuch = names.count > Self.namedLimit
        return .object([
            "tasks": .array(isTooMuch ? [] : names.map { .string($0) }),
            "runs": .array(runs.map(\.rawValue).sorted().map { .int(Int64($0)) }),
            "everything": .bool(isTooMuch || old.rest != new.rest),
        ])
    }
}

/// What is open, each thing as a number that another state of it has not.
private struct Picture {
    let tasks: [TaskKey: Int]
    let runs: [Run.ID: Int]
    /// Of what is neither.
    let rest: Int

    init(of store: any Store, projects: ProjectList) throws {
        var tasks: [TaskKey: Int] = [:]
        for project in projects.all {
            for task in try store.openTasks(of: project.id) { tasks[task.key] = Self.number(of: task) }
        }
        self.tasks = tasks
        runs = Dictionary(
            try store.openRuns().filter(\.state.isLive).map { ($0.id, Self.number(of: $0)) }
        ) { first, _ in first }
        rest = try Self.number(of: projects.all.map(\.name), pauses: store.pauses())
    }

    static func differences<Key: Hashable>(_ old: [Key: Int], _ new: [Key: Int]) -> [Key] {
        new.filter { old[$0.key] != $0.value }.map(\.key) + old.keys.filter { new[$0] == nil }
    }

    private static func number(of projects: [String], pauses: [WorkPause]) -> Int {
        var hasher = Hasher()
        hasher.combine(projects)
        for pause in pauses {
            hasher.combine(pause.project)
            hasher.combine(pause.since)
        }
        return hasher.finalize()
    }

    private static func number(of task: AgentTask) -> Int {
        var hasher = Hasher()
        hasher.combine(task.title)
        hasher.combine(task.status)
        hasher.combine(task.labels)
        hasher.combine(task.agent)
        hasher.combine(task.model)
        hasher.combine(task.isTrusted)
        hasher.combine(task.isHeld)
        hasher.combine(task.attempts)
        hasher.combine(task.parkedUntil?.seconds)
        hasher.combine(task.lastError)
        hasher.combine(task.updatedAt.seconds)
        hasher.combine(task.pullRequest)
        return hasher.finalize()
    }

    private static func number(of run: Run) -> Int {
        var hasher = Hasher()
        hasher.combine(run.state)
        hasher.combine(run.host)
        hasher.combine(run.model)
        hasher.combine(run.isStopRequested)
        hasher.combine(run.usage.totalTokens)
        hasher.combine(run.usage.costMicroDollars)
        return hasher.finalize()
    }
}
