import OrchCore

/// What hosts of reviews do alike, however they came to be asked: they publish a decision, and keep what they
/// know of the pull request beside their run.
protocol Reviewing: AgentHost {
    var project: Project { get }
}

extension Reviewing {
    var number: Int { run.task.number }

    /// Posts the review, found again by the run's name, and closes what it rejects.
    func publish(_ answer: ReviewAnswer, of commit: String, on forge: any PullRequests) throws {
        let text = ReviewComment.text(of: answer, by: run.agent, model: run.model, publicText)
        let review = PullReview(decision: answer.decision, text: text, commit: commit)
        let key = try outsideName()
        _ = try perform(.comment) { mayExist in
            try patiently(mayExist: mayExist) { try forge.post(review, on: number, key: key, mayExist: $0) }
            return answer.decision.rawValue
        }
        guard answer.decision == .reject else { return }
        _ = try perform(.pullRequest) { _ in
            try patiently { try forge.close(number) }
            return "closed"
        }
    }

    /// Adds it to v0's own list; without it v0 would only review the commit once more.
    func note(_ decision: ReviewDecision, of commit: String, title: String) {
        do {
            try ports.common.reviewLedger(project)?.add(
                .review(pull: number, commit: commit, decision), title: title, now: now)
        } catch {
            tell(ErrorText.problem(of: error))
        }
    }

    /// What an earlier step has written down; nil where it has not.
    func fact(_ name: String) throws -> String? {
        try ports.files.read(path: "\(run.directory)/\(name)", limit: factLimitBytes)
    }
}

/// More than any title or branch has.
private let factLimitBytes = 4096
