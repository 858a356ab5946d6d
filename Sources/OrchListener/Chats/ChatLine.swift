import OrchCore
import Reactor

/// One chat service at work: an ear, a mouth, and a desk between them.
final class ChatLine {
    let desk: ChatDesk
    private let ear: ChatEar
    private let mouth: ChatMouth
    private let watches: ChatWatches
    private let loop: EventLoop
    private let redaction: () -> Redaction

    /// How late the output of a run that has just begun is shown at most.
    private static let refreshPeriod: Duration = .seconds(1)

    /// What all lines share.
    struct Surroundings {
        let store: any Store
        let projects: ProjectList
        let hub: StreamHub
        let verbs: VerbDesk
        let people: People
        let loop: EventLoop
        let log: ListenerLog
        let now: () -> Timestamp
    }

    init(_ channel: any Channel, in surroundings: Surroundings) throws {
        let (loop, store) = (surroundings.loop, surroundings.store)
        redaction = { [projects = surroundings.projects] in projects.redaction }
        self.loop = loop
        let mouth = try ChatMouth(channel, loop: loop, log: surroundings.log)
        let threads = ThreadBook(store: store) { [projects = surroundings.projects] in projects.all }
        let watches = ChatWatches(
            channel.service, store: store, hub: surroundings.hub,
            ports: ChatWatches.Ports(
                say: { [weak mouth] message, completion in mouth?.say(message, then: completion) },
                later: { [weak loop] delay, act in _ = loop?.after(delay, act) },
                bind: { [now = surroundings.now] in threads.bind($0, in: $1, to: $2, now: now()) },
                pace: channel.pace, room: channel.room))
        desk = ChatDesk(
            channel.service, people: surroundings.people, threads: threads, store: store,
            redaction: redaction, watches: watches,
            ports: Self.ports(mouth, surroundings))
        ear = try ChatEar(channel, desk: desk, store: store, loop: loop, log: surroundings.log)
        (self.mouth, self.watches) = (mouth, watches)
    }

    private static func ports(_ mouth: ChatMouth, _ surroundings: Surroundings) -> ChatPorts {
        ChatPorts(
            perform: { [verbs = surroundings.verbs] verb, origin, completion in
                if verbs.perform(verb, from: origin, then: completion) { return }
                completion(
                    .failed(problem: "too much is asked at a time", fix: "ask again in a moment", status: nil)
                )
            },
            say: { [weak mouth] message, completion in mouth?.say(message, then: completion) },
            openThread: { [weak mouth] title, message, place, completion in
                mouth?.openThread(title, at: message, in: place, then: completion)
            }, now: surroundings.now)
    }

    /// First what an earlier listener has left, then what comes.
    func start() {
        refresh()
        desk.takeUp()
        ear.listen()
    }

    /// Says something that nobody has asked for.
    func say(_ message: OutgoingMessage, then completion: @escaping (Said) -> Void) {
        var message = message
        message.text = message.text.clean(redaction())
        mouth.say(message, then: completion)
    }

    private func refresh() {
        watches.restore(
            where: { [people = desk.people] in people.role(of: $0) != nil },
            named: { [threads = desk.threads] in threads.reference(to: $0) })
        watches.refresh()
        loop.after(Self.refreshPeriod) { [weak self] in self?.refresh() }
    }
}
