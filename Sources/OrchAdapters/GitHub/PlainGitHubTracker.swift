import JSON
package import OrchCore

/// The issues of one repository through a `gh` that speaks the plain dialect: what the full tracker asks of
/// GraphQL is asked of REST here, in more calls; all else is the same.
package struct PlainGitHubTracker: Tracker {
    private let full: GitHubTracker
    private var client: GitHubClient { full.client }
    private var repository: RepositorySlug { full.repository }

    package init(_ connection: GitHubConnection) { full = GitHubTracker(connection) }

    package var backend: TaskKey.Backend { .github }

    package func changes(since cursor: String?) throws(TrackerError) -> TrackerChanges {
        try full.changes(since: cursor)
    }
    package func list(status: TaskStatus?) throws(TrackerError) -> [TrackedTask] {
        try full.list(status: status)
    }
    package func removeLabel(_ label: String, from id: String) throws(TrackerError) {
        try full.removeLabel(label, from: id)
    }
    package func close(_ id: String) throws(TrackerError) { try full.close(id) }
    package func reopen(_ id: String) throws(TrackerError) { try full.reopen(id) }
    package func mayWrite(_ login: String) throws(TrackerError) -> Bool { try full.mayWrite(login) }

    package func get(_ id: String) throws(TrackerError) -> TrackedTask? {
        try issue(id).flatMap { issue throws(TrackerError) in try TrackedTask(issue: issue) }
    }

    private func issue(_ id: String) throws(TrackerError) -> JSONValue? {
        guard let number = GitHubTracker.number(id) else { return nil }
        let request = GitHubRequest(.get, GitHubPath(repository, "issues", number).description)
        let response = try client.send(request, accepting: [404, 410])
        return response.status == 200 ? try response.body() : nil
    }

    /// The account; a stand-in that has none acts for the owner.
    package func checkHealth() throws(TrackerError) -> String {
        let user = try client.send(GitHubRequest(.get, "user")).body()
        return user["login"].string ?? repository.owner
    }

    // Labels

    /// Adds, then removes, so that an issue never shows no status at all.
    package func changeLabels(
        adding: [String], removing: [String], of id: String
    ) throws(TrackerError) {
        try Labels.check(adding)
        let issue = try full.number(id)
        if !adding.isEmpty {
            try ensureLabels(adding)
            let body: JSONValue = ["labels": .array(adding.map { .string($0) })]
            let path = GitHubPath(repository, "issues", issue, "labels")
            _ = try client.send(GitHubRequest(.post, path.description, body: body))
        }
        for label in removing where !adding.contains(label) {
            let path = GitHubPath(repository, "issues", issue, "labels", label)
            let response = try client.send(GitHubRequest(.delete, path.description), accepting: [404])
            // The label, or the issue?
            if response.status == 404, try self.issue(id) == nil { throw .notFound(what: "issue \(id)") }
        }
    }

    package func setLabels(_ labels: [String], of id: String) throws(TrackerError) {
        try Labels.check(labels)
        let path = GitHubPath(repository, "issues", try full.number(id))
        try ensureLabels(labels)
        let body: JSONValue = ["labels": .array(labels.map { .string($0) })]
        _ = try client.send(GitHubRequest(.patch, path.description, body: body))
    }

    /// Makes those that nobody here has made yet, each in its colour.
    ///
    /// A label that cannot be made is one that is there, or one that comes into being, grey, with its use.
    private func ensureLabels(_ names: [String]) throws(TrackerError) {
        let memory = "\(repository)/labels made"
        let known = try full.connection.recall(memory)?.array?.compactMap(\.string) ?? []
        let new = names.filter { !known.contains($0) }
        guard !new.isEmpty else { return }
        for name in new {
            let colour = Labels.status(in: [name])?.colour ?? GitHubLabels.colourOfOthers
            let body: JSONValue = ["name": .string(name), "color": .string(colour)]
            let path = GitHubPath(repository, "labels")
            do throws(TrackerError) {
                _ = try client.send(GitHubRequest(.post, path.description, body: body))
            } catch  where error.concernsEverything {
                throw error
            } catch {}
        }
        try full.connection.remember(.array((known + new).map { .string($0) }), as: memory)
    }

    // Comments

    package func comment(
        _ text: String, on id: String, key: String, mayExist: Bool
    ) throws(TrackerError) -> String {
        let issue = try full.number(id)
        let marker = key.isEmpty ? nil : HiddenMarker(key: key)
        if mayExist, let marker {
            let earlier = try thread(of: issue).last { Self.has(marker, $0) }
            if let id = earlier?["id"].int { return "\(id)" }
        }
        let path = GitHubPath(repository, "issues", issue, "comments")
        let body: JSONValue = ["body": .string(marker?.appended(to: text) ?? HiddenMarker.fitted(text))]
        let made = try client.send(GitHubRequest(.post, path.description, body: body)).body()
        guard let number = made["id"].int else { throw .broken(detail: "a comment without an id") }
        return "\(number)"
    }

    package func comments(on id: String, limit: Int) throws(TrackerError) -> [TrackedComment] {
        var trusted: [TrackedComment] = []
        for item in try thread(of: full.number(id)).reversed() where trusted.count < limit {
            if try isTrusted(item), let comment = TrackedComment(item: item) { trusted.append(comment) }
        }
        return trusted.reversed()
    }

    private func thread(of issue: String) throws(TrackerError) -> [JSONValue] {
        let path = GitHubPath(repository, "issues", issue, "comments").query([("per_page", "100")])
        return try client.allItems(from: client.send(GitHubRequest(.get, path)))
    }

    private func isTrusted(_ item: JSONValue) throws(TrackerError) -> Bool {
        guard let login = item["user"]["login"].string else { return false }
        if full.isNamedTrusted(login) { return true }
        guard item["user"]["type"].string == "User",
            GitHubTracker.insiders.contains(item["author_association"].string ?? "")
        else { return false }
        return try mayWrite(login)
    }

    private static func has(_ marker: HiddenMarker, _ item: JSONValue) -> Bool {
        item["body"].string?.contains(marker.description) == true
    }

    // Families

    package func create(_ draft: TaskDraft) throws(TrackerError) -> TrackedTask {
        try Labels.check(draft.labels)
        guard !draft.title.isEmpty else { throw .rejected(detail: "a task needs a title") }
        let issue = if let earlier = try earlier(draft) { earlier } else { try post(draft) }
        guard let task = try TrackedTask(issue: issue) else {
            throw .broken(detail: "a pull request, not an issue")
        }
        if let parent = draft.parent { try link(issue, under: full.number(parent.id)) }
        return task
    }

    private func earlier(_ draft: TaskDraft) throws(TrackerError) -> JSONValue? {
        guard !draft.key.isEmpty else { return nil }
        let marker = HiddenMarker(key: draft.key)
        let path = GitHubPath(repository, "issues").query([
            ("state", "all"), ("sort", "created"), ("direction", "desc"), ("per_page", "100"),
        ])
        return try client.send(GitHubRequest(.get, path)).list().first { Self.has(marker, $0) }
    }

    private func post(_ draft: TaskDraft) throws(TrackerError) -> JSONValue {
        try ensureLabels(draft.labels)
        let marked =
            draft.key.isEmpty
            ? HiddenMarker.fitted(draft.body) : HiddenMarker(key: draft.key).appended(to: draft.body)
        let body: JSONValue = [
            "title": .string(GitHubTracker.fittedTitle(draft.title)), "body": .string(marked),
            "labels": .array(draft.labels.map { .string($0) }),
        ]
        let path = GitHubPath(repository, "issues").description
        return try client.send(GitHubRequest(.post, path, body: body)).body()
    }

    private func link(_ issue: JSONValue, under parent: String) throws(TrackerError) {
        guard let number = issue["number"].int, try !children(of: parent).contains("\(number)"),
            let node = try self.issue(parent)?["node_id"]
        else { return }
        _ = try client.query(
            """
            mutation($parentIssueId: ID!, $childIssueId: ID!) {
              addSubIssue(input: {issueId: $parentIssueId, subIssueId: $childIssueId}) { subIssue { number } }
            }
            """, ["parentIssueId": node, "childIssueId": issue["node_id"]])
    }

    package func children(of id: String) throws(TrackerError) -> [String] {
        guard let node = try issue(try full.number(id))?["node_id"] else { return [] }
        let data = try client.query(
            """
            query($parentId: ID!) {
              node(id: $parentId) { ... on Issue { subIssues(first: 100) { nodes { number } } } }
            }
            """, ["parentId": node])
        return (data["node"]["subIssues"]["nodes"].array ?? []).compactMap { $0["number"].int }.map {
            "\($0)"
        }
    }
}

extension TrackedComment {
    /// A comment as the REST API shows it; nil where it lacks what a comment must have.
    fileprivate init?(item: JSONValue) {
        guard let id = item["id"].int, let body = item["body"].string,
            let author = item["user"]["login"].string,
            let createdAt = item["created_at"].string.flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        self.init(id: "\(id)", author: author, body: body, createdAt: createdAt)
    }
}
