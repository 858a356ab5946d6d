import JSON
package import OrchCore

/// The issues of one repository, through the real `gh`.
///
/// Calls of `gh` each operation costs when all is well: a quiet list 1, a change of labels 1, comment 1 (2
/// where it may exist), comments 1, create 1 (2 with a key, 3 with a parent). Listing the repository's
/// labels, making one that is missing and asking for a permission cost once and are remembered.
package struct GitHubTracker: Tracker {
    let client: GitHubClient

    package init(_ connection: GitHubConnection) { client = GitHubClient(connection) }

    package var backend: TaskKey.Backend { .github }

    var connection: GitHubConnection { client.connection }
    var repository: RepositorySlug { connection.repository }

    package func get(_ id: String) throws(TrackerError) -> TrackedTask? {
        guard let issue = Self.number(id) else { return nil }
        let request = GitHubRequest(.get, GitHubPath(repository, "issues", issue).description)
        let response = try client.send(request, accepting: [404, 410])
        if response.status == 410 { return nil }
        if response.status == 404 {
            // No issue, or no repository: only the first may be taken for a deletion.
            _ = try currentName()
            return nil
        }
        let json = try response.body()
        guard try isOurs(json) else { return nil }
        try GitHubIssueNodes(connection).remember([json])
        return try TrackedTask(issue: json)
    }

    /// Whether the issue is of this repository: `gh` follows the redirection of one that was transferred.
    private func isOurs(_ issue: JSONValue) throws(TrackerError) -> Bool {
        let address = issue["repository_url"].string ?? ""
        if address.lowercased().hasSuffix("/repos/\(repository)".lowercased()) { return true }
        // The other reason for another name: the repository itself was renamed.
        return try address.lowercased().hasSuffix("/repos/\(currentName())".lowercased())
    }

    /// The repository's name as GitHub has it now.
    private func currentName() throws(TrackerError) -> String {
        let response = try client.send(GitHubRequest(.get, GitHubPath(repository).description))
        guard let name = try response.body()["full_name"].string else {
            throw .broken(detail: "a repository without a name")
        }
        return name
    }

    package func list(status: TaskStatus?) throws(TrackerError) -> [TrackedTask] {
        let labels = [status?.label ?? "", connection.syncLabel].filter { !$0.isEmpty }
        let first = try client.send(Self.open(in: repository, labels: labels))
        return try tasks(in: client.allItems(from: first))
    }

    /// The issues among `items`, each once; of several pictures of one, the first. Their node ids are
    /// remembered.
    func tasks(in items: [JSONValue]) throws(TrackerError) -> [TrackedTask] {
        try GitHubIssueNodes(connection).remember(items)
        var seen: Set<String> = []
        var tasks: [TrackedTask] = []
        for item in items {
            guard let task = try TrackedTask(issue: item), seen.insert(task.id).inserted else { continue }
            tasks.append(task)
        }
        return tasks
    }

    package func close(_ id: String) throws(TrackerError) {
        let path = GitHubPath(repository, "issues", try number(id))
        let body: JSONValue = ["state": "closed", "state_reason": "completed"]
        _ = try client.send(GitHubRequest(.patch, path.description, body: body))
    }

    package func reopen(_ id: String) throws(TrackerError) {
        let path = GitHubPath(repository, "issues", try number(id))
        _ = try client.send(GitHubRequest(.patch, path.description, body: ["state": "open"]))
    }

    /// One query: the account, and whether it may write to the repository.
    package func checkHealth() throws(TrackerError) -> String {
        let data = try client.query(GitHubQueries.health, repositoryVariables)
        guard let login = data["viewer"]["login"].string else {
            throw .broken(detail: "no account in the answer")
        }
        if data["repository"]["isArchived"].bool == true {
            throw .forbidden(detail: "\(repository) is archived")
        }
        let permission = data["repository"]["viewerPermission"].string ?? "none"
        guard ["ADMIN", "MAINTAIN", "WRITE"].contains(permission) else {
            throw .forbidden(detail: "\(login) has \(permission) on \(repository), not WRITE")
        }
        return login
    }

    var repositoryVariables: JSONObject {
        ["owner": .string(repository.owner), "name": .string(repository.name)]
    }

    /// An issue's number as it may stand in an address; nil for what is none.
    static func number(_ id: String) -> String? {
        guard let number = Int(id), number > 0, "\(number)" == id else { return nil }
        return id
    }

    func number(_ id: String) throws(TrackerError) -> String {
        guard let number = Self.number(id) else { throw .notFound(what: "issue “\(id)”") }
        return number
    }
}
