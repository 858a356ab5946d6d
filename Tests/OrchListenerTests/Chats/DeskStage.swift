import JSON
import OrchAdapters
import OrchCore
import OrchTesting

@testable import OrchListener

/// A desk with a store in memory and a channel in memory; `orch` answers what the test says.
final class DeskStage {
    let store: SQLiteStore
    let channel = MemoryChannel()
    private(set) var desk: ChatDesk
    /// What the desk's calls of the store go through; a desk that goes on after one has failed is one whose
    /// store was busy.
    let fuse = Fuse()
    var now = Timestamp(seconds: 1_800_000_000)
    let project = Project(id: Project.ID(rawValue: "/srv/app"), name: "app", settings: Settings())
    var projects: [Project]

    /// What was asked of `orch`.
    private(set) var performed: [(verb: Verb, origin: VerbPerformer.Origin)] = []
    /// Its answer; `{"id": …}` of what is asked by default.
    var outcome: (Verb) -> VerbOutcome = { verb in
        .done(.object(["id": .string(verb.task?.id ?? "i1"), "project": "app"]))
    }
    /// What the service opens for a new task; nil: it has no threads.
    var thread: Place?
    private(set) var titles: [String] = []
    /// Nothing is performed or said until the test lets it.
    var isHeld = false
    private var held: [() -> Void] = []
    private let people: People

    init(_ people: [Person: Role] = [Person(service: .telegram, id: "4711"): .owner]) throws {
        store = try SQLiteStore(path: SQLiteStore.inMemory)
        projects = [project]
        self.people = People(people)
        desk = ChatDesk(
            .telegram, people: self.people, threads: ThreadBook(store: store, projects: { [] }), store: store,
            redaction: { Redaction(secrets: []) }, watches: nil,
            ports: ChatPorts(
                perform: { _, _, _ in }, say: { _, _ in }, openThread: { _, _, _, _ in },
                now: {
                    Timestamp(seconds: 0)
                }))
        restart()
        let task = try store.createInternalTask(TaskDraft(title: "Fix"), in: project.id, now: now)
        precondition(task.id == "i1", "the first task is i1")
    }

    /// A new desk on the same store, as after a crash.
    func restart() {
        held = []
        let ports = ChatPorts(
            perform: { [unowned self] verb, origin, completion in
                performed.append((verb, origin))
                later { [unowned self] in completion(outcome(verb)) }
            },
            say: { [unowned self] message, completion in
                let said = channel.say(message)
                later { completion(said) }
            },
            openThread: { [unowned self] title, _, _, completion in
                titles.append(title)
                completion(thread)
            }, now: { [unowned self] in now })
        desk = ChatDesk(
            .telegram, people: people,
            threads: ThreadBook(store: store, projects: { [unowned self] in projects }),
            store: FusedStore(store, fuse: fuse), redaction: { Redaction(secrets: ["hunter2hunter2"]) },
            watches: nil, ports: ports)
    }

    private func later(_ act: @escaping () -> Void) {
        if isHeld { held.append(act) } else { act() }
    }

    /// Lets one thing that was held go on.
    func release() { if !held.isEmpty { held.removeFirst()() } }

    /// What the channel has is taken in.
    func hear() throws {
        let position = try store.cursor("position")
        let batch = try channel.receive(after: position)
        try desk.take(batch.messages)
        try store.setCursor("position", to: batch.position ?? "")
    }

    func write(_ text: String, by person: String = "4711", repliesTo: MessageID? = nil) throws {
        channel.write(text, by: Person(service: .telegram, id: person), in: channel.place) {
            $0.repliesTo = repliesTo
        }
        try hear()
    }

    var verbs: [Verb] { performed.map(\.verb) }
    var shown: [String] { channel.shown() }
}
