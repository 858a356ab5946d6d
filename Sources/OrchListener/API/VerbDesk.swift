import OrchCore
import Platform
package import Reactor

/// Where verbs are handed in: `orch` performs them on the threads of a worker.
///
/// What only looks is done once for all who ask while nothing changes: ten pages that look again because of
/// one change start one process, not ten.
package final class VerbDesk {
    /// Different questions while nothing changes; the answers to more are not kept.
    private static let answerLimit = 64
    /// Time changes some answers, and so do files that are edited.
    private static let freshness: Duration = .seconds(10)

    /// One process that looks, or has looked.
    private final class Look {
        var waiting: [(VerbOutcome) -> Void] = []
        var outcome: VerbOutcome?
    }

    private let performer: VerbPerformer
    private let worker: Worker
    private let changeStamp: () -> Int?
    /// By the command that it is; of the state that `stamp` tells of, and of no other.
    private var looks: [[String]: Look] = [:]
    private var stamp: Int?
    private var expiry = MonotonicTime.now()

    /// - Parameter changeStamp: another value whenever the store has changed; nil: that cannot be told, and
    ///   what is known may not be so any more.
    package init(_ performer: VerbPerformer, on worker: Worker, changeStamp: @escaping () -> Int?) {
        (self.performer, self.worker, self.changeStamp) = (performer, worker, changeStamp)
    }

    /// Does it, and tells what came of it on the loop's thread.
    ///
    /// - Returns: false where too much waits already; nothing is done then.
    package func perform(
        _ verb: Verb, from origin: VerbPerformer.Origin, then tell: @escaping (VerbOutcome) -> Void
    ) -> Bool {
        if verb.role == .viewer { return look(verb, from: origin, then: tell) }
        let performer = performer
        return worker.submit({ performer.perform(verb, from: origin) }) { [weak self] outcome in
            self?.looks = [:]
            tell(outcome)
        }
    }

    /// A look that began before a change may or may not have seen it: who asks afterwards gets another.
    private func look(
        _ verb: Verb, from origin: VerbPerformer.Origin, then tell: @escaping (VerbOutcome) -> Void
    ) -> Bool {
        let newStamp = changeStamp()
        if newStamp == nil || newStamp != stamp || expiry < .now() {
            looks = [:]
            expiry = .now() + Self.freshness
        }
        stamp = newStamp
        let question = verb.spelling.arguments
        if let look = looks[question] {
            if let outcome = look.outcome { tell(outcome) } else { look.waiting.append(tell) }
            return true
        }
        let look = Look()
        look.waiting = [tell]
        let performer = performer
        let isTaken = worker.submit({ performer.perform(verb, from: origin) }) { outcome in
            look.outcome = outcome
            let waiting = look.waiting
            look.waiting = []
            for tell in waiting { tell(outcome) }
        }
        if isTaken, looks.count < Self.answerLimit { looks[question] = look }
        return isTaken
    }
}
