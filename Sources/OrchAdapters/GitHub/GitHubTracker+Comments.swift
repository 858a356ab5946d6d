import JSON
package import OrchCore

extension GitHubTracker {
    package func comment(
        _ text: String, on id: String, key: String, mayExist: Bool
    ) throws(TrackerError) -> String {
        let issue = try number(id)
        if mayExist, !key.isEmpty, let earlier = try ownComment(on: issue, key: key) { return earlier }
        let marked = key.isEmpty ? HiddenMarker.fitted(text) : HiddenMarker(key: key).appended(to: text)
        let path = GitHubPath(repository, "issues", issue, "comments")
        let request = GitHubRequest(.post, path.description, body: ["body": .string(marked)])
        guard let made = try client.send(request).body()["id"].int else {
            throw .broken(detail: "a comment without an id")
        }
        return "\(made)"
    }

    /// The comment with that key which this account wrote; anyone could write the marker.
    private func ownComment(on issue: String, key: String) throws(TrackerError) -> String? {
        let marker = HiddenMarker(key: key).description
        var found: String?
        try eachPage(of: issue) { nodes throws(TrackerError) in
            let own = nodes.last { node in
                node["viewerDidAuthor"].bool == true && node["body"].string?.contains(marker) == true
            }
            found = own?["fullDatabaseId"].string
            return found == nil
        }
        return found
    }

    package func comments(on id: String, limit: Int) throws(TrackerError) -> [TrackedComment] {
        precondition((1...100).contains(limit), "1…100 comments")
        // Newest first while collecting, since that is where the pages begin.
        var trusted: [TrackedComment] = []
        try eachPage(of: number(id)) { nodes throws(TrackerError) in
            for node in nodes.reversed() where trusted.count < limit {
                if try isTrusted(node), let comment = TrackedComment(node: node) { trusted.append(comment) }
            }
            return trusted.count < limit
        }
        return trusted.reversed()
    }

    /// How far back a thread is read, in pages of a hundred comments.
    private static let pages = 5

    /// Gives the pages of a thread, the newest first, each oldest first, for as long as `visit` asks for
    /// more.
    private func eachPage(
        of issue: String, visit: ([JSONValue]) throws(TrackerError) -> Bool
    ) throws(TrackerError) {
        var variables = repositoryVariables
        variables["number"] = Int64(issue).map { .int($0) }
        for _ in 1...Self.pages {
            let data = try client.query(GitHubQueries.comments, variables)
            let page = data["repository"]["issue"]["comments"]
            guard let nodes = page["nodes"].array else { throw .broken(detail: "a thread without comments") }
            guard try visit(nodes), page["pageInfo"]["hasPreviousPage"].bool == true else { return }
            variables["before"] = page["pageInfo"]["startCursor"]
        }
    }

    /// Whether the author may drive orch.
    ///
    /// The association, which comes for nothing, sorts out strangers; it does not tell members who may write
    /// from those who may not, so the permission decides.
    private func isTrusted(_ node: JSONValue) throws(TrackerError) -> Bool {
        // An app's login may be that of a person: GraphQL drops the “[bot]” behind it.
        guard node["author"]["__typename"].string == "User", let login = node["author"]["login"].string else {
            return false
        }
        if isNamedTrusted(login) { return true }
        guard Self.insiders.contains(node["authorAssociation"].string ?? "") else { return false }
        return try mayWrite(login)
    }
}

extension TrackedComment {
    /// nil where the answer lacks what a comment must have.
    fileprivate init?(node: JSONValue) {
        guard let id = node["fullDatabaseId"].string, let body = node["body"].string,
            let author = node["author"]["login"].string,
            let createdAt = node["createdAt"].string.flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        self.init(id: id, author: author, body: body, createdAt: createdAt)
    }
}
