import JSON
import OrchAdapters
import OrchCore
import Platform

/// One run that is looked on at: its log is read once, however many look on.
///
/// The newest entries are kept for all. A viewer has no queue, only its place in the log: one that is
/// further behind than what is kept reads the log itself, until it has caught up.
final class RunStream {
    /// What is kept for those who are a little behind.
    private static let recentLimitBytes = 256 << 10
    /// What is shown at a time, about.
    static let portionBytes = 64 << 10
    /// No run writes that much between two pulses.
    private static let readLimitBytes = 4 << 20

    private(set) var run: Run
    private let redaction: Redaction
    private var reader: RunLogReader
    private var recent: [RunLogReader.Entry] = []
    private var recentBytes = 0
    /// All entries behind this place are in `recent`, as far as they have been read.
    private var recentStart: Int
    /// The run was over before the log was read to its end.
    private var isComplete = false
    private(set) var seats: [Int: Seat] = [:]

    /// Where one viewer is.
    final class Seat {
        let viewer: any StreamViewer
        fileprivate var place: Int
        /// Of one who is catching up.
        fileprivate var reader: RunLogReader?

        init(_ viewer: any StreamViewer, place: Int) {
            self.viewer = viewer
            self.place = place
        }
    }

    init(_ run: Run, redaction: Redaction) throws(SystemError) {
        self.run = run
        self.redaction = redaction
        recentStart = try RunLogReader.start(ofLast: 0, of: run)
        reader = RunLogReader(run, from: recentStart, redaction: redaction)
    }

    func seat(_ viewer: any StreamViewer, number: Int, from start: StreamStart) throws(SystemError) {
        let place =
            switch start {
            case .beginning: 0
            case .last(let lines): try RunLogReader.start(ofLast: lines, of: run)
            // Of a log that is shorter, nobody can have seen more than its end.
            case .place(let place): max(0, min(place, try RunLogReader.start(ofLast: 0, of: run)))
            }
        seats[number] = Seat(viewer, place: place)
    }

    func leave(_ number: Int) { seats[number] = nil }

    // MARK: - Reading

    /// Takes in what the log has grown by.
    ///
    /// - Parameter row: the run as it stood before: its host writes the last line, and then ends it.
    func read(after row: Run) throws(SystemError) {
        run = row
        guard !isComplete else { return }
        let before = reader.offset
        for entry in try reader.next(limitBytes: Self.readLimitBytes) { keep(entry) }
        isComplete = !row.state.isLive && reader.offset - before < Self.readLimitBytes
    }

    private func keep(_ entry: RunLogReader.Entry) {
        recent.append(entry)
        recentBytes += entry.weight
        var dropped = 0
        while recentBytes > Self.recentLimitBytes, dropped < recent.count - 1 {
            recentBytes -= recent[dropped].weight
            recentStart = recent[dropped].end
            dropped += 1
        }
        recent.removeFirst(dropped)
    }

    // MARK: - Showing

    /// Shows a viewer what it can take.
    ///
    /// - Parameter budget: how much of the log may still be read for those who are behind, in bytes.
    /// - Returns: whether the viewer has seen everything that there will ever be.
    func pump(_ seat: Seat, budget: inout Int) throws(SystemError) -> Bool {
        while seat.viewer.hasRoom {
            if seat.place < recentStart {
                guard budget > 0 else { return false }
                budget -= Self.portionBytes
                try catchUp(seat)
            } else {
                let portion = portion(behind: seat.place)
                guard let last = portion.last else { return isComplete }
                seat.place = last.end
                seat.viewer.show(portion)
            }
        }
        return false
    }

    private func catchUp(_ seat: Seat) throws(SystemError) {
        var reader = seat.reader ?? RunLogReader(run, from: seat.place, redaction: redaction)
        let entries = try reader.next(limitBytes: Self.portionBytes)
        if let last = entries.last { seat.place = max(seat.place, last.end) }
        if reader.offset >= recentStart || entries.isEmpty && reader.offset == seat.reader?.offset {
            // Between here and there is nothing to be shown.
            seat.place = max(seat.place, recentStart)
            seat.reader = nil
        } else {
            seat.reader = reader
        }
        if !entries.isEmpty { seat.viewer.show(entries) }
    }

    private func portion(behind place: Int) -> [RunLogReader.Entry] {
        var low = 0
        var high = recent.count
        while low < high {
            let middle = (low + high) / 2
            if recent[middle].end > place { high = middle } else { low = middle + 1 }
        }
        var bytes = 0
        return Array(
            recent[low...].prefix { entry in
                defer { bytes += entry.weight }
                return bytes < Self.portionBytes
            })
    }
}

extension RunLogReader.Entry {
    /// About what it takes in memory: its text twice, and its fields.
    fileprivate var weight: Int { 512 + 2 * (event.fields["text"]?.string?.utf8.count ?? 0) }
}
