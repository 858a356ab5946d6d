/// Boards on a forge, on which issues are moved along.
package protocol Boards {
    /// The status field with its columns, remembered for a while; nil where there is no such board or field.
    func field(of board: String) throws(TrackerError) -> BoardField?
    /// Puts an issue on the board, or finds it there.
    /// - Returns: the card's id.
    func place(_ issue: String, on board: String) throws(TrackerError) -> String
    func move(_ card: String, on board: String, field: String, to option: String) throws(TrackerError)
}

/// A task's card on a board, as orch last put it.
package struct BoardCard: Equatable, Sendable {
    package let task: TaskKey
    package let board: String
    /// Its id there.
    package let item: String
    package var column: BoardColumn

    package init(task: TaskKey, board: String, item: String, column: BoardColumn) {
        self.task = task
        self.board = board
        self.item = item
        self.column = column
    }
}

/// Where the cards are.
package protocol CardLog: AnyObject {
    func cards(of project: Project.ID, on board: String) throws(StoreError) -> [BoardCard]
    /// Writes it down, or replaces what is known of it.
    func save(_ card: BoardCard) throws(StoreError)
}
