/// What follows from a run that has ended.
package enum Collecting {
    /// Three times the same error, and a person has to look.
    package static let sameErrorLimit = 3

    /// 1. Note every limit that the ended runs have met, so that none of them fails over to an agent that
    ///    another has just found out of reach. 2. Draw the consequences of each.
    package static func decide(_ snapshot: Snapshot) -> [Decision] {
        let ended = snapshot.runs.filter { $0.state == .ended }
        var snapshot = snapshot
        for run in ended {
            guard let outcome = run.outcome, let breaker = breaker(for: outcome, now: snapshot.now),
                !hasFreeModels(run, in: snapshot)
            else { continue }
            snapshot.breakers[run.agent] = breaker
        }
        return ended.map { run in
            guard run.task.backend.hasTasks else {
                // What a review comes to its own host has seen to; its agent's limit holds for all.
                let breaker = run.outcome.flatMap { Self.breaker(for: $0, now: snapshot.now) }
                let note = run.outcome?.message ?? ""
                return .collect(run, Consequence(changes: [], breaker: breaker, note: note))
            }
            guard let task = snapshot.task(run.task), let outcome = run.outcome else {
                return .collect(run, Consequence(changes: [], note: "task is gone"))
            }
            if run.kind == .route {
                let consequence = Routing.consequence(of: outcome, run: run, task: task, in: snapshot)
                return .collect(run, task.status == .new ? consequence : consequence.leavingStatus)
            }
            let consequence = consequence(of: outcome, run: run, task: task, in: snapshot)
            return .collect(run, task.status == .inProgress ? consequence : consequence.leavingStatus)
        }
    }

    package static func consequence(
        of outcome: RunOutcome, run: Run, task: AgentTask, in snapshot: Snapshot
    ) -> Consequence {
        guard let failure = outcome.failure else { return success(outcome, task: task) }
        if let breaker = breaker(for: outcome, now: snapshot.now) {
            return FailingOver.consequence(run: run, task: task, breaker: breaker, in: snapshot)
        }
        switch failure {
        case .notStarted: return later(outcome, run: run, task: task, now: snapshot.now)
        case .lost, .contextOverflow: return again(outcome, task: task, now: snapshot.now)
        case .stopped:
            return Consequence(
                changes: [.status(.needsReview), .held(true), .lastError(outcome.message)],
                note: outcome.message)
        default: return forPerson(outcome, task: task)
        }
    }

    /// A limit without a stated end is looked at again after this.
    package static let usageLimitPause: Duration = .seconds(3600)
    /// A login is mended by a person, and seldom sooner.
    package static let loginPause: Duration = .seconds(1800)
    package static let installPause: Duration = .seconds(600)

    /// Why the agent is to be left alone, whatever the task; nil where the failure lies with the task.
    static func breaker(for outcome: RunOutcome, now: Timestamp) -> Breaker? {
        let until: Timestamp
        switch outcome.failure {
        // A moment that is past already, by a clock that differs, would let the
        // agent fail again at each tick.
        case .usageLimit(let resetsAt):
            let end = max(resetsAt ?? now + usageLimitPause, now + RetryDelay.base)
            until = min(end, now + Breaker.longestPause)
        case .authentication: until = now + loginPause
        case .programMissing: until = now + installPause
        default: return nil
        }
        return Breaker(until: until, reason: outcome.message)
    }

    /// Its limit is one model's: it goes on with the others.
    private static func hasFreeModels(_ run: Run, in snapshot: Snapshot) -> Bool {
        run.agent == .opencode && snapshot.projects[run.task.project]?.settings.freeModels.isEmpty == false
    }

    private static func success(_ outcome: RunOutcome, task: AgentTask) -> Consequence {
        var changes: [TaskChange] = [.summary(outcome.summary), .parkedUntil(nil)]
        if let pullRequest = outcome.pullRequest { changes.append(.pullRequest(pullRequest)) }
        switch outcome.status {
        case .inProgress:
            // The agent left off in the middle: the next attempt builds on what was pushed.
            changes += [.status(.routed), .lastError(nil), .sameErrorCount(0)]
        case .blocked where outcome.message.isEmpty:
            // It waits for its children.
            changes += [.status(.blocked), .lastError(nil), .sameErrorCount(0), .failoverChain([])]
        case .blocked, .needsReview:
            changes += [.status(outcome.status)] + errorChanges(outcome.message, task: task).changes
        default:
            changes += [.status(outcome.status), .lastError(nil), .sameErrorCount(0), .failoverChain([])]
        }
        return Consequence(changes: changes, note: outcome.message)
    }

    /// Another attempt by the same agent, later with each repetition, until it has failed alike too often.
    private static func again(_ outcome: RunOutcome, task: AgentTask, now: Timestamp) -> Consequence {
        let error = errorChanges(outcome.message, task: task)
        guard error.count < sameErrorLimit else {
            let reason = "the same error \(sameErrorLimit) times: \(outcome.message)"
            return Consequence(
                changes: [.status(.needsReview), .lastError(reason), .sameErrorCount(error.count)],
                note: reason)
        }
        let parked = error.count > 1 ? now + RetryDelay.beforeAttempt(after: error.count - 1) : nil
        return Consequence(
            changes: [.status(.routed), .parkedUntil(parked)] + error.changes, note: outcome.message)
    }

    /// Nothing was tried: the attempt is given back, and the task waits, longer each time.
    private static func later(
        _ outcome: RunOutcome, run: Run, task: AgentTask, now: Timestamp
    ) -> Consequence {
        let error = errorChanges(outcome.message, task: task)
        let until = now + RetryDelay.beforeAttempt(after: error.count)
        return Consequence(
            changes: [.status(.routed), .attempts(max(0, run.attempt - 1)), .parkedUntil(until)]
                + error.changes,
            note: outcome.message)
    }

    private static func forPerson(_ outcome: RunOutcome, task: AgentTask) -> Consequence {
        let changes = [.status(.needsReview)] + errorChanges(outcome.message, task: task).changes
        return Consequence(changes: changes, note: outcome.message)
    }

    private static func errorChanges(_ message: String, task: AgentTask) -> (
        changes: [TaskChange], count: Int
    ) {
        let count = task.lastError == message ? task.sameErrorCount + 1 : 1
        return ([.lastError(message), .sameErrorCount(count)], count)
    }
}
