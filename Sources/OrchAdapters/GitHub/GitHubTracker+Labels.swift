import JSON
package import OrchCore

extension GitHubTracker {
    /// One GraphQL request for both: REST could only replace the whole set, and would undo what a person adds
    /// between the last look and the call.
    ///
    /// GraphQL wants node ids. Those of the issue come with every list, those of labels are asked for once;
    /// both are remembered. An id that GitHub does not know any more (a label deleted and made anew, an issue
    /// transferred there and back) is looked up once.
    package func changeLabels(
        adding: [String], removing: [String], of id: String
    ) throws(TrackerError) {
        try Labels.check(adding)
        let issue = try number(id)
        let change = LabelChange(added: adding, removed: removing)
        guard !change.isEmpty else { return }
        if try perform(change, on: issue) { return }
        try GitHubIssueNodes(connection).forget(issue)
        try GitHubLabels.forget(connection)
        guard try perform(change, on: issue) else {
            throw .notFound(what: "issue \(id) of \(repository), or one of its labels")
        }
    }

    /// - Returns: false where GitHub does not know one of the ids; part of the change may be done then.
    private func perform(_ change: LabelChange, on issue: String) throws(TrackerError) -> Bool {
        let node = try node(of: issue)
        var labels = try GitHubLabels(client)
        let added = try labels.nodes(making: change.added)
        let removed = try labels.nodes(finding: change.removed)
        try labels.save()
        guard !added.isEmpty || !removed.isEmpty else { return true }
        let request = GitHubRequest(
            query: GitHubQueries.changeLabels(adding: !added.isEmpty, removing: !removed.isEmpty),
            variables: [
                "issue": .string(node), "added": .array(added.map { .string($0) }),
                "removed": .array(removed.map { .string($0) }),
            ])
        do throws(TrackerError) { _ = try client.send(request) } catch {
            guard case .notFound = error else { throw error }
            return false
        }
        return true
    }

    private func node(of issue: String) throws(TrackerError) -> String {
        let nodes = GitHubIssueNodes(connection)
        if let known = try nodes.node(of: issue) { return known }
        var variables = repositoryVariables
        variables["number"] = Int64(issue).map { .int($0) }
        let data = try client.query(GitHubQueries.issueNode, variables)
        guard let node = data["repository"]["issue"]["id"].string else {
            throw .broken(detail: "an issue without an id")
        }
        try nodes.remember(node, of: issue)
        return node
    }

    package func setLabels(_ labels: [String], of id: String) throws(TrackerError) {
        try Labels.check(labels)
        let path = GitHubPath(repository, "issues", try number(id), "labels")
        try ensureLabels(labels)
        let body: JSONValue = ["labels": .array(labels.map { .string($0) })]
        _ = try client.send(GitHubRequest(.put, path.description, body: body))
    }

    package func removeLabel(_ label: String, from id: String) throws(TrackerError) {
        let path = GitHubPath(repository, "issues", try number(id), "labels", label)
        _ = try client.send(GitHubRequest(.delete, path.description), accepting: [404])
    }

    /// REST would make the labels that the repository lacks by itself, but grey.
    func ensureLabels(_ names: [String]) throws(TrackerError) {
        var labels = try GitHubLabels(client)
        _ = try labels.nodes(making: names)
        try labels.save()
    }
}
