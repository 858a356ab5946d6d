import OrchCore

/// The cards of a project's tasks on its board (`gh.project_id`).
///
/// Nothing is asked while no task has another column than its card: that is told from the store alone.
struct BoardsPhase: SyncPhase {
    static let name = "boards"

    private let work: SyncWork

    init(_ work: SyncWork) { self.work = work }

    /// Finished tasks whose cards may not have followed yet.
    private static let doneLimit = 200

    private var settings: Settings.GitHub.Board { work.project.settings.github.board }

    func observe() throws -> BoardsRule.Picture? {
        guard !settings.id.isEmpty, work.ports.boards(work.project) != nil else { return nil }
        let cards = try work.store.cards(of: work.project.id, on: settings.id)
        let open = try work.store.openTasks(of: work.project.id)
        let done = try work.store.tasks(of: work.project.id, status: .done, limit: Self.doneLimit)
        // A task that was closed by hand is neither; its card is known.
        let listed = Set((open + done).map(\.key))
        let closed = try cards.filter { !listed.contains($0.task) && $0.column != .done }
            .compactMap { try work.store.task($0.task) }
        return BoardsRule.Picture(
            tasks: open + done + closed,
            cards: Dictionary(uniqueKeysWithValues: cards.map { ($0.task, $0) }))
    }

    static func decide(_ picture: BoardsRule.Picture) -> [BoardsRule.Step] { BoardsRule.decide(picture) }

    /// The effect first, which is the same a second time: the row says what was done.
    func perform(_ step: BoardsRule.Step) throws {
        guard let boards = work.ports.boards(work.project) else { return }
        let board = settings.id
        guard let (field, option) = try place(of: step.column, on: boards) else {
            throw BoardError.noColumn(step.column, board: board)
        }
        var item = step.card?.item ?? ""
        if item.isEmpty { item = try boards.place(step.moved.key.id, on: board) }
        try boards.move(item, on: board, field: field, to: option)
        try work.store.save(
            BoardCard(task: step.moved.key, board: board, item: item, column: step.column))
    }

    /// As configured, else found by name.
    private func place(of column: BoardColumn, on boards: any Boards) throws -> (
        field: String, option: String
    )? {
        if !settings.statusField.isEmpty, let option = settings.options[column.rawValue], !option.isEmpty {
            return (settings.statusField, option)
        }
        guard let field = try boards.field(of: settings.id) else { return nil }
        return field.option(for: column, names: settings.names[column.rawValue] ?? []).map {
            (field.id, $0.id)
        }
    }
}

/// What keeps a card from being moved.
enum BoardError: Error, Equatable, Explained {
    case noColumn(BoardColumn, board: String)

    var problem: String {
        switch self {
        case .noColumn(let column, let board): "the board \(board) has no column for \(column.rawValue)"
        }
    }

    var fix: String {
        switch self {
        case .noColumn(let column, _):
            "`orch config set gh.project_status_names.\(column.rawValue) NAME` says what it is called there"
        }
    }
}
