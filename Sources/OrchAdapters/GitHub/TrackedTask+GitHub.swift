package import JSON
package import OrchCore

extension TrackedTask {
    /// An issue as the REST API shows it: https://docs.github.com/rest/issues/issues
    /// - Returns: nil for a pull request, which the API counts among the issues.
    /// - Throws: `broken` where it is neither.
    package init?(issue: JSONValue) throws(TrackerError) {
        guard let number = issue["number"].int, let updatedAt = Self.updatedAt(issue) else {
            throw .broken(detail: "an issue without number and time")
        }
        guard issue["pull_request"].isNull else { return nil }
        self.init(
            id: "\(number)", title: issue["title"].string ?? "", body: issue["body"].string ?? "",
            // An account that was deleted is null; who wrote that is nobody to trust.
            labels: Self.labels(issue), author: issue["user"]["login"].string ?? Self.ghost)
        isByStranger =
            issue["author_association"].string.map { !GitHubTracker.insiders.contains($0) } ?? false
        isClosed = issue["state"].string == "closed"
        url = issue["html_url"].string ?? ""
        self.updatedAt = updatedAt
        subtasks = Self.subtasks(issue["sub_issues_summary"])
    }

    /// The account that GitHub shows for deleted ones.
    package static let ghost = "ghost"

    /// The time of the last change of an issue or pull request.
    static func updatedAt(_ issue: JSONValue) -> Timestamp? {
        issue["updated_at"].string.flatMap { Timestamp(iso8601: $0) }
    }

    /// Names; a label is an object, on old servers plain text.
    private static func labels(_ issue: JSONValue) -> [String] {
        (issue["labels"].array ?? []).compactMap { $0["name"].string ?? $0.string }
    }

    private static func subtasks(_ summary: JSONValue) -> AgentTask.Subtasks? {
        guard let total = summary["total"].int, let completed = summary["completed"].int else { return nil }
        return AgentTask.Subtasks(total: total, closed: completed)
    }
}
