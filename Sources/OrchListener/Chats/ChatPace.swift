import OrchCore

/// Who speaks next in each place: one message at a time, and the service's pace between two.
///
/// A place has one pace, however many tasks are watched there.
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

    func wait(in place: Place, _ speech: @escaping Speech) {
        queues[place, default: []].append(speech)
        if queues[place]?.count == 1 { begin(in: place) }
    }

    private func begin(in place: Place) {
        guard let speech = queues[place]?.first else { return queues[place] = nil }
        speech { [weak self, later, length] hasSpoken in
            let end = { [weak self] in
                self?.queues[place]?.removeFirst()
                self?.begin(in: place)
            }
            // Who has nothing to say any more keeps nobody waiting.
            if hasSpoken { later(length) { end() } } else { end() }
        }
    }
}
