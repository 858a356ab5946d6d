import JSON
package import OrchCore

extension GitHubTracker {
    /// 1. Without a cursor: every open issue, and a cursor at the newest change among them.
    /// 2. Afterwards one conditional call for what changed since then, closed issues included. While nothing
    ///    changes the address and the ETag stay, GitHub answers 304, and that is free of quota.
    /// 3. A change moves the cursor to its time. That second is read again, for what else happened within it.
    package func changes(since cursor: String?) throws(TrackerError) -> TrackerChanges {
        guard let position = cursor.flatMap(GitHubCursor.init) else { return try everythingOpen() }
        var request = Self.updated(in: repository, since: position.since)
        if let etag = position.etag { request.headers.append("If-None-Match: \(etag)") }
        let response = try client.send(request, accepting: [304])
        if response.status == 304 { return TrackerChanges(cursor: cursor) }
        let items = try client.allItems(from: response)
        // Pull requests too move the cursor, or they would pile up behind it.
        let newest = items.compactMap(TrackedTask.updatedAt).max() ?? position.since
        let etag = newest == position.since ? response.etag : nil
        return TrackerChanges(
            tasks: try tasks(in: items).map(closingUnlabelled),
            cursor: GitHubCursor(since: newest, etag: etag).text)
    }

    /// Newest first: what changes while pages are read comes to the front, and pushes nothing off an unread
    /// page.
    static func updated(in repository: RepositorySlug, since: Timestamp) -> GitHubRequest {
        let path = GitHubPath(repository, "issues")
        return GitHubRequest(
            .get,
            path.query([
                ("state", "all"), ("sort", "updated"), ("direction", "desc"), ("since", since.iso8601),
                ("per_page", "100"),
            ]))
    }

    /// An issue without the sync label is no task; the list cannot be asked for the label, or its loss went
    /// unseen.
    private func closingUnlabelled(_ task: TrackedTask) -> TrackedTask {
        guard !connection.syncLabel.isEmpty, !hasSyncLabel(task) else { return task }
        var task = task
        task.isClosed = true
        return task
    }

    private func hasSyncLabel(_ task: TrackedTask) -> Bool {
        let wanted = connection.syncLabel.lowercased()
        return task.labels.contains { $0.lowercased() == wanted }
    }

    private var syncLabels: [String] { connection.syncLabel.isEmpty ? [] : [connection.syncLabel] }

    // The first list

    /// A second reading is enough where issues are closed by people; where they are closed all the time, a
    /// third would not be enough either.
    private static let readings = 2

    /// Every open issue.
    ///
    /// An issue that is closed while several pages are read lets the rest move up, one of them off the next
    /// page: an open task must not look gone for that. So such a list is read again, and at last not called
    /// complete. It has no cursor then: what has slipped through would never be looked at again.
    private func everythingOpen() throws(TrackerError) -> TrackerChanges {
        var changes = TrackerChanges(cursor: nil)
        for _ in 1...Self.readings {
            let first = try client.send(Self.open(in: repository, labels: syncLabels))
            let began = first.date ?? connection.now()
            let items = try client.allItems(from: first)
            let newest = items.compactMap(TrackedTask.updatedAt).max() ?? began
            changes.tasks = try tasks(in: items)
            let isOnePage = first.nextPage == nil
            changes.isComplete = isOnePage ? true : try !wasAnyClosed(since: began)
            guard !changes.isComplete else {
                changes.cursor = GitHubCursor(since: newest).text
                break
            }
        }
        return changes
    }

    /// Open issues with all of these labels, oldest first.
    static func open(in repository: RepositorySlug, labels: [String]) -> GitHubRequest {
        var query = [("state", "open"), ("sort", "created"), ("direction", "asc"), ("per_page", "100")]
        if !labels.isEmpty { query.append(("labels", labels.joined(separator: ","))) }
        return GitHubRequest(.get, GitHubPath(repository, "issues").query(query))
    }

    private func wasAnyClosed(since began: Timestamp) throws(TrackerError) -> Bool {
        let path = GitHubPath(repository, "issues")
        let address = path.query([("state", "closed"), ("since", began.iso8601), ("per_page", "1")])
        return try !client.send(GitHubRequest(.get, address)).list().isEmpty
    }
}
