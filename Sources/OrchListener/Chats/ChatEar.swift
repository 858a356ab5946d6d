import OrchCore
import Platform
import Reactor

/// Hears one channel for as long as the listener lives: a thread waits for messages, and the loop writes them
/// down before it asks for the next ones, so that the service forgets nothing that is not on the disk here.
final class ChatEar {
    private let channel: any Channel
    private let desk: ChatDesk
    private let store: any Store
    private let loop: EventLoop
    private let worker: Worker
    private let log: ListenerLog
    private var delay: Duration = ChatEar.shortestDelay
    private var asked = MonotonicTime.now()
    /// What was said of the last trouble; the same is not said again.
    private var trouble: String?

    private static let shortestDelay: Duration = .seconds(1)
    /// Less for tests.
    var longestDelay: Duration = .seconds(60)

    init(
        _ channel: any Channel, desk: ChatDesk, store: any Store, loop: EventLoop, log: ListenerLog
    ) throws {
        self.channel = channel
        self.desk = desk
        self.store = store
        self.loop = loop
        self.log = log
        worker = try Worker(on: loop, named: "\(channel.service) in", limit: 1)
    }

    /// Whether it hears: false while the service cannot be reached, and for good where the token is refused.
    private(set) var isHearing = false

    func listen() {
        asked = .now()
        let position = try? store.cursor(cursorName)
        let work = { @Sendable [channel] () -> Result<ChannelBatch, ChannelError> in
            Result { () throws(ChannelError) in try channel.receive(after: position) }
        }
        worker.submit(work) { [weak self] result in self?.heard(result) }
    }

    private var cursorName: String { "chat_position:\(channel.service)" }

    private func heard(_ result: Result<ChannelBatch, ChannelError>) {
        switch result {
        case .success(let batch):
            do throws(StoreError) {
                try desk.take(batch.messages)
                if let position = batch.position { try store.setCursor(cursorName, to: position) }
            } catch {
                // The service still has them.
                return again(after: ChannelError.offline(detail: error.problem), saying: error)
            }
            if trouble != nil { log.note("\(channel.service) is heard again") }
            (trouble, delay, isHearing) = (nil, Self.shortestDelay, true)
            // A service that gives nothing at once, rather than waiting for something, is not asked at once.
            let rest = batch.messages.isEmpty ? asked + Self.shortestDelay - .now() : .zero
            if rest > .zero { loop.after(rest) { [weak self] in self?.listen() } } else { listen() }
        case .failure(let error): again(after: error, saying: error)
        }
    }

    private func again(after error: ChannelError, saying problem: any Explained) {
        isHearing = false
        if trouble != problem.problem { log.error(problem) }
        trouble = problem.problem
        if case .unauthorized = error { return log.note("\(channel.service) is off until the next start") }
        // A refusal may be a proxy's or a moment's; only a token stays refused.
        var wait = error.isPassing ? delay : longestDelay
        if case .limited(let length, _) = error { wait = max(wait, length) }
        delay = min(delay * 2, longestDelay)
        loop.after(wait) { [weak self] in self?.listen() }
    }
}
