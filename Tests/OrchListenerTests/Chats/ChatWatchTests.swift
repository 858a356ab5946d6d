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
            say: { [channel] message, completion in completion(try? channel.send(message)) },
            later: { [pace] _, act in pace.wait(act) },
            bind: { threads.bind($0, in: $1, to: $2, now: Timestamp(seconds: 1_800_000_000)) },
            pace: .seconds(1))
        self.threads = threads
        watches = ChatWatches(store: stage.store, hub: stage.hub, ports: ports)
    }

    private func watch(_ run: Run) throws {
        let name = try #require(TaskReference(project: ProjectTag("app"), id: run.task.id))
        try watches.watch(run.task, named: name, in: channel.place)
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
}
