import JSON
package import OrchCore

/// GitHub's projects (v2), which orch calls boards:
/// https://docs.github.com/graphql/reference/objects#projectv2
package struct GitHubBoards {
    let client: GitHubClient

    package init(_ connection: GitHubConnection) { client = GitHubClient(connection) }

    package struct Board: Equatable, Sendable {
        /// `PVT_…`
        package let id: String
        package let number: Int
        package let title: String

        package init(id: String, number: Int, title: String) {
            self.id = id
            self.number = number
            self.title = title
        }
    }

    package enum Owner: Equatable, Sendable {
        case user(String)
        case organization(String)

        package var login: String {
            switch self {
            case .user(let login), .organization(let login): login
            }
        }

        /// The part of an address that says which of both it is.
        package var folder: String {
            switch self {
            case .user: "users"
            case .organization: "orgs"
            }
        }
    }

    /// Who owns a repository, as GitHub knows them; a user where it does not say.
    package func owner(_ login: String) throws(TrackerError) -> Owner {
        let path = GitHubPath("users", login).description
        let account = try client.send(GitHubRequest(.get, path), accepting: [404]).json
        return account?["type"].string == "Organization" ? .organization(login) : .user(login)
    }

    /// The account that `gh` is logged in with.
    package func viewer() throws(TrackerError) -> String {
        let user = try client.send(GitHubRequest(.get, "user")).body()
        guard let login = user["login"].string else { throw .broken(detail: "an account without a login") }
        return login
    }

    package func organizations() throws(TrackerError) -> [String] {
        try client.send(GitHubRequest(.get, "user/orgs")).list().compactMap { $0["login"].string }
    }

    /// The hundred newest.
    package func boards(of owner: Owner) throws(TrackerError) -> [Board] {
        let field =
            switch owner {
            case .user: "user"
            case .organization: "organization"
            }
        let data = try client.query(
            """
            query($login: String!) { \(field)(login: $login) {
              projectsV2(first: 100) { nodes { id number title } } } }
            """, ["login": .string(owner.login)])
        return (data[field]["projectsV2"]["nodes"].array ?? []).compactMap(Board.init)
    }

    /// Its title and number; nil where there is no such board.
    package func board(_ id: String) throws(TrackerError) -> Board? {
        let data = try client.query(
            "query($id: ID!) { node(id: $id) { ... on ProjectV2 { id number title } } }",
            ["id": .string(id)])
        return Board(data["node"])
    }

    /// The field called Status; nil where the board has none, or there is no such board.
    package func statusField(of board: String) throws(TrackerError) -> BoardField? {
        let data = try client.query(
            """
            query($project: ID!) { node(id: $project) { ... on ProjectV2 { fields(first: 100) { nodes {
              ... on ProjectV2SingleSelectField { id name options { id name } } } } } } }
            """, ["project": .string(board)])
        let fields = data["node"]["fields"]["nodes"].array ?? []
        guard let field = fields.first(where: { $0["name"].string == "Status" }), let id = field["id"].string
        else { return nil }
        return BoardField(id: id, options: Self.options(of: field))
    }

    package struct Field: Equatable, Sendable {
        package let id: String
        package let name: String
        /// `TEXT`, `SINGLE_SELECT` …
        package let type: String
        package let options: [BoardField.Option]
    }

    package func fields(of board: String) throws(TrackerError) -> [Field] {
        let data = try client.query(
            """
            query($project: ID!) { node(id: $project) { ... on ProjectV2 { fields(first: 100) { nodes {
              ... on ProjectV2SingleSelectField { id name dataType options { id name } }
              ... on ProjectV2Field { id name dataType } } } } } }
            """, ["project": .string(board)])
        return (data["node"]["fields"]["nodes"].array ?? []).compactMap { field in
            guard let id = field["id"].string, let name = field["name"].string else { return nil }
            return Field(
                id: id, name: name, type: field["dataType"].string ?? "", options: Self.options(of: field))
        }
    }

    static func options(of field: JSONValue) -> [BoardField.Option] {
        (field["options"].array ?? []).compactMap { option in
            guard let id = option["id"].string, let name = option["name"].string else { return nil }
            return .init(id: id, name: name)
        }
    }

    package func create(_ title: String, for owner: Owner) throws(TrackerError) -> Board {
        let path = GitHubPath(owner.folder, owner.login).description
        let account = try client.send(GitHubRequest(.get, path)).body()
        guard let node = account["node_id"].string else {
            throw .broken(detail: "an account without a node id")
        }
        let data = try client.query(
            """
            mutation($owner: ID!, $title: String!) { createProjectV2(input: {ownerId: $owner, title: $title}) {
              projectV2 { id number title } } }
            """, ["owner": .string(node), "title": .string(title)])
        guard let board = Board(data["createProjectV2"]["projectV2"]) else {
            throw .broken(detail: "a board without an id")
        }
        return board
    }

    /// Gives the status field the columns that orch moves issues along; what it had before is gone.
    package func configure(_ field: BoardField) throws(TrackerError) {
        let colours = ["GRAY", "YELLOW", "ORANGE", "GREEN"]
        let options = zip(BoardColumn.allCases, colours).map { column, colour in
            "{name: \"\(column.usualName)\", color: \(colour), description: \"\"}"
        }
        _ = try client.query(
            """
            mutation($fieldId: ID!) { updateProjectV2Field(input: {fieldId: $fieldId, singleSelectOptions: \
            [\(options.joined(separator: ", "))]}) { projectV2Field { ... on ProjectV2SingleSelectField { id } } } }
            """, ["fieldId": .string(field.id)])
    }

    /// A view with columns beside the table that every board begins with.
    package func addBoardView(to board: Board, of owner: Owner) throws(TrackerError) {
        let path = GitHubPath(owner.folder, owner.login, "projectsV2", "\(board.number)", "views")
        let body: JSONValue = ["name": "Board", "layout": "board"]
        _ = try client.send(GitHubRequest(.post, path.description, body: body))
    }

    /// Shows the board among the repository's projects.
    package func link(_ board: String, to repository: RepositorySlug) throws(TrackerError) {
        let found = try client.send(GitHubRequest(.get, GitHubPath(repository).description)).body()
        guard let node = found["node_id"].string else { throw .broken(detail: "a repository without an id") }
        _ = try client.query(
            """
            mutation($projectId: ID!, $repoId: ID!) { linkProjectV2ToRepository(
              input: {projectId: $projectId, repositoryId: $repoId}) { repository { id } } }
            """, ["projectId": .string(board), "repoId": .string(node)])
    }
}

extension GitHubBoards.Board {
    fileprivate init?(_ node: JSONValue) {
        guard let id = node["id"].string, let number = node["number"].int else { return nil }
        self.init(id: id, number: number, title: node["title"].string ?? "")
    }
}
