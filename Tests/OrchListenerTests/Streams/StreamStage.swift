import KitTesting
import OrchAdapters
import OrchCore
import OrchListener
import Platform
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A store with runs in it, seen through one connection by a hub and changed through another, and their logs.
final class StreamStage {
    static let secret = "correct-horse-battery"

    let folder: String
    let hub: StreamHub
    let store: SQLiteStore

    init() throws {
        var template = Array("\(Scratch.parent)/orch-streams.XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemError("mkdtemp") }
        folder = String(cString: made)
        store = try SQLiteStore(path: "\(folder)/orch.db")
        hub = StreamHub(store: try SQLiteStore(path: "\(folder)/orch.db")) { _ in
            Redaction(secrets: [Self.secret])
        }
    }

    deinit {
        // A test that leaves something behind has failed for another reason already.
        try? Directory.remove(folder)
    }

    /// - Parameter task: whose next run it is; nil: a new one's.
    func begin(of task: TaskKey? = nil) throws -> Run {
        let project = Project.ID(rawValue: "/srv/app")
        let now = Timestamp(seconds: 1_800_000_000)
        let key =
            try task
            ?? store.createInternalTask(
                TaskDraft(title: "Fix", body: "", labels: []), in: project, now: now)
        let draft = RunDraft(task: key, kind: .work, agent: .demo, root: folder, now: now)
        let run = try #require(try store.beginRun(draft, changing: []))
        try Directory.make(run.directory, mode: 0o700)
        return run
    }

    func say(_ lines: some Sequence<String>, in run: Run) throws {
        let path = RunLogReader.path(of: run)
        let file = try FileDescriptor(opening: path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
        let text = lines.map { #"{"at":"2026-01-02T03:04:05Z","kind":"text","text":"\#($0)"}"# + "\n" }
        try file.writeAll(Array(text.joined().utf8), subject: path)
    }

    func end(_ run: Run) throws {
        let outcome = RunOutcome(status: .done)
        #expect(try store.endRun(run.id, outcome: outcome, now: Timestamp(seconds: 1_800_000_060)))
    }

    func forget(_ run: Run) throws { try Directory.remove(run.directory) }

    func watch(_ run: Run, from start: StreamStart = .beginning) throws -> Spectator {
        let spectator = Spectator()
        spectator.ticket = try hub.watch(run.id, from: start, by: spectator)
        return spectator
    }
}

/// A viewer that keeps what it is shown.
final class Spectator: StreamViewer {
    var hasRoom = true
    var ticket: StreamTicket?
    /// How many portions it takes before it is full; nil: any number.
    var appetite: Int?
    private(set) var entries: [RunLogReader.Entry] = []
    private(set) var ending: StreamEnding?

    var lines: [String] { entries.map(\.event.text) }
    var isOver: Bool { if case .over = ending { true } else { false } }

    func show(_ entries: [RunLogReader.Entry]) {
        #expect(ending == nil, "nothing follows the end")
        #expect(!entries.isEmpty)
        #expect(entries.first?.end ?? 0 > self.entries.last?.end ?? 0, "no event twice")
        self.entries += entries
        appetite = appetite.map { $0 - 1 }
        if let appetite, appetite <= 0 { hasRoom = false }
    }

    func end(_ ending: StreamEnding) {
        #expect(self.ending == nil, "there is one end")
        self.ending = ending
    }
}
