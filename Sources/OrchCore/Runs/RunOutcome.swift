/// How a run ended: what `collect` draws the consequences from.
package struct RunOutcome: Equatable, Sendable {
    /// nil: the agent answered, and everything that follows from the answer was published.
    package var failure: AgentFailure?
    /// Where the task stands by this run: verified, not the agent's word alone.
    package var status: TaskStatus
    /// One sentence for people: the reason, the error; empty after plain success.
    package var message: String
    package var summary: String
    /// The pull request's address; nil where there is none.
    package var pullRequest: String?

    /// A plan whose parts are under way: no trouble, so there is no message.
    package var waitsForChildren: Bool { failure == nil && status == .blocked && message.isEmpty }

    package init(
        failure: AgentFailure? = nil, status: TaskStatus, message: String = "", summary: String = "",
        pullRequest: String? = nil
    ) {
        self.failure = failure
        self.status = status
        self.message = message
        self.summary = summary
        self.pullRequest = pullRequest
    }
}
