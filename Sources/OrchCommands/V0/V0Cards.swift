import OrchAdapters
import OrchCore

/// What v0's `backend_github.sh` does to an issue's card on the board of `gh.project_id`.
enum V0Cards {
    static let functions: [String: V0Command.Function] = [
        "map_status_to_project": { call in
            call.say(column(for: call[0]).rawValue)
            return 0
        },
        "sync_project_status": { try move($0) },
    ]

    /// A word that is no status stands where new tasks do.
    private static func column(for word: String) -> BoardColumn {
        BoardsRule.column(for: TaskStatus(rawValue: word) ?? .new)
    }

    /// `sync_project_status ISSUE STATUS`. Without a board, or where it has no such column, nothing is done
    /// or said, as in v0.
    private static func move(_ call: V0Call) throws -> Int32 {
        let cards = GitHubCards(try call.connection())
        guard let board = call.config.text("gh.project_id"),
            let place = try place(of: column(for: call[1]), on: board, cards, call.config)
        else { return 0 }
        let card = try cards.place(call[0], on: board)
        try cards.move(card, on: board, field: place.field, to: place.option)
        return 0
    }

    /// As configured, else found by name.
    private static func place(
        of column: BoardColumn, on board: String, _ cards: GitHubCards, _ config: V0Config
    ) throws -> (field: String, option: String)? {
        if let field = config.text("gh.project_status_field_id"),
            let option = config.text("gh.project_status_map.\(column.rawValue)")
        {
            return (field, option)
        }
        let key = "gh.project_status_names.\(column.rawValue)"
        let names = config.list(key) + [config.text(key)].compactMap { $0 }
        return try cards.field(of: board).flatMap { field in
            field.option(for: column, names: names).map { (field.id, $0.id) }
        }
    }
}
