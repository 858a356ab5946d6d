import JSON
package import OrchCore

extension GitHubForge {
    /// A thousand remarks of each kind.
    private static let remarkPageLimit = 10

    package func remarks(on number: Int, threads: Bool) throws(TrackerError) -> [PullRemark] {
        var remarks = try items(GitHubPath(repository, "issues", "\(number)", "comments"))
            .compactMap(Self.comment)
        if threads {
            remarks += try items(GitHubPath(repository, "pulls", "\(number)", "reviews"))
                .compactMap(Self.review)
            remarks += try items(GitHubPath(repository, "pulls", "\(number)", "comments"))
                .compactMap(Self.line)
        }
        let tracker = GitHubTracker(client.connection)
        var trusted: [PullRemark] = []
        for remark in remarks.sorted(by: { $0.remark.createdAt < $1.remark.createdAt })
        where try isTrusted(remark.source, by: tracker) {
            trusted.append(remark.remark)
        }
        return trusted
    }

    private typealias Found = (remark: PullRemark, source: JSONValue)

    private func items(_ path: GitHubPath) throws(TrackerError) -> [JSONValue] {
        var address: String? = path.query([("per_page", "100")])
        var found: [JSONValue] = []
        for _ in 1...Self.remarkPageLimit {
            guard let page = address else { break }
            let response = try client.send(GitHubRequest(.get, page))
            found += try response.list()
            address = response.nextPage
        }
        return found
    }

    /// Orch speaks with the account of its owner, so its own words are told by their marker, and an app's by
    /// its kind.
    private func isTrusted(_ source: JSONValue, by tracker: GitHubTracker) throws(TrackerError) -> Bool {
        guard source["user"]["type"].string == "User", let login = source["user"]["login"].string,
            source["body"].string?.contains(Self.ownMark) != true
        else { return false }
        if tracker.isNamedTrusted(login) { return true }
        guard GitHubTracker.insiders.contains(source["author_association"].string ?? "") else { return false }
        return try tracker.mayWrite(login)
    }

    private static let ownMark = "<!-- orch:"

    private static func comment(_ item: JSONValue) -> Found? {
        remark(item, kind: .comment, time: "created_at")
    }

    /// Reviews that are not handed in yet have no time.
    private static func review(_ item: JSONValue) -> Found? {
        let decision: ReviewDecision? =
            switch item["state"].string {
            case "APPROVED": .approve
            case "CHANGES_REQUESTED": .requestChanges
            default: nil
            }
        // Taken back by somebody with the right to.
        if item["state"].string == "DISMISSED" { return nil }
        return remark(item, kind: .review(decision), time: "submitted_at")
    }

    private static func line(_ item: JSONValue) -> Found? {
        let path = item["path"].string ?? ""
        let line = item["line"].int ?? item["original_line"].int ?? 0
        return remark(item, kind: .line(path: path, line), time: "created_at")
    }

    private static func remark(_ item: JSONValue, kind: PullRemark.Kind, time: String) -> Found? {
        guard let id = item["id"].int, let author = item["user"]["login"].string,
            let createdAt = item[time].string.flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        let remark = PullRemark(
            id: id, kind: kind, author: author, body: item["body"].string ?? "", createdAt: createdAt)
        return (remark, item)
    }

    // MARK: - Judging

    /// GitHub lets nobody approve or refuse a pull request of his own, which those of agents are: then it is
    /// told so (422), and the same words are only said.
    package func post(
        _ review: PullReview, on number: Int, key: String, mayExist: Bool
    ) throws(TrackerError) {
        let path = GitHubPath(repository, "pulls", "\(number)", "reviews")
        let marker = HiddenMarker(key: key)
        if mayExist,
            try items(path).contains(where: { $0["body"].string?.contains(marker.description) == true })
        {
            return
        }
        let events: [ReviewDecision: String] = [
            .approve: "APPROVE", .requestChanges: "REQUEST_CHANGES", .reject: "REQUEST_CHANGES",
        ]
        var body: JSONObject = [
            "body": .string(marker.appended(to: review.text)),
            "event": .string(review.decision.flatMap { events[$0] } ?? "COMMENT"),
        ]
        if !review.commit.isEmpty { body["commit_id"] = .string(review.commit) }
        let response = try client.send(
            GitHubRequest(.post, path.description, body: .object(body)), accepting: [422])
        guard response.status == 422 else { return }
        body["event"] = "COMMENT"
        _ = try client.send(GitHubRequest(.post, path.description, body: .object(body)))
    }

    package func merge(
        _ pull: TrackedPullRequest, by strategy: Settings.Review.MergeStrategy
    ) throws(TrackerError) -> MergeResult {
        let path = GitHubPath(repository, "pulls", "\(pull.number)", "merge").description
        let body: JSONValue = ["sha": .string(pull.commit), "merge_method": .string(strategy.rawValue)]
        let response = try client.send(
            GitHubRequest(.put, path, body: body), accepting: [403, 405, 409, 422])
        guard response.status == 200 else { return .refused(detail: response.message) }
        guard !pull.isFromFork else { return .merged }
        // Merged it is, with or without its branch; many repositories delete it by themselves.
        let branch =
            GitHubPath(repository, "git", "refs", "heads").description
            + "/"
            + pull.head.split(separator: "/").map { GitHubPath.encoded(String($0)) }.joined(separator: "/")
        _ = try? client.send(GitHubRequest(.delete, branch), accepting: [404, 422])
        return .merged
    }

    package func close(_ number: Int) throws(TrackerError) {
        let path = GitHubPath(repository, "pulls", "\(number)").description
        _ = try client.send(GitHubRequest(.patch, path, body: ["state": "closed"]))
    }
}
