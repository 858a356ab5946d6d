/// A column of a board on GitHub, by the name that the configuration has for it.
package enum BoardColumn: String, CaseIterable, Sendable {
    case backlog
    case inProgress = "in_progress"
    case review
    case done

    /// What a board of orch's own, and many another, calls it.
    package var usualName: String {
        switch self {
        case .backlog: "Backlog"
        case .inProgress: "In Progress"
        case .review: "Review"
        case .done: "Done"
        }
    }
}

/// The status field of a board, and what can stand in it.
package struct BoardField: Equatable, Sendable {
    package let id: String
    package let options: [Option]

    package struct Option: Equatable, Sendable {
        package let id: String
        package let name: String

        package init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    package init(id: String, options: [Option]) {
        self.id = id
        self.options = options
    }

    /// The option of a column: the first of its names that is there, whatever its case.
    package func option(for column: BoardColumn, names: [String]) -> Option? {
        let wanted = names.filter { !$0.isEmpty }
        return (wanted.isEmpty ? [column.usualName] : wanted).lazy.compactMap { name in
            options.first { $0.name.lowercased() == name.lowercased() }
        }.first
    }
}
