/// Where a task stands after an agent's answer: “done” is verified, and an agent's word
/// alone ends in `needs_review`, unless `workflow.verify_done` is off.
package enum Judging {
    /// What can be seen of the work, beside the agent's word.
    package struct Evidence: Equatable, Sendable {
        package var commitsAhead: Int
        package var isPushed: Bool
        /// nil: the project has no forge, so a pushed branch is the result.
        package var pullRequest: String?
        package var hasForge: Bool
        package var hasRemote: Bool
        /// How many children the run has made.
        package var children: Int
        /// It was asked for children.
        package var isPlanning: Bool
        /// The task is one that needs no commit: `no-code`, or a plan, whose work is its children's.
        package var needsNoCode: Bool
        /// `workflow.verify_done` is off: the agent's word counts, as in v0.
        package var isWordEnough = false

        package init(commitsAhead: Int, isPushed: Bool, hasForge: Bool, hasRemote: Bool) {
            self.commitsAhead = commitsAhead
            self.isPushed = isPushed
            self.hasForge = hasForge
            self.hasRemote = hasRemote
            children = 0
            isPlanning = false
            needsNoCode = false
        }
    }

    package static func outcome(of answer: AgentAnswer, evidence: Evidence) -> RunOutcome {
        func outcome(_ status: TaskStatus, _ message: String = "") -> RunOutcome {
            RunOutcome(
                status: status, message: message, summary: answer.summary, pullRequest: evidence.pullRequest)
        }
        if evidence.children > 0 {
            // Without a message: waiting for one's children is no trouble, and `Unblocking`
            // tells the two apart by it.
            return outcome(.blocked)
        }
        switch answer.status {
        case .blocked: return outcome(.blocked, reason(of: answer))
        case .needsReview: return outcome(.needsReview, reason(of: answer))
        case .inProgress: return outcome(.inProgress, answer.reason)
        case .done: return done(evidence, outcome: outcome)
        }
    }

    /// Never empty: what stops a task has to be said.
    private static func reason(of answer: AgentAnswer) -> String {
        if !answer.reason.isEmpty { return answer.reason }
        if !answer.blockers.isEmpty { return answer.blockers.joined(separator: "; ") }
        return "the agent says “\(answer.status.rawValue)” and gives no reason"
    }

    private static func done(
        _ evidence: Evidence, outcome: (TaskStatus, String) -> RunOutcome
    ) -> RunOutcome {
        if evidence.isWordEnough { return outcome(evidence.pullRequest == nil ? .done : .inReview, "") }
        guard evidence.commitsAhead > 0 else {
            if evidence.isPlanning { return outcome(.needsReview, "the plan has no parts") }
            if evidence.needsNoCode { return outcome(.done, "") }
            return outcome(.needsReview, "the agent says done, but there is no commit that the base lacks")
        }
        if evidence.hasRemote, !evidence.isPushed {
            return outcome(.needsReview, "the agent says done, but the branch is not on the remote")
        }
        guard evidence.hasForge else { return outcome(.done, "") }
        guard evidence.pullRequest != nil else {
            return outcome(.needsReview, "the agent says done, but there is no pull request")
        }
        return outcome(.inReview, "")
    }
}
