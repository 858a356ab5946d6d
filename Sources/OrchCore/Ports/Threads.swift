/// What people say below the issues and pull requests of a project, tasks or not.
package protocol Threads {
    /// What was said or changed in all threads since the last call whose result was handled, oldest first.
    ///
    /// One call on the wire when nothing was.
    /// - Parameter cursor: what an earlier call returned and the caller has stored; nil: begin a little
    ///   before now, since what was said before orch was there is not meant for it.
    func newComments(since cursor: String?) throws(TrackerError) -> NewComments

    /// The issue or pull request with this number; nil where there is none.
    func thread(_ number: String) throws(TrackerError) -> CommentThread?

    /// Answers in a thread, or finds the answer given earlier with the same key by this account.
    ///
    /// - Parameter since: when what is answered was said, where an earlier attempt may have answered; nil:
    ///   none has, so nobody need look.
    func reply(_ text: String, in thread: String, key: String, since: Timestamp?) throws(TrackerError)

    /// The login in whose name everything is written.
    func ownLogin() throws(TrackerError) -> String
}

package struct NewComments: Equatable, Sendable {
    package var comments: [ThreadComment]
    /// To be stored once all of them are dealt with, and given to the next call.
    package var cursor: String

    package init(_ comments: [ThreadComment] = [], cursor: String) {
        self.comments = comments
        self.cursor = cursor
    }
}

package struct ThreadComment: Equatable, Sendable {
    package let comment: TrackedComment
    /// The number of the issue or pull request.
    package let thread: String
    package var isOnPullRequest = false
    /// An app's account.
    package var isByBot = false
    /// The tracker says for nothing that the author has no part in the project, and so cannot write to it.
    package var isByStranger = false
    package var url = ""

    package init(_ comment: TrackedComment, thread: String) {
        self.comment = comment
        self.thread = thread
    }
}

package struct CommentThread: Equatable, Sendable {
    package let number: String
    package var title: String
    package var body: String
    package var author: String
    package var isClosed: Bool
    package var isPullRequest: Bool

    package init(number: String, title: String, body: String = "", author: String = "") {
        self.number = number
        self.title = title
        self.body = body
        self.author = author
        isClosed = false
        isPullRequest = false
    }
}
