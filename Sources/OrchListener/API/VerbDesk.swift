import OrchCore
import Platform
package import Reactor

/// Where verbs are handed in: `orch` performs them on the threads of a worker.
///
/// What only looks is done once for all who ask at the same time, and its answer serves for a moment.
package final class VerbDesk {
    /// Ten pages that look again because of one change start one process, not ten.
    private static let freshness: Duration = .seconds(1)
    /// Different questions within that moment; more are not remembered.
    private static let answerLimit = 64

    private enum Look {
        case underWay([(VerbOutcome) -> Void])
        case known(VerbOutcome, until: MonotonicTime)
    }

    private let performer: VerbPerformer
    private let worker: Worker
    /// By the command that it is.
    private var looks: [[String]: Look] = [:]

    package init(_ performer: VerbPerformer, on worker: Worker) {
        (self.performer, self.worker) = (performer, worker)
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
            // What was known may not be so any more.
            self?.forget()
            tell(outcome)
        }
    }

    private func look(
        _ verb: Verb, from origin: VerbPerformer.Origin, then tell: @escaping (VerbOutcome) -> Void
    ) -> Bool {
        let question = verb.spelling.arguments
        switch looks[question] {
        case .known(let outcome, let until)? where MonotonicTime.now() < until:
            tell(outcome)
            return true
        case .underWay(let others)?:
            looks[question] = .underWay(others + [tell])
            return true
        case .known?, nil: break
        }
        let performer = performer
        guard
            worker.submit(
                { performer.perform(verb, from: origin) },
                then: { [weak self] outcome in
                    self?.answer(question, outcome)
                })
        else { return false }
        looks[question] = .underWay([tell])
        return true
    }

    private func answer(_ question: [String], _ outcome: VerbOutcome) {
        guard case .underWay(let waiting)? = looks[question] else { return }
        forget()
        looks[question] =
            looks.count < Self.answerLimit ? .known(outcome, until: .now() + Self.freshness) : nil
        for tell in waiting { tell(outcome) }
    }

    /// Drops what is known; what is under way goes on.
    private func forget() {
        looks = looks.filter {
            if case .underWay = $0.value { true } else { false }
        }
    }
}
