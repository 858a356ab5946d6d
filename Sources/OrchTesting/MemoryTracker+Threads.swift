package import OrchCore

extension MemoryTracker: Threads {
    /// The cursor is the count of comments that were handled.
    package func newComments(since cursor: String?) throws(TrackerError) -> NewComments {
        try begin(.newComments)
        let seen = cursor.flatMap { Int($0) } ?? 0
        let all = entries.values.flatMap { entry in entry.comments.map { (entry.task, $0.comment) } }
        let new = all.filter { (Int($0.1.id) ?? 0) > seen }.sorted {
            (Int($0.1.id) ?? 0) < (Int($1.1.id) ?? 0)
        }
        let comments = new.map { task, comment in
            var said = ThreadComment(comment, thread: task.id)
            said.isByBot = comment.author.hasSuffix("[bot]")
            said.url = "\(task.url)#issuecomment-\(comment.id)"
            return said
        }
        return NewComments(comments, cursor: "\(max(seen, Int(new.last?.1.id ?? "0") ?? 0))")
    }

    package func thread(_ number: String) throws(TrackerError) -> CommentThread? {
        try begin(.thread)
        guard let task = entries[number]?.task else { return nil }
        var thread = CommentThread(
            number: number, title: task.title, body: task.body, author: task.author)
        thread.isClosed = task.isClosed
        return thread
    }

    package func reply(
        _ text: String, in thread: String, key: String, since: Timestamp?
    ) throws(TrackerError) {
        try begin(.reply)
        guard let entry = entries[thread] else { throw .notFound(what: "thread “\(thread)”") }
        if since != nil, entry.comments.contains(where: { $0.key == key }) { return }
        _ = say("\(text)\n\n<!-- orch:key:\(key) -->", by: account, on: thread, key: key)
    }

    package func ownLogin() throws(TrackerError) -> String {
        try begin(.ownLogin)
        return account
    }
}
