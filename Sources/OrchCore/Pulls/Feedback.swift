/// What came back on the pull request of a task and is for its agent: a check that fails, a review, a
/// person's words. The next attempt is told; each is taken down once.
package struct Feedback: Equatable, Sendable {
    package let task: TaskKey
    package let pull: Int
    package let source: Source
    /// Unique among the task's feedback from this source: a commit with its failing checks, a review's run, a
    /// remark's id.
    package let key: String
    /// A login, or the agent that has reviewed; empty where it is nobody's.
    package var author = ""
    package let text: String
    package let createdAt: Timestamp

    package init(
        task: TaskKey, pull: Int, source: Source, key: String, text: String, createdAt: Timestamp
    ) {
        self.task = task
        self.pull = pull
        self.source = source
        self.key = key
        self.text = text
        self.createdAt = createdAt
    }

    package enum Source: String, CaseIterable, Sendable {
        case checks
        case review
        case person
    }
}
