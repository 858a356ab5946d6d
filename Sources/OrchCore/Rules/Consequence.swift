/// What a tick does about an ended run.
package struct Consequence: Equatable, Sendable {
    package let changes: [TaskChange]
    /// The run's agent is to be left alone for a while.
    package var breaker: Breaker?
    /// One sentence for the log; may be empty.
    package let note: String

    package init(changes: [TaskChange], breaker: Breaker? = nil, note: String) {
        self.changes = changes
        self.breaker = breaker
        self.note = note
    }

    /// Without what says when and whether the task goes on: a person has said that while it ran.
    var leavingStatus: Consequence {
        let kept = changes.filter { change in
            switch change {
            case .status, .held, .parkedUntil, .attempts: false
            default: true
            }
        }
        return Consequence(changes: kept, breaker: breaker, note: note)
    }
}
