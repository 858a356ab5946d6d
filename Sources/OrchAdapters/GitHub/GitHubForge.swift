import JSON
package import OrchCore

/// Pull requests of one repository, through the real `gh`.
package struct GitHubForge: Forge {
    let client: GitHubClient

    package init(_ connection: GitHubConnection) { client = GitHubClient(connection) }

    var repository: RepositorySlug { client.connection.repository }
    var pulls: GitHubPath { GitHubPath(repository, "pulls") }

    /// One call, two where GitHub refuses: whether the refusal means “exists already” is told by the list,
    /// which is certain, and not by the words of the refusal.
    package func openPullRequest(_ draft: PullRequestDraft) throws(TrackerError) -> PullRequest {
        let body: JSONValue = [
            "title": .string(GitHubTracker.fittedTitle(draft.title)), "head": .string(draft.head),
            "base": .string(draft.base), "body": .string(HiddenMarker.fitted(draft.body)),
        ]
        let response = try client.send(
            GitHubRequest(.post, pulls.description, body: body), accepting: [422])
        if response.status != 422 { return try Self.pullRequest(response.body()) }
        if let open = try pullRequest(of: draft.head) { return open }
        throw .rejected(detail: response.message)
    }

    package func pullRequest(of branch: String) throws(TrackerError) -> PullRequest? {
        let address = pulls.query([
            ("head", "\(repository.owner):\(branch)"), ("state", "open"), ("per_page", "100"),
        ])
        let open = try client.send(GitHubRequest(.get, address)).list()
        // A head that GitHub cannot read is no filter to it: then all open ones come back.
        let same = open.first { pull in
            pull["head"]["ref"].string == branch && pull["head"]["repo"]["id"] == pull["base"]["repo"]["id"]
        }
        return try same.map { pull throws(TrackerError) in try Self.pullRequest(pull) }
    }

    private static func pullRequest(_ pull: JSONValue) throws(TrackerError) -> PullRequest {
        guard let number = pull["number"].int, let url = pull["html_url"].string else {
            throw .broken(detail: "a pull request without number and address")
        }
        return PullRequest(number: number, url: url)
    }
}
