import JSON
package import OrchCore

extension GitHubForge {
    /// More closed ones than this have not changed since a task went into review, in pages of a hundred.
    private static let pageLimit = 20

    package func closedPullRequests(
        since moment: Timestamp, etag: String?
    ) throws(TrackerError) -> ClosedPullRequests? {
        // The address is always the same, so an ETag of any earlier list holds.
        let address = pulls.query([
            ("state", "closed"), ("sort", "updated"), ("direction", "desc"), ("per_page", "100"),
        ])
        var request = GitHubRequest(.get, address)
        if let etag { request.headers.append("If-None-Match: \(etag)") }
        var response = try client.send(request, accepting: [304])
        if response.status == 304 { return nil }
        let firstETag = response.etag
        var found: [TrackedPullRequest] = []
        for _ in 1...Self.pageLimit {
            let page = try response.list().compactMap(TrackedPullRequest.init(pull:))
            found += page.filter { $0.updatedAt >= moment }
            guard let next = response.nextPage, page.allSatisfy({ $0.updatedAt >= moment }) else { break }
            response = try client.send(GitHubRequest(.get, next))
        }
        return ClosedPullRequests(pulls: found, etag: firstETag)
    }
}

extension TrackedPullRequest {
    /// A pull request as the REST API shows it: https://docs.github.com/rest/pulls/pulls
    /// - Returns: nil where it lacks what one must have.
    init?(pull: JSONValue) {
        guard let number = pull["number"].int, let head = pull["head"]["ref"].string else { return nil }
        let state = pull["state"].string ?? "open"
        let isMerged = pull["merged_at"].string != nil
        self.init(number: number, head: head, state: isMerged ? .merged : state == "open" ? .open : .closed)
        node = pull["node_id"].string ?? ""
        url = pull["html_url"].string ?? ""
        title = pull["title"].string ?? ""
        body = pull["body"].string ?? ""
        author = pull["user"]["login"].string ?? TrackedTask.ghost
        isByStranger = pull["author_association"].string.map { !GitHubTracker.insiders.contains($0) } ?? false
        commit = pull["head"]["sha"].string ?? ""
        base = pull["base"]["ref"].string ?? ""
        // A fork that was deleted is null.
        isFromFork = pull["head"]["repo"]["id"] != pull["base"]["repo"]["id"]
        isDraft = pull["draft"].bool == true
        updatedAt = pull["updated_at"].string.flatMap { Timestamp(iso8601: $0) } ?? Timestamp(seconds: 0)
    }
}
