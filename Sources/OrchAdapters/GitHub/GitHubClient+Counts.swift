import JSON
package import OrchCore

extension GitHubClient {
    /// How many issues there are of a state and with a label, by one call.
    ///
    /// The full dialect asks GraphQL, which is exact: the search lags, and has a small quota of its own. A
    /// stand-in knows the search alone.
    /// - Parameters:
    ///   - isOpen: nil: open and closed ones.
    ///   - label: nil: whatever labels they have.
    package func issueCount(isOpen: Bool?, label: String?) throws(TrackerError) -> Int {
        let repository = connection.repository
        guard connection.dialect == .full else {
            let state = isOpen.map { $0 ? " is:open" : " is:closed" } ?? ""
            let words = "repo:\(repository) is:issue\(state)" + (label.map { " label:\($0)" } ?? "")
            let path = "search/issues?q=\(GitHubPath.encoded(words))&per_page=1"
            return try send(GitHubRequest(.get, path)).body()["total_count"].int ?? 0
        }
        let states: [JSONValue] = isOpen.map { $0 ? ["OPEN"] : ["CLOSED"] } ?? ["OPEN", "CLOSED"]
        let data = try query(
            GitHubQueries.issueCount,
            [
                "owner": .string(repository.owner), "name": .string(repository.name),
                "states": .array(states), "labels": label.map { .array([.string($0)]) } ?? .null,
            ])
        guard let count = data["repository"]["issues"]["totalCount"].int else {
            throw .broken(detail: "a repository without a count of issues")
        }
        return count
    }
}
