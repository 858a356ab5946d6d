/// One fire of a job: for one moment that it was due at, once.
package struct Fire: Equatable, Sendable {
    package let due: Timestamp
    package let firedAt: Timestamp
    package let effect: Effect

    package init(due: Timestamp, firedAt: Timestamp, effect: Effect) {
        self.due = due
        self.firedAt = firedAt
        self.effect = effect
    }

    package enum Effect: Equatable, Sendable {
        /// Written down; whether more has happened is not known.
        case pending
        case task(TaskKey)
        case run(Run.ID)
    }
}
