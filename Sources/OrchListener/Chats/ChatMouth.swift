import OrchCore
import Platform
import Reactor

/// Says things on one channel, in parts that it takes, as fast as it takes them in each room.
///
/// What the service does not take now is tried again, for a quarter of an hour; what it never will is left
/// out. One call is under way at a time, as a `Channel` wants it.
final class ChatMouth {
    private struct Job {
        var work: Work
        let begun: MonotonicTime
    }

    private enum Work {
        case say(parts: [OutgoingMessage], said: [MessageID], (Said) -> Void)
        case open(title: String, at: MessageID, in: Place, (Place?) -> Void)
    }

    /// What a call returns.
    private enum Answer {
        case message(MessageID)
        case thread(Place?)
    }

    private let channel: any Channel
    private let loop: EventLoop
    private let worker: Worker
    private let log: ListenerLog
    private var queue = ChatQueue<Job>()
    private var isBusy = false
    /// Wakes it when the next thing may be said.
    private var alarm: EventLoop.TimerID?
    private var delay: Duration = ChatMouth.shortestDelay
    private var trouble: String?

    private static let shortestDelay: Duration = .seconds(1)
    private static let longestDelay: Duration = .seconds(60)
    private static let patience: Duration = .seconds(900)

    init(_ channel: any Channel, loop: EventLoop, log: ListenerLog) throws {
        self.channel = channel
        self.loop = loop
        self.log = log
        worker = try Worker(on: loop, named: "\(channel.service) out", limit: 1)
    }

    func say(_ message: OutgoingMessage, then completion: @escaping (Said) -> Void) {
        let parts = message.text.parts(limit: channel.textLimit, length: channel.length).map { text in
            var part = message
            part.text = text
            return part
        }
        if parts.isEmpty { return completion(Said(failure: .refused(detail: "there is nothing to say"))) }
        let work = Work.say(parts: parts, said: [], completion)
        guard add(work, in: message.place, isQuiet: message.isQuiet) else {
            return completion(Said(failure: .offline(detail: "too many messages wait to be said already")))
        }
    }

    /// - Parameter completion: gets the thread; nil where the service has none there.
    func openThread(
        _ title: String, at message: MessageID, in place: Place, then completion: @escaping (Place?) -> Void
    ) {
        let work = Work.open(title: title, at: message, in: place, completion)
        if !add(work, in: place, isQuiet: false) { completion(nil) }
    }

    private func add(_ work: Work, in place: Place, isQuiet: Bool) -> Bool {
        let job = Job(work: work, begun: .now())
        guard queue.add(job, in: channel.room(of: place), isQuiet: isQuiet) else { return false }
        goOn()
        return true
    }

    private func goOn() {
        if isBusy { return }
        alarm.take().map(loop.cancel)
        guard let (room, job) = queue.next(now: .now()) else {
            guard let moment = queue.moment else { return }
            alarm = loop.after(max(.zero, moment - .now())) { [weak self] in self?.goOn() }
            return
        }
        isBusy = true
        // One call at a time is what there is room for.
        worker.submit(Self.call(job.work, channel)) { [weak self] result in
            self?.isBusy = false
            self?.take(result, of: job, in: room)
            self?.goOn()
        }
    }

    private static func call(
        _ work: Work, _ channel: any Channel
    ) -> @Sendable () -> Result<Answer, ChannelError> {
        switch work {
        case .say(let parts, _, _):
            let part = parts[0]
            return { Result { () throws(ChannelError) in .message(try channel.send(part)) } }
        case .open(let title, let message, let place, _):
            return {
                Result { () throws(ChannelError) in
                    .thread(try channel.openThread(title, at: message, in: place))
                }
            }
        }
    }

    private func take(_ result: Result<Answer, ChannelError>, of job: Job, in room: Place) {
        switch (result, job.work) {
        case (.success(.message(let id)), .say(let parts, let said, let completion)):
            (delay, trouble) = (Self.shortestDelay, nil)
            if parts.count == 1 { return completion(Said(said + [id])) }
            var rest = job
            rest.work = .say(parts: Array(parts.dropFirst()), said: said + [id], completion)
            queue.putBack(rest, in: room)
        case (.success(.thread(let thread)), .open(_, _, _, let completion)):
            (delay, trouble) = (Self.shortestDelay, nil)
            completion(thread)
        case (.success, _): preconditionFailure("a call answers what it was asked")
        case (.failure(let error), _): take(error, of: job, in: room)
        }
    }

    private func take(_ error: ChannelError, of job: Job, in room: Place) {
        if trouble != error.problem { log.error(error) }
        trouble = error.problem
        let now = MonotonicTime.now()
        let end = job.begun + Self.patience
        switch (error, job.work) {
        case (.limited(let wait, let isEverywhere), let work):
            let moment = now + max(Self.shortestDelay, wait)
            if isEverywhere { queue.holdAll(until: moment) } else { queue.hold(room, until: moment) }
            // A message is worth the wait, however long; for a thread a conversation is not kept waiting.
            let isLate = if case .open = work { moment >= end } else { now >= end }
            if isLate { giveUp(job, error) } else { queue.putBack(job, in: room) }
        case (_, .open):
            // Without a thread of its own, replies to the message are the conversation.
            giveUp(job, error)
        case (_, .say):
            guard error.isPassing, now < end else { return giveUp(job, error) }
            // No connection here is none anywhere.
            queue.holdAll(until: now + delay)
            delay = min(delay * 2, Self.longestDelay)
            queue.putBack(job, in: room)
        }
    }

    private func giveUp(_ job: Job, _ error: ChannelError) {
        switch job.work {
        case .say(_, let said, let completion): completion(Said(said, failure: error))
        case .open(_, _, _, let completion): completion(nil)
        }
    }
}
