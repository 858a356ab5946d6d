package import OrchCore

extension MemoryTracker {
    package func get(_ id: String) throws(TrackerError) -> TrackedTask? {
        try begin(.get)
        return entries[id].map { picture($0) }
    }

    package func list(status: TaskStatus?) throws(TrackerError) -> [TrackedTask] {
        try begin(.list)
        return open().filter { status == nil || Labels.status(in: $0.labels) == status }
    }

    package func create(_ draft: TaskDraft) throws(TrackerError) -> TrackedTask {
        try begin(.create)
        try Self.check(draft.labels)
        guard !draft.title.isEmpty else { throw .rejected(detail: "a task needs a title") }
        let earlier = draft.key.isEmpty ? nil : entries.values.first { $0.key == draft.key }
        let id = earlier?.task.id ?? file(draft, author: account)
        return picture(try entry(id))
    }

    package func changeLabels(
        adding: [String], removing: [String], of id: String
    ) throws(TrackerError) {
        try begin(.changeLabels)
        try Self.check(adding)
        let before = try entry(id).task.labels
        let kept = before.filter { !removing.contains($0) }
        let after = kept + adding.filter { !kept.contains($0) }
        if after != before { edit(id) { $0.labels = after } }
    }

    package func setLabels(_ labels: [String], of id: String) throws(TrackerError) {
        try begin(.setLabels)
        try Self.check(labels)
        _ = try entry(id)
        edit(id) { $0.labels = labels }
    }

    package func removeLabel(_ label: String, from id: String) throws(TrackerError) {
        try begin(.removeLabel)
        guard try entry(id).task.labels.contains(label) else { return }
        edit(id) { task in task.labels.removeAll { $0 == label } }
    }

    package func close(_ id: String) throws(TrackerError) {
        try begin(.close)
        _ = try entry(id)
        edit(id) { $0.isClosed = true }
    }

    package func reopen(_ id: String) throws(TrackerError) {
        try begin(.reopen)
        _ = try entry(id)
        edit(id) { $0.isClosed = false }
    }

    package func children(of id: String) throws(TrackerError) -> [String] {
        try begin(.children)
        _ = try entry(id)
        return entries.values.filter { $0.parent == id }.map(\.task.id).sorted()
    }

    package func comment(
        _ text: String, on id: String, key: String, mayExist: Bool
    ) throws(TrackerError) -> String {
        try begin(.comment)
        let earlier = try entry(id).comments.last {
            !key.isEmpty && $0.key == key && $0.comment.author == account
        }
        if mayExist, let earlier { return earlier.comment.id }
        return say(text, by: account, on: id, key: key)
    }

    package func comments(on id: String, limit: Int) throws(TrackerError) -> [TrackedComment] {
        try begin(.comments)
        let trusted = try entry(id).comments.map(\.comment).filter { isWriter($0.author) }
        return Array(trusted.suffix(limit))
    }

    package func mayWrite(_ login: String) throws(TrackerError) -> Bool {
        try begin(.mayWrite)
        return isWriter(login)
    }

    package func checkHealth() throws(TrackerError) -> String {
        try begin(.checkHealth)
        return account
    }

    private func isWriter(_ login: String) -> Bool { login == account || writers.contains(login) }

    private func entry(_ id: String) throws(TrackerError) -> Entry {
        guard let entry = entries[id] else { throw .notFound(what: "task \(id)") }
        return entry
    }

    private static func check(_ labels: [String]) throws(TrackerError) {
        guard let invalid = labels.first(where: { !Labels.isValid($0) }) else { return }
        throw .rejected(detail: "“\(invalid)” is no label that orch may write")
    }
}
