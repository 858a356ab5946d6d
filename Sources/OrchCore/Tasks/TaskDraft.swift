/// A task to be created on a backend.
package struct TaskDraft: Equatable, Sendable {
    package var title: String
    package var body = ""
    package var labels: [String] = []
    package var parent: TaskKey?
    /// The find-or-create key: a draft whose key is found on the backend is not created
    /// again. Empty: always create.
    package var key = ""
    /// The moment of the first try with this key: what was made before is not searched for it.
    package var firstTry: Timestamp?

    package init(title: String, body: String = "", labels: [String] = []) {
        self.title = title
        self.body = body
        self.labels = labels
    }
}
