import OrchAdapters
import OrchCore
import OrchTesting
import Testing

@testable import OrchListener

@Suite struct ChatWatchTests {
    /// What a watch does when the service's pace allows it.
    private final class Pace {
        private var waiting: [() -> Void] = []

        func wait(_ act: @escaping () -> Void) { waiting.append(act) }

        func pass() {
            let acts = waiting
            waiting = []
            for act in acts { act() }
        }
    }

    private let stage: StreamStage
    private let channel = MemoryChannel()
    private let pace = Pace()
    private let threads: ThreadBook
    private let watches: ChatWatches

    init() throws {
        stage = try StreamStage()
        let project = Project(id: Project.ID(rawValue: "/srv/app"), name: "app", settings: Settings())
        let threads = ThreadBook(store: stage.store) { [project] }
        let ports = ChatWatches.Ports(
            say: { [channel] message, completion in completion(channel.say(message)) },
            later: { [pace] _, act in pace.wait(act) },
            bind: { threads.bind($0, in: $1, to: $2, now: Timestamp(seconds: 1_800_000_000)) },
            pace: .seconds(1))
        self.threads = threads
        watches = ChatWatches(.telegram, store: stage.store, hub: stage.hub, ports: ports)
    }

    private func watch(_ run: Run) throws {
        let name = try #require(TaskReference(project: ProjectTag("app"), id: run.task.id))
        try watches.watch(run.task, named: name, in: channel.place, for: channel.person)
    }

    /// The task that a reply to the message of that number is about.
    private func subject(ofReplyTo number: Int) -> String? {
        var message = IncomingMessage(
            delivery: "d", id: MessageID("m"), place: channel.place, author: channel.person, text: "words")
        message.repliesTo = MessageID("s\(number)")
        return threads.task(of: message)?.id
    }

    @Test func `replies to live output and to the end of a run are about the task`() throws {
        let run = try stage.begin()
        try watch(run)
        try stage.say(["Reading the task"], in: run)
        stage.hub.pulse()
        #expect(subject(ofReplyTo: 1) == run.task.id)
        try stage.end(run)
        stage.hub.pulse()
        pace.pass()
        #expect(channel.shown().last?.contains("is over") == true)
        #expect(subject(ofReplyTo: 2) == run.task.id)
    }

    @Test func `a watch goes on with the next run, and ends once its task is over and that was said`()
        throws
    {
        let first = try stage.begin()
        try watch(first)
        try stage.end(first)
        stage.hub.pulse()
        pace.pass()
        watches.refresh()
        #expect(!watches.isEmpty)
        let second = try stage.begin(of: first.task)
        watches.refresh()
        try stage.say(["once more"], in: second)
        try stage.end(second)
        try stage.store.change(first.task, [.status(.done)])
        watches.refresh()
        #expect(!watches.isEmpty)
        stage.hub.pulse()
        watches.refresh()
        // The lines were said at once; the end waits for the service's pace.
        #expect(!watches.isEmpty)
        pace.pass()
        pace.pass()
        watches.refresh()
        #expect(watches.isEmpty)
        let said = channel.shown().joined(separator: "\n")
        #expect(said.contains("once more"))
        #expect(said.contains("Run \(second.id.rawValue) of task app/i1 is over"))
    }

    @Test func `a place has one pace, however many tasks are watched there`() throws {
        let runs = try (1...3).map { _ in try stage.begin() }
        for run in runs {
            try watch(run)
            try stage.say(["task \(run.task.id)"], in: run)
        }
        stage.hub.pulse()
        #expect(channel.shown().count == 1)
        pace.pass()
        #expect(channel.shown().count == 2)
        // What comes meanwhile is in the next message, and who stops keeps nobody waiting.
        for run in runs { try stage.say(["more of \(run.task.id)"], in: run) }
        stage.hub.pulse()
        let first = try #require(runs.first { channel.shown()[0].contains("task \($0.task.id)") })
        #expect(watches.unwatch(first.task, in: channel.place) == 1)
        for _ in 1...3 { pace.pass() }
        let said = channel.shown()
        #expect(said.count == 4)
        for run in runs {
            #expect(said.contains { $0.contains("task \(run.task.id)") })
            #expect(said.contains { $0.contains("more of \(run.task.id)") } == (run.id != first.id))
        }
    }

    @Test func `more tasks than may be watched at a time can be watched one after the other`() throws {
        for _ in 1...101 {
            let run = try stage.begin()
            try watch(run)
            try stage.end(run)
            try stage.store.change(run.task, [.closed(true)])
            stage.hub.pulse()
            pace.pass()
            watches.refresh()
        }
        #expect(watches.isEmpty)
    }

    @Test func `what a full hub does not show is not kept, and a run is shown when there is room`() throws {
        let first = try stage.begin()
        try watch(first)
        try stage.end(first)
        stage.hub.pulse()
        let crowded = try stage.begin()
        let crowd = try (1...StreamHub.viewerLimit).map { _ in try stage.watch(crowded) }
        #expect(throws: StreamError.tooManyViewers) { try watch(crowded) }
        let second = try stage.begin(of: first.task)
        watches.refresh()
        for viewer in crowd { stage.hub.leave(try #require(viewer.ticket)) }
        watches.refresh()
        try stage.say(["once more"], in: second)
        stage.hub.pulse()
        pace.pass()
        #expect(channel.shown().last?.contains("once more") == true)
        #expect(watches.unwatch(nil, in: channel.place) == 1)
    }
}
