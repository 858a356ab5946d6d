/// The open pull requests of a project: what they hold, what is said of them, and what becomes of them.
package protocol PullRequests {
    /// All that are open; one call on the wire where nothing has changed.
    func open() throws(TrackerError) -> [TrackedPullRequest]

    /// One pull request as it is now; nil where it is not open any more.
    func pull(_ number: Int) throws(TrackerError) -> TrackedPullRequest?

    /// What is checked of their commits, by number; one call for all of them.
    func checks(of pulls: [TrackedPullRequest]) throws(TrackerError) -> [Int: PullChecks]

    /// The end of a failed check's log, in at most `bytes`; empty where there is none.
    func logTail(of check: PullCheck, bytes: Int) throws(TrackerError) -> String

    /// What trusted people have said on it, oldest first, the newest hundreds; orch's own words are left out.
    ///
    /// - Parameter threads: also reviews and comments on lines, not only the conversation.
    func remarks(on number: Int, threads: Bool) throws(TrackerError) -> [PullRemark]

    /// The changes, at most `lines` of them.
    func diff(of number: Int, lines: Int) throws(TrackerError) -> PullDiff

    /// Posts a review, or finds the one posted earlier with the same key (a hidden marker in its text).
    ///
    /// Where the forge lets nobody judge a pull request of his own, it becomes a comment.
    /// - Parameter mayExist: an earlier attempt may have posted it, so look first.
    func post(_ review: PullReview, on number: Int, key: String, mayExist: Bool) throws(TrackerError)

    /// Merges exactly this commit, and deletes its branch.
    func merge(_ pull: TrackedPullRequest, by strategy: Settings.Review.MergeStrategy) throws(TrackerError)
        -> MergeResult

    /// Closes it unmerged; nothing happens where it is closed.
    func close(_ number: Int) throws(TrackerError)
}

package struct PullReview: Equatable, Sendable {
    /// nil: only words.
    package let decision: ReviewDecision?
    package let text: String
    /// What was looked at; empty where the words are about no commit.
    package let commit: String

    package init(decision: ReviewDecision?, text: String, commit: String = "") {
        self.decision = decision
        self.text = text
        self.commit = commit
    }
}

package enum MergeResult: Equatable, Sendable {
    case merged
    /// The forge says no: a conflict, a rule of the branch, a head that has moved on.
    case refused(detail: String)
}
