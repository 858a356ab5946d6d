package import OrchCore

/// Owns one review of a pull request, from its prompt to what follows from its decision, as a saga like
/// that of `RunHost`:
///
///     prompt → agent → answer → comment → status → notify
///
/// The agent sees the changes and nothing else: it works in an empty folder, with tools that only read. Its
/// decision is a row (`ReviewRound`) before anybody hears of it, and nothing that cannot be read as one is
/// one.
package final class ReviewHost: Reviewing {
    let ports: HostPorts
    let run: Run
    let project: Project

    /// - Throws: `EngineError` where the run is over or its project is gone.
    package init(_ run: Run, projects: [Project], ports: HostPorts) throws {
        project = try run.project(among: projects)
        self.run = run
        self.ports = ports
    }

    /// Runs the saga to its end.
    ///
    /// - Returns: nil where this host had to leave the run to another one: it is still
    ///   live, or somebody else's.
    package func runToEnd() throws -> RunOutcome? {
        guard let outcome = try hosted(outcome) else { return nil }
        audit("end", outcome.failure?.word ?? outcome.summary)
        return outcome
    }

    private func outcome() throws -> RunOutcome {
        do {
            return try saga()
        } catch let error as any Explained
            where error is AgentKeeperError || error is PromptError || error is TrackerError
            || error is StopRequested
        {
            return failed(.reported, "\(error.problem); \(error.fix)")
        }
    }

    private func saga() throws -> RunOutcome {
        guard let round = try store.reviewRound(of: run.id), let forge = ports.common.pulls(project) else {
            return failed(.stopped, "there is nothing to be reviewed any more")
        }
        let answer: ReviewAnswer
        if let decision = round.decision {
            answer = ReviewAnswer(decision: decision, notes: round.notes)
        } else {
            guard let adapter = ports.adapter(run.agent) else {
                return failed(
                    .programMissing(run.agent.rawValue), "there is no agent “\(run.agent)”")
            }
            guard let request = try preparePrompt(of: round, from: forge) else {
                return failed(.stopped, "the pull request was closed, or has moved on")
            }
            switch try read(try work(request, adapter: adapter)) {
            case .success(let given): answer = given
            case .failure(let failure): return failed(failure.kind, failure.message)
            }
        }
        try publish(answer, of: round, on: forge)
        return RunOutcome(status: .done, summary: answer.decision.rawValue)
    }

    func failed(_ failure: AgentFailure, _ message: String) -> RunOutcome {
        RunOutcome(failure: failure, status: .needsReview, message: ports.redaction.apply(to: message))
    }
}

/// Why there is no decision.
struct ReviewFailure: Error {
    let kind: AgentFailure
    let message: String
}
