/// What orch has made of people's comments: each is dealt with once, however often it is read.
package protocol HeardLog: AnyObject {
    /// What is known of these comments, by their ids; those that nobody has dealt with are not in it.
    func heard(_ comments: [String], in project: Project.ID) throws(StoreError) -> [String: HeardComment]
    /// Writes a comment down before anything is done about it; one that is known stays as it is.
    func hear(_ comment: HeardComment, in project: Project.ID) throws(StoreError)
    /// Says how far a comment has come.
    func settle(_ comment: HeardComment, in project: Project.ID) throws(StoreError)
    /// The mentions whose task's results are still shown where they were said, oldest first.
    func openMentions(of project: Project.ID) throws(StoreError) -> [HeardComment]
    /// How many comments were acted on since then; by thread.
    func countHeard(in project: Project.ID, since: Timestamp) throws(StoreError) -> [String: Int]
}

/// A comment that orch has acted on, or has decided not to.
package struct HeardComment: Equatable, Sendable {
    package enum Act: String, CaseIterable, Sendable {
        case mention
        case command
        /// Plain words on a task.
        case feedback
    }

    package enum State: String, CaseIterable, Sendable {
        /// Written down, and not done yet.
        case begun
        /// Done, and nothing said about it yet.
        case done
        /// Done and acknowledged; of a mention: results are still to be shown.
        case acknowledged
        /// Nothing is left to do.
        case settled
        /// Not acted on: a stranger, a loop, a closed thread.
        case refused
    }

    /// The tracker's id of the comment.
    package let id: String
    package let thread: String
    package let author: String
    package let act: Act
    package let saidAt: Timestamp
    package var state = State.begun
    /// What a mention has become.
    package var task: TaskKey?
    /// What is to be answered, or why nothing was done; of a mention: the run whose result was shown last.
    package var note = ""

    package init(
        id: String, thread: String, author: String, act: Act, saidAt: Timestamp
    ) {
        self.id = id
        self.thread = thread
        self.author = author
        self.act = act
        self.saidAt = saidAt
    }
}
