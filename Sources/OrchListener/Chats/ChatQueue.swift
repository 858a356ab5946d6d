import Platform

/// What waits to be said, room by room: what one room has to wait for keeps no other waiting.
///
/// In a room answers to people go before live output, and what has been begun goes before both. Among rooms
/// the one that was served the longest ago is next. It has no clock: the time is handed in.
struct ChatQueue<Job> {
    /// More waits in a room only where nobody could read it all any more.
    static var roomLimit: Int { 100 }
    /// More waits altogether only where the service has been away for long.
    static var limit: Int { 500 }

    private struct Room {
        var begun: Job?
        var loud: [Job] = []
        var quiet: [Job] = []
        var notBefore: MonotonicTime?
        /// When it was served last, in turns.
        var turn = 0

        var count: Int { (begun == nil ? 0 : 1) + loud.count + quiet.count }
        var isLoud: Bool { begun != nil || !loud.isEmpty }

        mutating func next() -> Job? {
            if let begun = begun.take() { return begun }
            if !loud.isEmpty { return loud.removeFirst() }
            return quiet.isEmpty ? nil : quiet.removeFirst()
        }
    }

    private var rooms: [Place: Room] = [:]
    /// Nothing is said anywhere before it.
    private var notBefore: MonotonicTime?
    private var turn = 0

    /// - Returns: false where too much waits already; the job is not kept.
    mutating func add(_ job: Job, in place: Place, isQuiet: Bool) -> Bool {
        var room = rooms[place] ?? Room()
        guard room.count < Self.roomLimit, rooms.values.reduce(0, { $0 + $1.count }) < Self.limit else {
            return false
        }
        if isQuiet { room.quiet.append(job) } else { room.loud.append(job) }
        rooms[place] = room
        return true
    }

    /// Takes out what is to be said now.
    ///
    /// - Returns: nil where nothing waits, or everything has to: until `moment`.
    mutating func next(now: MonotonicTime) -> (place: Place, job: Job)? {
        if let notBefore, now < notBefore { return nil }
        rooms = rooms.filter { $0.value.count > 0 || ($0.value.notBefore ?? now) > now }
        let ready = rooms.filter { $0.value.count > 0 && ($0.value.notBefore ?? now) <= now }
        let first = ready.min { left, right in
            (left.value.isLoud ? 0 : 1, left.value.turn) < (right.value.isLoud ? 0 : 1, right.value.turn)
        }
        guard let place = first?.key, let job = rooms[place]?.next() else { return nil }
        turn += 1
        rooms[place]?.turn = turn
        return (place, job)
    }

    /// The job is not done yet: it is its room's next.
    mutating func putBack(_ job: Job, in place: Place) { rooms[place, default: Room()].begun = job }

    mutating func hold(_ place: Place, until moment: MonotonicTime) {
        rooms[place, default: Room()].notBefore = moment
    }

    mutating func holdAll(until moment: MonotonicTime) { notBefore = moment }

    /// When `next` has something; nil where nothing waits.
    var moment: MonotonicTime? {
        let start = MonotonicTime(nanoseconds: 0)
        let moments = rooms.values.filter { $0.count > 0 }.map { $0.notBefore ?? start }
        return moments.min().map { max($0, notBefore ?? start) }
    }
}
