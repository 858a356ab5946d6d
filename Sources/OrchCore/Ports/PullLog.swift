/// What the store knows of pull requests: how far each is dealt with, its reviews, and what came back to its
/// task.
package protocol PullLog: AnyObject {
    func pullRecords(of project: Project.ID) throws(StoreError) -> [PullRecord]
    /// Writes it down, or replaces what is known of it.
    func record(_ pull: PullRecord, in project: Project.ID) throws(StoreError)

    /// The newest task whose work is on this branch; nil where it is no task's.
    func task(onBranch branch: String, of project: Project.ID) throws(StoreError) -> AgentTask?

    func reviewRounds(of pull: Int, in project: Project.ID) throws(StoreError) -> [ReviewRound]
    /// The round that a run reviews for; nil where another run has taken it over.
    func reviewRound(of run: Run.ID) throws(StoreError) -> ReviewRound?
    /// Writes it down, or replaces what is known of the same commit.
    func save(_ round: ReviewRound) throws(StoreError)

    /// Takes feedback down for the next attempt and changes its task, in one transaction.
    ///
    /// What is known by its key is not taken down again; where all of it is, nothing changes.
    /// - Returns: whether there was something new.
    @discardableResult
    func add(_ feedback: [Feedback], changing changes: [TaskChange]) throws(StoreError) -> Bool
    /// All that a task has had, oldest first, without its words where they are old news.
    func feedback(of task: TaskKey) throws(StoreError) -> [(key: FeedbackKey, pull: Int)]
    /// What no run before this one has dealt with: a run that failed has dealt with nothing. Oldest first, at
    /// most `limit` of the newest.
    func pendingFeedback(for task: TaskKey, before run: Run.ID, limit: Int) throws(StoreError) -> [Feedback]
}
