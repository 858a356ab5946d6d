import OrchCore
import Reactor

/// Says things on one channel, one after the other, in parts that it takes, as fast as it takes them.
///
/// What the service does not take now is tried again, for a quarter of an hour; what it never will is left
/// out.
final class ChatMouth {
    private struct Job {
        var parts: [ChatText]
        let message: OutgoingMessage
        let completion: (Result<MessageID, ChannelError>) -> Void
        let begun: Timestamp
    }

    private let channel: any Channel
    private let loop: EventLoop
    private let worker: Worker
    private let log: ListenerLog
    private let now: () -> Timestamp
    private var jobs: [Job] = []
    private var isBusy = false
    private var delay: Duration = ChatMouth.shortestDelay
    private var trouble: String?

    private static let shortestDelay: Duration = .seconds(1)
    private static let longestDelay: Duration = .seconds(60)
    private static let patience: Duration = .seconds(900)
    /// More waits only where the service has been away for long.
    private static let jobLimit = 500

    init(_ channel: any Channel, loop: EventLoop, log: ListenerLog, now: @escaping () -> Timestamp) throws {
        self.channel = channel
        self.loop = loop
        self.log = log
        self.now = now
        worker = try Worker(on: loop, named: "\(channel.service) out", limit: 2)
    }

    /// - Parameter completion: gets the last message, or why not all of it was said.
    func say(
        _ message: OutgoingMessage, then completion: @escaping (Result<MessageID, ChannelError>) -> Void
    ) {
        let parts = message.text.parts(limit: channel.textLimit, length: channel.length)
        if parts.isEmpty { return completion(.failure(.refused(detail: "there is nothing to say"))) }
        guard jobs.count < Self.jobLimit else {
            return completion(.failure(.offline(detail: "\(jobs.count) messages wait to be said already")))
        }
        jobs.append(Job(parts: parts, message: message, completion: completion, begun: now()))
        sayNext()
    }

    /// - Parameter completion: gets the thread; nil where the service has none there.
    func openThread(
        _ title: String, at message: MessageID, in place: Place, then completion: @escaping (Place?) -> Void
    ) {
        let work = { @Sendable [channel] () -> Place? in
            // Without a thread of its own, replies to the message are the conversation.
            try? channel.openThread(title, at: message, in: place)
        }
        if !worker.submit(work, then: completion) { completion(nil) }
    }

    private func sayNext() {
        guard !isBusy, let job = jobs.first, let part = job.parts.first else { return }
        isBusy = true
        var message = job.message
        message.text = part
        let work = { @Sendable [channel, message] () -> Result<MessageID, ChannelError> in
            Result { () throws(ChannelError) in try channel.send(message) }
        }
        let isTaken = worker.submit(work) { [weak self] result in
            self?.isBusy = false
            self?.said(result)
        }
        // A thread is being opened on it: its turn comes.
        if !isTaken { later(Self.shortestDelay) }
    }

    private func said(_ result: Result<MessageID, ChannelError>) {
        switch result {
        case .success(let id):
            (delay, trouble) = (Self.shortestDelay, nil)
            jobs[0].parts.removeFirst()
            if jobs[0].parts.isEmpty { jobs.removeFirst().completion(.success(id)) }
            sayNext()
        case .failure(let error):
            if trouble != error.problem { log.error(error) }
            trouble = error.problem
            guard error.isPassing, now() < jobs[0].begun + Self.patience else {
                jobs.removeFirst().completion(.failure(error))
                return sayNext()
            }
            var wait = delay
            if case .limited(let length) = error { wait = max(Self.shortestDelay, length) }
            delay = min(delay * 2, Self.longestDelay)
            later(wait)
        }
    }

    private func later(_ wait: Duration) {
        isBusy = true
        loop.after(wait) { [weak self] in
            self?.isBusy = false
            self?.sayNext()
        }
    }
}
