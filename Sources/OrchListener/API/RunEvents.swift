import JSON
import OrchAdapters
import OrchCore

/// A run's output on its way to one client: `line` for each event of its log, `end` for its end.
final class RunEvents: StreamViewer {
    private let stream: EventStream
    private let hub: StreamHub
    private var ticket: StreamTicket?
    /// Behind what was sent last: the end has an id too, so that a client that comes back hears of it again.
    private var place = 0

    /// - Throws: where there is no such run, or it cannot be read. Nothing has been answered then.
    static func open(
        _ run: Run.ID, from start: StreamStart, _ hub: StreamHub, _ makeStream: () -> EventStream
    ) throws {
        let door = Door()
        let ticket = try hub.watch(run, from: start, by: door)
        let events = RunEvents(makeStream(), hub)
        events.ticket = ticket
        if case .place(let place) = start { events.place = place }
        door.events = events
        guard events.stream.isOpen else { return hub.leave(ticket) }
        hub.resume(ticket)
    }

    /// Stands at the hub until there is a stream: whether a run can be watched is known only there, and must
    /// be known before the answer begins.
    private final class Door: StreamViewer {
        var events: RunEvents?
        var hasRoom: Bool { events?.hasRoom ?? false }
        func show(_ entries: [RunLogReader.Entry]) { events?.show(entries) }
        func end(_ ending: StreamEnding) { events?.end(ending) }
    }

    private init(_ stream: EventStream, _ hub: StreamHub) {
        self.stream = stream
        self.hub = hub
        stream.onRoom = { [weak self] in self?.goOn() }
        stream.onClose = { [weak self] in self?.leave() }
    }

    private func goOn() {
        if let ticket { hub.resume(ticket) }
    }

    private func leave() {
        if let ticket { hub.leave(ticket) }
    }

    var hasRoom: Bool { stream.hasRoom }

    func show(_ entries: [RunLogReader.Entry]) {
        var frames: [UInt8] = []
        for entry in entries {
            place = entry.end
            if let data = Self.data(of: entry.event) {
                frames += EventStream.frame("line", id: String(entry.end), data)
            }
        }
        if !frames.isEmpty { stream.write(frames) }
    }

    func end(_ ending: StreamEnding) {
        switch ending {
        case .over(let run):
            stream.write(EventStream.frame("end", id: String(place), .object(TaskImage.json(of: run))))
        case .lost(let problem):
            stream.write(EventStream.frame("end", id: String(place), .object(["problem": .string(problem)])))
        }
        stream.end()
    }

    /// What a client needs of an event; nil where there is nothing to show or to count.
    static func data(of event: ShownEvent) -> JSONValue? {
        guard !event.text.isEmpty || event.kind == "usage" else { return nil }
        var data = JSONObject(
            event.fields.filter { ["at", "kind", "tool"].contains($0.name) || isUsage($0.name) }
                .map { ($0.name, $0.value) })
        if !event.text.isEmpty { data["line"] = .string(event.text) }
        return .object(data)
    }

    private static func isUsage(_ name: String) -> Bool {
        ["input_tokens", "output_tokens", "cost_micro_dollars"].contains(name)
    }
}
