import JSON
import OrchCore

/// The node ids of issues: GraphQL's mutations want them, and what REST shows of an issue brings them along.
///
/// They are remembered a hundred to an entry, so that a long first list is few writes and a change a short
/// one. An id that is not there (forgotten, or lost to a process that wrote the same entry at the same
/// moment) costs one call when it is needed.
struct GitHubIssueNodes {
    private let connection: GitHubConnection

    init(_ connection: GitHubConnection) { self.connection = connection }

    func node(of issue: String) throws(TrackerError) -> String? {
        try entry(Self.name(of: issue))[issue]?.string
    }

    func remember(_ node: String, of issue: String) throws(TrackerError) {
        try change(Self.name(of: issue)) { $0[issue] = .string(node) }
    }

    func forget(_ issue: String) throws(TrackerError) {
        try change(Self.name(of: issue)) { $0[issue] = nil }
    }

    /// Takes the ids from a list as REST gives it, of issues that may still need one: open, and no pull
    /// request.
    func remember(_ items: [JSONValue]) throws(TrackerError) {
        var nodes: [String: [(issue: String, node: JSONValue)]] = [:]
        for item in items where item["pull_request"].isNull && item["state"].string == "open" {
            guard let number = item["number"].int, !item["node_id"].isNull else { continue }
            nodes[Self.name(of: "\(number)"), default: []].append(("\(number)", item["node_id"]))
        }
        for (name, learnt) in nodes {
            try change(name) { entry in
                for (issue, node) in learnt { entry[issue] = node }
            }
        }
    }

    // Entries

    /// The number without its last two digits: `7` and `42` are in one entry, `142` is in the next.
    private static func name(of issue: String) -> String { "issues/\(issue.dropLast(2))??" }

    private func entry(_ name: String) throws(TrackerError) -> JSONObject {
        try connection.recall(path(name))?.object ?? JSONObject()
    }

    private func change(_ name: String, _ change: (inout JSONObject) -> Void) throws(TrackerError) {
        let before = try entry(name)
        var after = before
        change(&after)
        if after != before { try connection.remember(.object(after), as: path(name)) }
    }

    private func path(_ name: String) -> String { "\(GitHubPath(connection.repository))/\(name)" }
}
