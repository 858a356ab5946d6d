import JSON
package import OrchCore

extension GitHubTracker {
    /// 1. With a key: look for the issue that an earlier attempt created.
    /// 2. Create it, labels included.
    /// 3. With a parent: make it a sub-issue of that one, unless it is.
    ///
    /// A crash before 3 leaves an issue that the next attempt finds and completes.
    package func create(_ draft: TaskDraft) throws(TrackerError) -> TrackedTask {
        try Labels.check(draft.labels)
        guard !draft.title.isEmpty else { throw .rejected(detail: "a task needs a title") }
        let parent = try draft.parent.map { key throws(TrackerError) in try parentNumber(key) }
        let issue = if let earlier = try earlier(draft) { earlier } else { try post(draft) }
        guard let task = try TrackedTask(issue: issue) else {
            throw .broken(detail: "a pull request, not an issue")
        }
        try GitHubIssueNodes(connection).remember([issue])
        if let parent { try link(issue, number: task.id, under: parent) }
        return task
    }

    private func parentNumber(_ key: TaskKey) throws(TrackerError) -> String {
        guard key.backend == backend else { throw .unsupported("a sub-issue of the internal task \(key.id)") }
        return try number(key.id)
    }

    /// How far back is searched for an earlier attempt's issue, in pages of a hundred.
    private static let searchedPages = 20
    /// How far apart two well-kept clocks may be.
    private static let clockTolerance: Duration = .seconds(300)

    /// The issue with the draft's key, by this account: anyone could write the marker. Searched for from the
    /// newest to the time of the first try; where that is not known, among the hundred newest.
    private func earlier(_ draft: TaskDraft) throws(TrackerError) -> JSONValue? {
        guard !draft.key.isEmpty else { return nil }
        let marker = HiddenMarker(key: draft.key).description
        var variables = repositoryVariables
        for _ in 1...Self.searchedPages {
            let page = try client.query(GitHubQueries.recentIssues, variables)["repository"]["issues"]
            guard let nodes = page["nodes"].array else {
                throw .broken(detail: "a repository without a list of issues")
            }
            let found = nodes.first { node in
                node["viewerDidAuthor"].bool == true && node["body"].string?.contains(marker) == true
            }
            if let number = found?["number"].int {
                let path = GitHubPath(repository, "issues", "\(number)")
                return try client.send(GitHubRequest(.get, path.description)).body()
            }
            let oldest = nodes.last?["createdAt"].string.flatMap { Timestamp(iso8601: $0) }
            guard let firstTry = draft.firstTry, let oldest, oldest >= firstTry - Self.clockTolerance,
                page["pageInfo"]["hasNextPage"].bool == true
            else { return nil }
            variables["after"] = page["pageInfo"]["endCursor"]
        }
        return nil
    }

    private func post(_ draft: TaskDraft) throws(TrackerError) -> JSONValue {
        try ensureLabels(draft.labels)
        let body =
            draft.key.isEmpty
            ? HiddenMarker.fitted(draft.body) : HiddenMarker(key: draft.key).appended(to: draft.body)
        let request = GitHubRequest(
            .post, GitHubPath(repository, "issues").description,
            body: [
                "title": .string(Self.fittedTitle(draft.title)), "body": .string(body),
                "labels": .array(draft.labels.map { .string($0) }),
            ])
        return try client.send(request).body()
    }

    /// GitHub refuses longer titles with 422.
    private static let longestTitle = 256

    /// The title in one line, cut to what GitHub takes.
    static func fittedTitle(_ title: String) -> String {
        let line = title.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard line.unicodeScalars.count > longestTitle else { return line }
        return String(String.UnicodeScalarView(line.unicodeScalars.prefix(longestTitle - 1))) + "…"
    }

    private func link(_ issue: JSONValue, number: String, under parent: String) throws(TrackerError) {
        let family = try family(of: parent)
        guard !family.children.contains(number) else { return }
        _ = try client.query(
            GitHubQueries.addSubIssue, ["parent": .string(family.node), "child": issue["node_id"]])
    }

    package func children(of id: String) throws(TrackerError) -> [String] {
        try family(of: number(id)).children
    }

    /// GitHub allows a hundred sub-issues; one page holds them.
    private static let pages = 5

    /// An issue's node id, and the numbers of its sub-issues in this repository.
    private func family(of issue: String) throws(TrackerError) -> (node: String, children: [String]) {
        var variables = repositoryVariables
        variables["number"] = Int64(issue).map { .int($0) }
        var node = ""
        var children: [String] = []
        for _ in 1...Self.pages {
            let repository = try client.query(GitHubQueries.children, variables)["repository"]
            node = repository["issue"]["id"].string ?? ""
            let page = repository["issue"]["subIssues"]
            guard let nodes = page["nodes"].array else {
                throw .broken(detail: "an issue without sub-issues")
            }
            let own = nodes.filter { $0["repository"]["nameWithOwner"] == repository["nameWithOwner"] }
            children += own.compactMap { $0["number"].int }.map { "\($0)" }
            guard page["pageInfo"]["hasNextPage"].bool == true else { break }
            variables["after"] = page["pageInfo"]["endCursor"]
        }
        return (node, children)
    }
}
