import OrchCore

/// Who speaks next in each room: one message at a time, and the service's pace between two.
///
/// A room has one pace, however many tasks are watched there.
final class ChatPace {
    /// Called when it is one's turn, with what to call once: whether something was said.
    typealias Speech = (@escaping (Bool) -> Void) -> Void

    private let length: Duration
    private let later: (Duration, @escaping () -> Void) -> Void
    /// The first has its turn, or has just had it.
    private var queues: [Place: [Speech]] = [:]

    init(_ length: Duration, later: @escaping (Duration, @escaping () -> Void) -> Void) {
        self.length = length
        self.later = later
    }

    func wait(in room: Place, _ speech: @escaping Speech) {
        queues[room, default: []].append(speech)
        if queues[room]?.count == 1 { begin(in: room) }
    }

    private func begin(in room: Place) {
        guard let speech = queues[room]?.first else { return queues[room] = nil }
        speech { [weak self, later, length] hasSpoken in
            let end = { [weak self] in
                self?.queues[room]?.removeFirst()
                self?.begin(in: room)
            }
            // Who has nothing to say any more keeps nobody waiting.
            if hasSpoken { later(length) { end() } } else { end() }
        }
    }
}
