import OrchCore
import Testing

@Suite struct BoardsRuleTests {
    private let project = Project.ID(rawValue: "/p")

    private func task(_ id: String, _ status: TaskStatus) -> AgentTask {
        var task = AgentTask(
            key: TaskKey(project: project, backend: .github, id: id), title: "T", status: status)
        task.isTrusted = true
        return task
    }

    private func card(_ task: AgentTask, _ column: BoardColumn) -> [TaskKey: BoardCard] {
        [task.key: BoardCard(task: task.key, board: "b", item: "i", column: column)]
    }

    @Test(arguments: [
        (TaskStatus.new, BoardColumn.backlog), (.routed, .backlog), (.inProgress, .inProgress),
        (.blocked, .inProgress), (.inReview, .review), (.needsReview, .review), (.done, .done),
    ])
    func `each status has v0's column`(status: TaskStatus, column: BoardColumn) {
        #expect(BoardsRule.column(of: task("1", status)) == column)
    }

    @Test func `a card is moved when its task's column is another, and only then`() {
        let moved = task("1", .inReview)
        #expect(BoardsRule.decide(.init(tasks: [moved], cards: card(moved, .review))).isEmpty)
        let steps = BoardsRule.decide(.init(tasks: [moved], cards: card(moved, .backlog)))
        #expect(steps.map(\.column) == [.review])
        #expect(BoardsRule.decide(.init(tasks: [moved], cards: [:])).first?.card == nil)
    }

    @Test func `what was finished before is not put on the board; what is closed goes to its end`() {
        #expect(BoardsRule.decide(.init(tasks: [task("1", .done)], cards: [:])).isEmpty)
        var closed = task("2", .inReview)
        closed.isClosed = true
        #expect(
            BoardsRule.decide(.init(tasks: [closed], cards: card(closed, .review))).map(\.column) == [.done])
    }

    @Test func `strangers' issues and internal tasks have no card, and a sync moves so many`() {
        var stranger = task("1", .new)
        stranger.isTrusted = false
        let own = AgentTask(
            key: TaskKey(project: project, backend: .internal, id: "i1"), title: "T", status: .new)
        #expect(BoardsRule.decide(.init(tasks: [stranger, own], cards: [:])).isEmpty)
        let many = (1...200).map { task("\($0)", .new) }
        #expect(BoardsRule.decide(.init(tasks: many, cards: [:])).count == BoardsRule.moveLimit)
    }
}
