import OrchAdapters
import OrchCore

/// One place that looks on at a task: gathers lines, and says them as often as the service takes messages.
///
/// What is more than fits is left out, and said to be: a chat is behind by a message at most, and nobody
/// waits for it.
final class ChatWatch: StreamViewer {
    let task: TaskKey
    let place: Place
    let person: String
    /// nil while no run goes on.
    var ticket: StreamTicket?
    /// How far it has been heard; what of that was said is the row's.
    private(set) var heard: TaskWatch.Seen?

    private let name: TaskReference
    private let ports: ChatWatches.Ports
    private let pace: ChatPace
    private var lines: [String] = []
    private var bytes = 0
    private var leftOut = 0
    private var endings: [String] = []
    /// It waits for its turn, or has it.
    private var isSaying = false
    private var isStopped = false

    /// About two messages: what has not been said by then is old.
    private static let limitBytes = 8 << 10
    /// A line of more is a file.
    private static let lineLimitBytes = 1 << 10

    /// - Parameter row: where an earlier watch of it has come to.
    init(_ row: TaskWatch, name: TaskReference, in place: Place, ports: ChatWatches.Ports, pace: ChatPace) {
        task = row.task
        person = row.person
        heard = row.seen
        self.name = name
        self.place = place
        self.ports = ports
        self.pace = pace
    }

    /// What is to be remembered once everything that was heard so far has been said.
    var row: TaskWatch {
        TaskWatch(
            task: task, service: place.service.rawValue, place: place.name, person: person, seen: heard)
    }

    /// A run is looked on at from there.
    func begin(_ ticket: StreamTicket, at offset: Int) {
        self.ticket = ticket
        heard = TaskWatch.Seen(run: ticket.run, offset: offset)
    }

    /// There is nothing more to be seen of the run.
    func skip(_ run: Run.ID) { heard = TaskWatch.Seen(run: run, offset: heard?.offset ?? 0, isOver: true) }

    func stop() { isStopped = true }

    var hasSaidAll: Bool { !isSaying && lines.isEmpty && endings.isEmpty }

    // MARK: - What comes

    var hasRoom: Bool { true }

    func show(_ entries: [RunLogReader.Entry]) {
        for entry in entries {
            heard?.offset = entry.end
            for line in entry.event.text.split(whereSeparator: \.isNewline) {
                keep(String(line).clipped(toBytes: Self.lineLimitBytes))
            }
        }
        saySoon()
    }

    func end(_ ending: StreamEnding) {
        ticket = nil
        heard?.isOver = true
        switch ending {
        case .over(let run):
            let outcome = run.outcome
            let message = outcome.map { $0.message.isEmpty ? "" : ": \($0.message.firstLine)" } ?? ""
            let status = outcome?.status.rawValue ?? "?"
            endings.append("🏁 Run \(run.id.rawValue) of task \(name) is over, `\(status)`\(message)")
        case .lost(let problem): endings.append("❌ Task \(name) cannot be watched any more: \(problem)")
        }
        saySoon()
    }

    private func keep(_ line: String) {
        lines.append(line)
        bytes += line.utf8.count + 1
        var dropped = 0
        while bytes > Self.limitBytes, dropped < lines.count - 1 {
            bytes -= lines[dropped].utf8.count + 1
            dropped += 1
        }
        leftOut += dropped
        lines.removeFirst(dropped)
    }

    // MARK: - What is said

    /// The first lines at once, the next when the service's pace allows it.
    private func saySoon() {
        guard !isSaying, !isStopped, !(lines.isEmpty && endings.isEmpty) else { return }
        isSaying = true
        pace.wait(in: ports.room(place)) { [weak self] done in
            if let self, !isStopped { say(then: done) } else { done(false) }
        }
    }

    private func say(then done: @escaping (Bool) -> Void) {
        var message = OutgoingMessage(text(), in: place)
        message.isQuiet = endings.isEmpty
        (lines, bytes, leftOut, endings) = ([], 0, 0, [])
        ports.say(message) { [weak self, ports, place, task, row] said in
            ports.bind(said.messages, place, task)
            done(true)
            guard let self else { return }
            // What the service will not take is not said again after a restart either.
            if !isStopped { ports.remember(row) }
            isSaying = false
            saySoon()
        }
    }

    private func text() -> ChatText {
        var text = ChatText()
        if leftOut > 0 { text.append(.plain("… \(leftOut) lines left out …\n")) }
        if !lines.isEmpty {
            text.append(.plain("\(name)\n"))
            text.append(.block(lines.joined(separator: "\n")))
        }
        for ending in endings {
            if !text.isEmpty { text.append(.plain("\n")) }
            text.append(ChatText(sentence: ending))
        }
        return text
    }
}
