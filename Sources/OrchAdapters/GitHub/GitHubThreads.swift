import JSON
package import OrchCore

/// The conversations below a repository's issues and pull requests, through the real `gh`.
package struct GitHubThreads: Threads {
    private let client: GitHubClient

    package init(_ connection: GitHubConnection) { client = GitHubClient(connection) }

    private var connection: GitHubConnection { client.connection }
    private var repository: RepositorySlug { connection.repository }

    /// What was said shortly before the first look, as a person tries it out, counts.
    private static let firstLook: Duration = .seconds(600)

    /// As for issues: newest first, so that what is changed while pages are read pushes nothing off an unread
    /// page; and while nothing changes the address and the ETag stay, which is free of quota.
    package func newComments(since cursor: String?) throws(TrackerError) -> NewComments {
        let position =
            cursor.flatMap(GitHubCursor.init) ?? GitHubCursor(since: connection.now() - Self.firstLook)
        let address = GitHubPath(repository, "issues", "comments").query([
            ("sort", "updated"), ("direction", "desc"), ("since", position.since.iso8601),
            ("per_page", "100"),
        ])
        var request = GitHubRequest(.get, address)
        if let etag = position.etag { request.headers.append("If-None-Match: \(etag)") }
        let response = try client.send(request, accepting: [304])
        if response.status == 304 { return NewComments(cursor: position.text) }
        let items = try client.allItems(from: response)
        let newest = items.compactMap(Self.changedAt).max() ?? position.since
        let next = GitHubCursor(since: newest, etag: newest == position.since ? response.etag : nil)
        return NewComments(
            items.reversed().compactMap(ThreadComment.init(item:)), cursor: next.text)
    }

    private static func changedAt(_ item: JSONValue) -> Timestamp? {
        (item["updated_at"].string ?? item["created_at"].string).flatMap { Timestamp(iso8601: $0) }
    }

    package func thread(_ number: String) throws(TrackerError) -> CommentThread? {
        guard let number = GitHubTracker.number(number) else { return nil }
        let request = GitHubRequest(.get, GitHubPath(repository, "issues", number).description)
        let response = try client.send(request, accepting: [404, 410])
        guard response.status != 404, response.status != 410 else { return nil }
        let json = try response.body()
        var thread = CommentThread(
            number: number, title: json["title"].string ?? "", body: json["body"].string ?? "",
            author: json["user"]["login"].string ?? TrackedTask.ghost)
        thread.isClosed = json["state"].string == "closed"
        thread.isPullRequest = !json["pull_request"].isNull
        return thread
    }

    package func reply(
        _ text: String, in thread: String, key: String, since: Timestamp?
    ) throws(TrackerError) {
        guard let number = GitHubTracker.number(thread) else { throw .notFound(what: "thread “\(thread)”") }
        let path = GitHubPath(repository, "issues", number, "comments")
        let marker = HiddenMarker(key: key)
        if let since, try isAnswered(path, by: marker, since: since) { return }
        let body: JSONValue = ["body": .string(marker.appended(to: text))]
        _ = try client.send(GitHubRequest(.post, path.description, body: body))
    }

    /// Anyone could write the marker, so it counts in this account's comments only.
    private func isAnswered(
        _ path: GitHubPath, by marker: HiddenMarker, since: Timestamp
    ) throws(TrackerError) -> Bool {
        let address = path.query([("since", since.iso8601), ("per_page", "100")])
        let items = try client.allItems(from: try client.send(GitHubRequest(.get, address)))
        let candidates = items.filter { $0["body"].string?.contains(marker.description) == true }
        if candidates.isEmpty { return false }
        let own = try ownLogin().lowercased()
        return candidates.contains { $0["user"]["login"].string?.lowercased() == own }
    }

    /// A login hardly ever changes; a token may.
    private static let accountLifetime = Duration.seconds(3600)

    package func ownLogin() throws(TrackerError) -> String {
        if let known = try connection.recall("account"), let login = known["login"].string,
            let until = known["until"].int, connection.now() < Timestamp(seconds: until)
        {
            return login
        }
        let user = try client.send(GitHubRequest(.get, "user")).body()
        // A stand-in that has no account acts for the owner.
        let owner = connection.dialect == .plain ? repository.owner : nil
        guard let login = user["login"].string ?? owner else {
            throw .broken(detail: "no account in the answer")
        }
        let until = connection.now() + Self.accountLifetime
        try connection.remember(
            ["login": .string(login), "until": .int(Int64(until.seconds))], as: "account")
        return login
    }
}

extension ThreadComment {
    /// A comment as the REST API lists it: https://docs.github.com/rest/issues/comments
    /// - Returns: nil where it lacks what one must have.
    fileprivate init?(item: JSONValue) {
        guard let id = item["id"].int, let body = item["body"].string,
            let createdAt = item["created_at"].string.flatMap({ Timestamp(iso8601: $0) }),
            let thread = item["issue_url"].string?.split(separator: "/").last
        else { return nil }
        let author = item["user"]["login"].string ?? TrackedTask.ghost
        self.init(
            TrackedComment(id: "\(id)", author: author, body: body, createdAt: createdAt),
            thread: String(thread))
        url = item["html_url"].string ?? ""
        isOnPullRequest = url.contains("/pull/")
        isByBot = item["user"]["type"].string == "Bot" || author.hasSuffix("[bot]")
        isByStranger =
            item["author_association"].string.map { !GitHubTracker.insiders.contains($0) } ?? false
    }
}
