import OrchAdapters
import OrchCore
import OrchTesting
import Testing

@testable import OrchListener

/// What becomes of a watch when the listener dies.
@Suite struct ChatWatchRestartTests {
    /// One life of the listener after the other, on one store.
    private final class Stage {
        let streams: StreamStage
        let channel = MemoryChannel()
        private(set) var hub: StreamHub
        private(set) var watches: ChatWatches
        /// What was handed to the service, and not taken yet.
        private var underWay: [() -> Void] = []
        var isHeld = false

        init() throws {
            streams = try StreamStage()
            hub = streams.hub
            let ports = ChatWatches.Ports(
                say: { _, _ in }, later: { _, _ in }, bind: { _, _, _ in }, pace: .zero)
            watches = ChatWatches(.telegram, store: streams.store, hub: hub, ports: ports)
            try begin()
        }

        private func begin() throws {
            underWay = []
            hub = StreamHub(store: try SQLiteStore(path: "\(streams.folder)/orch.db")) { _ in
                Redaction(secrets: [])
            }
            let ports = ChatWatches.Ports(
                say: { [unowned self] message, completion in
                    let said = channel.say(message)
                    if isHeld { underWay.append { completion(said) } } else { completion(said) }
                }, later: { _, act in act() }, bind: { _, _, _ in }, pace: .zero)
            watches = ChatWatches(.telegram, store: streams.store, hub: hub, ports: ports)
        }

        func watch(_ run: Run) throws {
            let name = try #require(TaskReference(project: ProjectTag("app"), id: run.task.id))
            try watches.watch(run.task, named: name, in: channel.place, for: channel.person)
        }

        /// Nothing of what the old one had in memory is there any more.
        func restart(mayLook: Bool = true) throws {
            isHeld = false
            try begin()
            watches.restore(
                where: { [person = channel.person] in mayLook && $0 == person },
                named: { TaskReference(project: ProjectTag("app"), id: $0.id) })
            watches.refresh()
        }

        func say(_ line: String, in run: Run) throws {
            try streams.say([line], in: run)
            hub.pulse()
        }

        func end(_ run: Run) throws {
            try streams.end(run)
            hub.pulse()
        }

        /// How often that was said.
        func count(_ words: String) -> Int { channel.shown().filter { $0.contains(words) }.count }
    }

    private let stage: Stage

    init() throws { stage = try Stage() }

    @Test func `a watch goes on where it was, with nothing lost and nothing said twice`() throws {
        let run = try stage.streams.begin()
        try stage.watch(run)
        try stage.say("before", in: run)
        try stage.restart()
        try stage.streams.say((1...30).map { "after \($0);" }, in: run)
        stage.hub.pulse()
        #expect(stage.count("before") == 1)
        for number in 1...30 { #expect(stage.count("after \(number);") == 1) }
        try stage.end(run)
        try stage.restart()
        stage.hub.pulse()
        #expect(stage.count("Run \(run.id.rawValue) of task app/i1 is over") == 1)
    }

    @Test func `what is said while nobody listens comes afterwards, with the end and the next run`() throws {
        let first = try stage.streams.begin()
        try stage.watch(first)
        try stage.streams.say(["unheard"], in: first)
        try stage.streams.end(first)
        let second = try stage.streams.begin(of: first.task)
        try stage.streams.say((1...30).map { "second \($0);" }, in: second)
        try stage.restart()
        stage.hub.pulse()
        stage.watches.refresh()
        stage.hub.pulse()
        #expect(stage.count("unheard") == 1)
        #expect(stage.count("Run \(first.id.rawValue) of task app/i1 is over") == 1)
        for number in [1, 30] { #expect(stage.count("second \(number);") == 1) }
    }

    @Test func `what was on its way when the listener died is said once more`() throws {
        let run = try stage.streams.begin()
        try stage.watch(run)
        try stage.say("first", in: run)
        stage.isHeld = true
        try stage.say("second", in: run)
        try stage.restart()
        stage.hub.pulse()
        #expect(stage.count("first") == 1)
        #expect(stage.count("second") == 2)
    }

    @Test func `a watch that has ended does not come back`() throws {
        let (first, second) = (try stage.streams.begin(), try stage.streams.begin())
        try stage.watch(first)
        try stage.watch(second)
        #expect(stage.watches.unwatch(first.task, in: stage.channel.place) == 1)
        try stage.end(second)
        try stage.streams.store.change(second.task, [.status(.done)])
        stage.watches.refresh()
        #expect(stage.watches.isEmpty)
        try stage.restart()
        #expect(stage.watches.isEmpty)
    }

    @Test func `a task that is over meanwhile is shown to its end, and no longer watched`() throws {
        let run = try stage.streams.begin()
        try stage.watch(run)
        try stage.streams.say(["the last words"], in: run)
        try stage.streams.end(run)
        try stage.streams.store.change(run.task, [.status(.done)])
        try stage.restart()
        stage.hub.pulse()
        #expect(stage.count("the last words") == 1)
        #expect(stage.count("is over") == 1)
        stage.watches.refresh()
        #expect(stage.watches.isEmpty)
        #expect(try stage.streams.store.watches(on: "telegram", limit: 9).isEmpty)
    }

    @Test func `who may not look any more is shown nothing more`() throws {
        let run = try stage.streams.begin()
        try stage.watch(run)
        try stage.restart(mayLook: false)
        try stage.say("secret plans", in: run)
        #expect(stage.count("secret plans") == 0)
        try stage.restart()
        #expect(stage.watches.isEmpty)
    }

    @Test func `a watch that cannot be written down is none, and says so`() throws {
        let run = try stage.streams.begin()
        // It looks for the task's run, and dies before the row.
        let fuse = Fuse()
        fuse.set(2)
        let watches = ChatWatches(
            .telegram, store: FusedStore(stage.streams.store, fuse: fuse), hub: stage.hub,
            ports: ChatWatches.Ports(
                say: { _, _ in }, later: { _, _ in }, bind: { _, _, _ in }, pace: .zero))
        let name = try #require(TaskReference(project: nil, id: run.task.id))
        #expect(throws: StoreError.self) {
            try watches.watch(run.task, named: name, in: stage.channel.place, for: stage.channel.person)
        }
        #expect(watches.isEmpty)
        #expect(stage.hub.viewerCount == 0)
    }
}
