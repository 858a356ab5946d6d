import JSON
package import OrchCore

/// The cards on boards, which issues have there.
package struct GitHubCards: Boards {
    private let boards: GitHubBoards
    private var client: GitHubClient { boards.client }

    package init(_ connection: GitHubConnection) { boards = GitHubBoards(connection) }

    /// Columns change seldom; one that is gone is said, and found again within the hour.
    private static let fieldLifetime = Duration.seconds(3600)

    package func field(of board: String) throws(TrackerError) -> BoardField? {
        let connection = client.connection
        let name = "board \(board)"
        if let known = try connection.recall(name), let until = known["until"].int,
            connection.now() < Timestamp(seconds: until), let id = known["id"].string
        {
            return BoardField(id: id, options: GitHubBoards.options(of: known))
        }
        guard let field = try boards.statusField(of: board) else { return nil }
        let options = field.options.map { ["id": .string($0.id), "name": .string($0.name)] as JSONValue }
        let until = connection.now() + Self.fieldLifetime
        try connection.remember(
            ["id": .string(field.id), "options": .array(options), "until": .int(Int64(until.seconds))],
            as: name)
        return field
    }

    package func place(_ issue: String, on board: String) throws(TrackerError) -> String {
        let data = try client.query(
            """
            mutation PlaceCard($project: ID!, $contentId: ID!) {
              addProjectV2ItemById(input: {projectId: $project, contentId: $contentId}) { item { id } } }
            """, ["project": .string(board), "contentId": .string(try node(of: issue))])
        guard let item = data["addProjectV2ItemById"]["item"]["id"].string else {
            throw .broken(detail: "a card without an id")
        }
        return item
    }

    private func node(of issue: String) throws(TrackerError) -> String {
        let connection = client.connection
        if let known = try GitHubIssueNodes(connection).node(of: issue) { return known }
        let address = GitHubPath(connection.repository, "issues", issue).description
        guard let node = try client.send(GitHubRequest(.get, address)).body()["node_id"].string else {
            throw .broken(detail: "an issue without a node id")
        }
        return node
    }

    package func move(
        _ card: String, on board: String, field: String, to option: String
    ) throws(TrackerError) {
        _ = try client.query(
            """
            mutation MoveCard($project: ID!, $item: ID!, $field: ID!, $option: String!) {
              updateProjectV2ItemFieldValue(input: {projectId: $project, itemId: $item, fieldId: $field,
                value: {singleSelectOptionId: $option}}) { projectV2Item { id } } }
            """,
            [
                "project": .string(board), "item": .string(card), "field": .string(field),
                "option": .string(option),
            ])
    }
}
