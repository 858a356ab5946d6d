package import OrchCore

/// A tracker and forge that a dying process talks to.
package struct FusedTracker: Tracker, Forge, Threads {
    private let base: MemoryTracker
    private let fuse: Fuse
    /// What happens elsewhere while the tracker is asked what has changed.
    package var whileAsked: () throws -> Void = {}
    /// What happens elsewhere while an answer is written.
    package var whileAnswering: () throws -> Void = {}
    /// Whether the answer to a comment that was written is lost on its way.
    package var losesAnswer: () -> Bool = { false }

    package init(_ base: MemoryTracker, fuse: Fuse) {
        self.base = base
        self.fuse = fuse
    }

    package var backend: TaskKey.Backend { base.backend }

    private func call<Value>(_ work: () throws(TrackerError) -> Value) throws(TrackerError) -> Value {
        try fuse.guarding(dead: TrackerError.store(.fenced(run: 0)), work)
    }

    package func changes(since cursor: String?) throws(TrackerError) -> TrackerChanges {
        try call { () throws(TrackerError) in
            do { try whileAsked() } catch { throw .broken(detail: "\(error)") }
            return try base.changes(since: cursor)
        }
    }

    package func get(_ id: String) throws(TrackerError) -> TrackedTask? {
        try call { () throws(TrackerError) in try base.get(id) }
    }

    package func list(status: TaskStatus?) throws(TrackerError) -> [TrackedTask] {
        try call { () throws(TrackerError) in try base.list(status: status) }
    }

    package func create(_ draft: TaskDraft) throws(TrackerError) -> TrackedTask {
        try call { () throws(TrackerError) in try base.create(draft) }
    }

    package func changeLabels(
        adding: [String], removing: [String], of id: String
    ) throws(TrackerError) {
        try call { () throws(TrackerError) in
            try base.changeLabels(adding: adding, removing: removing, of: id)
        }
    }

    package func setLabels(_ labels: [String], of id: String) throws(TrackerError) {
        try call { () throws(TrackerError) in try base.setLabels(labels, of: id) }
    }

    package func removeLabel(_ label: String, from id: String) throws(TrackerError) {
        try call { () throws(TrackerError) in try base.removeLabel(label, from: id) }
    }

    package func comment(
        _ text: String, on id: String, key: String, mayExist: Bool
    ) throws(TrackerError) -> String {
        try call { () throws(TrackerError) in
            let id = try base.comment(text, on: id, key: key, mayExist: mayExist)
            if losesAnswer() { throw .offline(detail: "the connection was reset") }
            return id
        }
    }

    package func comments(on id: String, limit: Int) throws(TrackerError) -> [TrackedComment] {
        try call { () throws(TrackerError) in try base.comments(on: id, limit: limit) }
    }

    package func close(_ id: String) throws(TrackerError) {
        try call { () throws(TrackerError) in try base.close(id) }
    }

    package func reopen(_ id: String) throws(TrackerError) {
        try call { () throws(TrackerError) in try base.reopen(id) }
    }

    package func newComments(since cursor: String?) throws(TrackerError) -> NewComments {
        try call { () throws(TrackerError) in try base.newComments(since: cursor) }
    }

    package func thread(_ number: String) throws(TrackerError) -> CommentThread? {
        try call { () throws(TrackerError) in try base.thread(number) }
    }

    package func reply(
        _ text: String, in thread: String, key: String, since: Timestamp?
    ) throws(TrackerError) {
        try call { () throws(TrackerError) in
            do { try whileAnswering() } catch { throw .broken(detail: "\(error)") }
            try base.reply(text, in: thread, key: key, since: since)
        }
    }

    package func ownLogin() throws(TrackerError) -> String {
        try call { () throws(TrackerError) in try base.ownLogin() }
    }

    package func children(of id: String) throws(TrackerError) -> [String] {
        try call { () throws(TrackerError) in try base.children(of: id) }
    }

    package func mayWrite(_ login: String) throws(TrackerError) -> Bool {
        try call { () throws(TrackerError) in try base.mayWrite(login) }
    }

    package func checkHealth() throws(TrackerError) -> String {
        try call { () throws(TrackerError) in try base.checkHealth() }
    }

    package func openPullRequest(_ draft: PullRequestDraft) throws(TrackerError) -> PullRequest {
        try call { () throws(TrackerError) in try base.openPullRequest(draft) }
    }

    package func closedPullRequests(
        since moment: Timestamp, etag: String?
    ) throws(TrackerError) -> ClosedPullRequests? {
        try call { () throws(TrackerError) in try base.closedPullRequests(since: moment, etag: etag) }
    }

    package func pullRequest(of branch: String) throws(TrackerError) -> PullRequest? {
        try call { () throws(TrackerError) in try base.pullRequest(of: branch) }
    }
}
