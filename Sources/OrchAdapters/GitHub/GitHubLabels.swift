import JSON
import OrchCore

/// The labels that a repository has, with their node ids: listed once, then remembered, so that nothing is
/// sent while all labels in question are known.
struct GitHubLabels {
    private let client: GitHubClient
    private let remembered: JSONObject
    /// Node ids by name in lower case: two names that differ in nothing else are one label to GitHub.
    private var nodes: JSONObject

    /// One call and more where nothing is remembered; what they bring is, whatever fails afterwards.
    init(_ client: GitHubClient) throws(TrackerError) {
        self.client = client
        let path = Self.path(client.connection).description
        if let known = try client.connection.recall(path)?.object {
            nodes = known
        } else {
            nodes = try Self.list(client)
            try client.connection.remember(.object(nodes), as: path)
        }
        remembered = nodes
    }

    /// Remembers what was learnt.
    func save() throws(TrackerError) {
        guard nodes != remembered else { return }
        try client.connection.remember(.object(nodes), as: Self.path(client.connection).description)
    }

    /// Lets the next use list the labels anew.
    static func forget(_ connection: GitHubConnection) throws(TrackerError) {
        try connection.remember(.null, as: path(connection).description)
    }

    /// The ids of these labels; what the repository lacks is made, in its colour.
    mutating func nodes(making names: [String]) throws(TrackerError) -> [String] {
        var found: [String] = []
        for name in names {
            if let node = nodes[name.lowercased()]?.string {
                found.append(node)
            } else {
                found.append(try learn(name, from: try make(name)))
            }
        }
        return found
    }

    /// The ids of those among these labels that the repository has.
    mutating func nodes(finding names: [String]) throws(TrackerError) -> [String] {
        var found: [String] = []
        for name in names {
            if let node = nodes[name.lowercased()]?.string {
                found.append(node)
            } else if let label = try find(name) {
                found.append(try learn(name, from: label))
            }
        }
        return found
    }

    private mutating func learn(_ name: String, from label: JSONValue) throws(TrackerError) -> String {
        guard let node = label["node_id"].string else { throw .broken(detail: "a label without a node id") }
        nodes[name.lowercased()] = .string(node)
        return node
    }

    private static func list(_ client: GitHubClient) throws(TrackerError) -> JSONObject {
        let address = path(client.connection).query([("per_page", "100")])
        let first = try client.send(GitHubRequest(.get, address))
        return JSONObject(
            try client.allItems(from: first).compactMap { label in
                label["name"].string.map { ($0.lowercased(), label["node_id"]) }
            })
    }

    /// One that somebody else made since is left as it is.
    private func make(_ name: String) throws(TrackerError) -> JSONValue {
        let colour = Labels.status(in: [name])?.colour ?? Self.colourOfOthers
        let body: JSONValue = ["name": .string(name), "color": .string(colour)]
        let request = GitHubRequest(.post, Self.path(client.connection).description, body: body)
        let response = try client.send(request, accepting: [422])
        if response.status != 422 { return try response.body() }
        guard let existing = try find(name) else { throw .rejected(detail: response.message) }
        return existing
    }

    private func find(_ name: String) throws(TrackerError) -> JSONValue? {
        let path = GitHubPath(client.connection.repository, "labels", name)
        let response = try client.send(GitHubRequest(.get, path.description), accepting: [404])
        return response.status == 404 ? nil : try response.body()
    }

    /// What v0 gives to `agent:` and all others.
    static let colourOfOthers = "c5def5"

    private static func path(_ connection: GitHubConnection) -> GitHubPath {
        GitHubPath(connection.repository, "labels")
    }
}
