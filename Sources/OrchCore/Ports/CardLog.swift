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
