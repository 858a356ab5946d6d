import OrchCore

extension TaskStatus {
    /// Green is at its end, yellow moves or waits for its turn, red waits for a person.
    var look: TextTable.Look {
        switch self {
        case .done: .green
        case .inProgress, .inReview: .yellow
        case .blocked, .needsReview: .red
        case .new, .routed: .plain
        }
    }
}
