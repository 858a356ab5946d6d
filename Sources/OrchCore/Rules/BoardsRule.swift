/// A task's card is moved when its column is not the one it was put into last; what a person does to it there
/// stays until then.
package enum BoardsRule {
    /// A board that was just adopted is filled in several syncs.
    package static let moveLimit = 50

    package struct Picture: Sendable {
        /// Open tasks, and finished ones that may have a card.
        package var tasks: [AgentTask]
        package var cards: [TaskKey: BoardCard]

        package init(tasks: [AgentTask], cards: [TaskKey: BoardCard]) {
            self.tasks = tasks
            self.cards = cards
        }
    }

    package static func decide(_ picture: Picture) -> [Step] {
        let steps = picture.tasks.compactMap { task -> Step? in
            guard task.key.backend == .github, task.isTrusted == true else { return nil }
            let card = picture.cards[task.key]
            let column = column(of: task)
            // What was finished before there was a board is not put there.
            guard card != nil || column != .done, card?.column != column else { return nil }
            return Step(moved: task, card: card, column: column)
        }
        return Array(steps.prefix(moveLimit))
    }

    /// As v0 has it.
    package static func column(of task: AgentTask) -> BoardColumn {
        task.isClosed ? .done : column(for: task.status)
    }

    package static func column(for status: TaskStatus) -> BoardColumn {
        switch status {
        case .new, .routed: return .backlog
        case .inProgress, .blocked: return .inProgress
        case .inReview, .needsReview: return .review
        case .done: return .done
        }
    }

    package struct Step: SyncStep, Equatable {
        package let moved: AgentTask
        /// nil: it has none yet, as far as is known.
        package let card: BoardCard?
        package let column: BoardColumn

        package var task: TaskKey? { moved.key }
        package var sentence: String { "its card goes to \(column.rawValue)" }
    }
}
