import JSON
package import OrchCore
import Subprocess

/// Reviews and merges by the calls that v0 makes, where `gh` speaks the plain dialect.
extension PlainGitHubForge: PullRequests {
    package func open() throws(TrackerError) -> [TrackedPullRequest] {
        let client = GitHubClient(connection)
        let address = GitHubPath(connection.repository, "pulls").query([
            ("state", "open"), ("per_page", "100"),
        ])
        let first = try client.send(GitHubRequest(.get, address))
        // Nothing at all is what some stand-ins list.
        guard first.json?.array != nil else { return [] }
        return try client.allItems(from: first).compactMap(TrackedPullRequest.init(pull:))
    }

    package func pull(_ number: Int) throws(TrackerError) -> TrackedPullRequest? {
        try open().first { $0.number == number }
    }

    /// v0 asks of no checks.
    package func checks(of pulls: [TrackedPullRequest]) -> [Int: PullChecks] { [:] }

    package func logTail(of check: PullCheck, bytes: Int) -> String { "" }

    /// The conversation, which is all that v0 reads; whose words count is for the caller to say.
    package func remarks(on number: Int, threads: Bool) throws(TrackerError) -> [PullRemark] {
        let path = GitHubPath(connection.repository, "issues", "\(number)", "comments")
        let address = path.query([("per_page", "100")])
        let items = try GitHubClient(connection).send(GitHubRequest(.get, address)).json?.array ?? []
        return items.compactMap { item in
            guard let author = item["user"]["login"].string, let body = item["body"].string,
                let createdAt = item["created_at"].string.flatMap({ Timestamp(iso8601: $0) })
            else { return nil }
            let id = item["id"].int ?? createdAt.seconds
            return PullRemark(id: id, kind: .comment, author: author, body: body, createdAt: createdAt)
        }
    }

    package func diff(of number: Int, lines: Int) throws(TrackerError) -> PullDiff {
        let all = try run(["diff", "\(number)"]).split(separator: "\n", omittingEmptySubsequences: false)
        return PullDiff(text: all.prefix(lines).joined(separator: "\n"), isCut: all.count > lines)
    }

    /// A stand-in lists no reviews, so an earlier one cannot be found.
    package func post(
        _ review: PullReview, on number: Int, key: String, mayExist: Bool
    ) throws(TrackerError) {
        let text = HiddenMarker(key: key).appended(to: review.text)
        let verdict = review.decision.map { $0 == .approve ? "--approve" : "--request-changes" }
        if let verdict, (try? run(["review", "\(number)", verdict, "--body", text])) != nil { return }
        _ = try run(["comment", "\(number)", "--body", text])
    }

    package func merge(
        _ pull: TrackedPullRequest, by strategy: Settings.Review.MergeStrategy
    ) throws(TrackerError) -> MergeResult {
        do throws(TrackerError) {
            _ = try run([
                "merge", "\(pull.number)", "--\(strategy.rawValue)", "--delete-branch", "--match-head-commit",
                pull.commit,
            ])
            return .merged
        } catch {
            guard case .rejected(let detail) = error else { throw error }
            return .refused(detail: detail)
        }
    }

    package func close(_ number: Int) throws(TrackerError) { _ = try run(["close", "\(number)"]) }
}
