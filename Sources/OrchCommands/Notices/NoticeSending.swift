import OrchAdapters
import OrchCore
import Platform
import Subprocess

/// Tells what waits for the sinks that are programs: a process of its own, since a tick waits for nobody.
///
/// A row says that a notice is about to be told before it is (`NoticeLog`), so that one that was begun and
/// of which nothing more was heard is tried again, later each time.
struct NoticeSending {
    /// What starts it; no part of the help.
    static let word = "tell-notices"

    let store: any Store
    let sinks: [String: NoticeSink]
    let environment: [String: String]
    let now: () -> Timestamp

    /// What one sink is told at most by one process.
    private static let noticeLimit = 200
    /// How often it looks for more.
    private static let passLimit = 10
    /// So long at most: a program may take half a minute for each.
    private static let leaseLength: Duration = .seconds(1800)

    init(store: any Store, sinks: [String: NoticeSink], environment: [String: String]) {
        self.store = store
        self.environment = environment
        now = Live.now
        self.sinks = sinks.filter { name, sink in
            switch sink.teller(named: name) {
            case .program?, .desktop?: true
            case .listener?, nil: false
            }
        }
    }

    // Starting

    /// Starts a process that tells what is due, where something is. What goes wrong with it must not touch
    /// what it is to tell of.
    static func begin(_ context: Context) {
        let sinks = context.loadedProjects().common.notify
        guard !sinks.isEmpty, let store = try? context.store() else { return }
        NoticeSending(store: store, sinks: sinks, environment: context.environment).begin(in: context.home)
    }

    func begin(in home: HomePaths) {
        guard (try? isAnythingDue()) == true, let executable = ExecutablePath.current() else { return }
        let command = Command(executable, Self.word).with {
            $0.environment = Command.Environment(environment)
        }
        _ = try? Child.detached(command, output: .file("\(home.home)/notices.log"))
    }

    func isAnythingDue() throws -> Bool {
        try sinks.contains { name, sink in try !due(sink, named: name).isEmpty }
    }

    private func due(_ sink: NoticeSink, named name: String) throws -> [[WaitingNotice]] {
        let waiting = try store.waitingNotices(for: name, limit: Self.noticeLimit)
        if waiting.isEmpty { return [] }
        return Telling.messages(of: waiting, by: sink, now: now(), minuteOfDay: minuteOfDay)
    }

    private var minuteOfDay: Int {
        // A zone that cannot be read makes quiet hours those of Greenwich.
        let zone = (try? ZoneRules.local(variable: environment["TZ"])) ?? .utc
        let time = zone.localTime(at: Int64(now().seconds))
        return time.hour * 60 + time.minute
    }

    // Telling

    static func run(environment: [String: String]) throws -> Int32 {
        let home = try HomePaths(environment: environment)
        let store = try SQLiteStore(path: home.database)
        let sinks = loadProjects(environment).common.notify
        let hosts = try LiveHosts(home: home, environment: environment)
        let sending = NoticeSending(store: store, sinks: sinks, environment: environment)
        // What came meanwhile started nobody who got the lease.
        for _ in 0..<passLimit {
            guard try sending.isAnythingDue(), try sending.tellAll(as: hosts) else { break }
        }
        return 0
    }

    /// - Returns: false where another process is at it.
    private func tellAll(as hosts: LiveHosts) throws -> Bool {
        let start = now()
        let isAlone = try store.takeLease(
            "notices", owner: hosts.current, now: start, until: start + Self.leaseLength,
            isGone: { !hosts.isAlive($0) })
        guard isAlone else { return false }
        defer {
            // One that cannot be given back ends with its owner, which is about to be gone.
            try? store.releaseLease("notices", owner: hosts.current)
        }
        for (name, sink) in sinks.sorted(by: { $0.key < $1.key }) {
            for message in try due(sink, named: name) {
                guard now() < start + Self.leaseLength else { return true }
                guard let problem = try tell(message, by: sink, named: name) else { continue }
                Console.err(LogLine.text("notices: \(name): \(problem)", environment: environment))
            }
        }
        return true
    }

    /// - Returns: what went wrong; nil where it was told.
    func tell(_ message: [WaitingNotice], by sink: NoticeSink, named name: String) throws -> String? {
        guard
            let command = NoticeProgram.command(
                for: sink, named: name, message: message, environment: environment)
        else { return nil }
        let ids = message.map(\.id)
        let tries = 1 + (message.map(\.tries).max() ?? 0)
        try store.beginTelling(ids, by: name, again: Telling.again(after: tries, now: now()))
        let problem = Self.problem(running: command)
        if let problem, tries < Telling.tryLimit { return problem }
        try store.endTelling(ids, by: name, failure: problem, now: now())
        return problem
    }

    private static func problem(running command: Command) -> String? {
        do throws(SubprocessError) {
            let output = try command.run()
            if output.succeeded { return nil }
            let words = output.errorText.firstLine
            return "\(command.program): \(output.exit.description)" + (words.isEmpty ? "" : ": \(words)")
        } catch {
            return error.problem
        }
    }
}
