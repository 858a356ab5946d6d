/// An open pull request with everything that is known about it at the moment of a sync.
package struct WatchedPull: Equatable, Sendable {
    package var pull: TrackedPullRequest
    /// The task whose branch it comes from; nil: no task of orch's.
    package var task: AgentTask?
    /// Its task has a run under way, or one whose consequences are not drawn.
    package var isBusy = false
    /// When the newest attempt at its task began; nil: there was none.
    package var lastRunAt: Timestamp?
    /// Whether the author may drive orch; what others write reaches no agent.
    package var isAuthorTrusted = false
    package var record: PullRecord
    /// What people said that is not dealt with, oldest first.
    package var remarks: [PullRemark] = []
    /// nil: nothing was asked, or nothing is known.
    package var checks: PullChecks?
    /// The review of this very commit; nil: there was none.
    package var round: ReviewRound?
    /// v0 has reviewed this commit.
    package var isReviewedByV0 = false
    /// The round's run is under way.
    package var isInReview = false
    /// Keys of the feedback that its task has had.
    package var known: Set<FeedbackKey> = []
    /// How often its checks went back to the agent, and how often a review did.
    package var checkRounds = 0
    package var reviewRounds = 0

    package init(_ pull: TrackedPullRequest) {
        self.pull = pull
        record = PullRecord(number: pull.number, commit: pull.commit)
    }

    /// Whether something may be said to its agent now: its task is there, not worked on, and nobody keeps it
    /// from agents.
    package var mayHandBack: Bool {
        guard let task, !isBusy, !task.isClosed, !task.isHeld, task.isTrusted == true,
            !task.labels.contains(Labels.noAgent), !task.labels.contains(Labels.blocked)
        else { return false }
        switch task.status {
        case .inReview, .needsReview, .routed, .new: return true
        case .inProgress, .blocked, .done: return false
        }
    }
}

package struct FeedbackKey: Hashable, Sendable {
    package let source: Feedback.Source
    package let key: String

    package init(_ source: Feedback.Source, _ key: String) {
        self.source = source
        self.key = key
    }
}

/// The open pull requests of one project, taken once, with one `now`; what `checks` and `reviews` decide
/// from.
package struct PullPicture: Sendable {
    package let project: Project
    package let now: Timestamp
    package var pulls: [WatchedPull] = []
    /// Agents that are installed, enabled and not at a limit, in the order of preference.
    package var agents: [AgentName] = []
    /// How many reviews of this project are under way.
    package var liveReviews = 0
    /// Nothing is begun by itself.
    package var isPaused = false

    package init(project: Project, now: Timestamp) {
        self.project = project
        self.now = now
    }
}
