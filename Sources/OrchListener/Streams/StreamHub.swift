import OrchAdapters
package import OrchCore
import Platform

/// The live output of runs, for any number of viewers.
///
/// It belongs to the loop's thread, and does nothing by itself: `pulse` is for a timer, every `interval`
/// while `isIdle` is false.
package final class StreamHub {
    /// How late a viewer sees a line at most, beside the way to it.
    package static let interval: Duration = .milliseconds(100)
    /// How much of logs is read in a pulse for viewers who are behind: 20 ms of work.
    private static let catchUpBytes = 1 << 20
    /// More are no audience.
    package static let viewerLimit = 1000

    private let store: any Store
    private let redaction: (Run) -> Redaction
    private var streams: [Run.ID: RunStream] = [:]
    private var nextSeat = 0
    private var stamp: Int?
    /// Who is served first, so that nobody is always last.
    private var turn = 0

    /// Called when there is somebody to pulse for again.
    package var onWake: () -> Void = {}

    /// - Parameter redaction: what must not be seen of a run.
    package init(store: any Store, redaction: @escaping (Run) -> Redaction) {
        self.store = store
        self.redaction = redaction
    }

    package var isIdle: Bool { streams.isEmpty }
    package var viewerCount: Int { streams.values.reduce(0) { $0 + $1.seats.count } }
    package var runCount: Int { streams.count }

    /// Lets a viewer look on from the next pulse, or `resume`, on.
    ///
    /// - Throws: where there is no such run, too many look on, or the store or the log cannot be read.
    package func watch(
        _ id: Run.ID, from start: StreamStart, by viewer: any StreamViewer
    ) throws -> StreamTicket {
        guard viewerCount < Self.viewerLimit else { throw StreamError.tooManyViewers }
        let wasIdle = isIdle
        let stream = try streams[id] ?? opened(id)
        nextSeat += 1
        try stream.seat(viewer, number: nextSeat, from: start)
        streams[id] = stream
        if wasIdle { onWake() }
        return StreamTicket(run: id, seat: nextSeat)
    }

    private func opened(_ id: Run.ID) throws -> RunStream {
        guard let run = try store.run(id) else { throw StreamError.noSuchRun(id) }
        let stream = try RunStream(run, redaction: redaction(run))
        // The row may be older than the log by now.
        stamp = nil
        return stream
    }

    /// The viewer has gone; nothing more is shown to it.
    package func leave(_ ticket: StreamTicket) {
        guard let stream = streams[ticket.run] else { return }
        stream.leave(ticket.seat)
        if stream.seats.isEmpty { streams[ticket.run] = nil }
    }

    /// The viewer has room again.
    package func resume(_ ticket: StreamTicket) {
        var budget = RunStream.portionBytes
        serve(ticket, budget: &budget)
    }

    /// Reads what is new and shows it to everybody who can take it.
    package func pulse() {
        let rows = refreshed()
        for (id, stream) in streams {
            do throws(SystemError) {
                try stream.read(after: rows[id] ?? stream.run)
            } catch {
                end(stream, .lost(problem: error.problem))
            }
        }
        let tickets = streams.flatMap { id, stream in
            stream.seats.keys.map { StreamTicket(run: id, seat: $0) }
        }.sorted { $0.seat < $1.seat }
        guard !tickets.isEmpty else { return }
        turn = (turn + 1) % tickets.count
        var budget = Self.catchUpBytes
        for ticket in tickets[turn...] + tickets[..<turn] { serve(ticket, budget: &budget) }
    }

    /// The rows of the runs that are looked on at, where anything has changed since.
    private func refreshed() -> [Run.ID: Run] {
        // A store that is busy is asked again in a moment; what is shown comes from the logs.
        guard let now = try? store.changeStamp(), now != stamp else { return [:] }
        var rows: [Run.ID: Run] = [:]
        for (id, stream) in streams {
            do {
                if let run = try store.run(id) {
                    rows[id] = run
                } else {
                    end(stream, .lost(problem: "run \(id.rawValue) is not known any more"))
                }
            } catch {
                return rows
            }
        }
        stamp = now
        return rows
    }

    private func serve(_ ticket: StreamTicket, budget: inout Int) {
        // A viewer may leave while another is served.
        guard let stream = streams[ticket.run], let seat = stream.seats[ticket.seat] else { return }
        do throws(SystemError) {
            guard try stream.pump(seat, budget: &budget) else { return }
            leave(ticket)
            seat.viewer.end(.over(stream.run))
        } catch {
            leave(ticket)
            seat.viewer.end(.lost(problem: error.problem))
        }
    }

    private func end(_ stream: RunStream, _ ending: StreamEnding) {
        streams[stream.run.id] = nil
        for seat in stream.seats.values { seat.viewer.end(ending) }
    }
}

package enum StreamError: Error, Equatable, Explained {
    case noSuchRun(Run.ID)
    case tooManyViewers

    package var problem: String {
        switch self {
        case .noSuchRun(let id): "there is no run \(id.rawValue)"
        case .tooManyViewers: "\(StreamHub.viewerLimit) viewers look on already"
        }
    }

    package var fix: String {
        switch self {
        case .noSuchRun: "`orch task get ID` names the runs of a task"
        case .tooManyViewers: "close some pages, or stop watching in some chats"
        }
    }
}
