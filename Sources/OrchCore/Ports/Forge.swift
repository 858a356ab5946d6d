/// Where branches become pull requests.
package protocol Forge {
    /// The open pull request of a branch, created if there is none; a second call finds the first one's.
    ///
    /// “Exists already” and “could not be created” are different outcomes: the first is a
    /// result, the second throws.
    func openPullRequest(_ draft: PullRequestDraft) throws(TrackerError) -> PullRequest

    /// The closed pull requests that have changed since then, newest change first.
    ///
    /// One call where there is little to tell.
    /// - Parameter etag: what the last such list came with, for as long as nothing older is of interest now.
    /// - Returns: nil where nothing has changed since that list.
    func closedPullRequests(since moment: Timestamp, etag: String?) throws(TrackerError)
        -> ClosedPullRequests?

    /// The open pull request of a branch of this repository; nil where there is none.
    func pullRequest(of branch: String) throws(TrackerError) -> PullRequest?
}

package struct PullRequestDraft: Equatable, Sendable {
    /// The branch with the work, as pushed.
    package var head: String
    package var base: String
    package var title: String
    package var body: String

    package init(head: String, base: String, title: String, body: String) {
        self.head = head
        self.base = base
        self.title = title
        self.body = body
    }
}

package struct PullRequest: Equatable, Sendable {
    package let number: Int
    package let url: String

    package init(number: Int, url: String) {
        self.number = number
        self.url = url
    }
}

/// A pull request as the forge lists it.
package struct TrackedPullRequest: Equatable, Sendable {
    package enum State: Equatable, Sendable {
        case open
        /// Closed without its commits.
        case closed
        case merged
    }

    package let number: Int
    /// The forge's own id, for queries that want one; empty where there is none.
    package var node = ""
    package var url = ""
    package var title = ""
    package var body = ""
    package var author = ""
    /// The forge says for nothing that the author has no part in the project, and so cannot write to it.
    package var isByStranger = false
    /// The branch with the work.
    package var head: String
    /// That branch's commit.
    package var commit = ""
    package var base = ""
    /// The branch is another repository's.
    package var isFromFork = false
    package var isDraft = false
    package var state: State
    package var updatedAt = Timestamp(seconds: 0)

    package init(number: Int, head: String, state: State) {
        self.number = number
        self.head = head
        self.state = state
    }
}

package struct ClosedPullRequests: Equatable, Sendable {
    package let pulls: [TrackedPullRequest]
    /// For the next call; nil where the forge gives none.
    package let etag: String?

    package init(pulls: [TrackedPullRequest], etag: String?) {
        self.pulls = pulls
        self.etag = etag
    }
}
