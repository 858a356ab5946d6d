/// Why a task is where it is, in sentences, and what to do about it: the answer of `orch task why`.
package struct Explanation: Equatable, Sendable {
    /// A run of the task is under way.
    package let isRunning: Bool
    /// Sentences without a full stop, what matters most first; never empty.
    package let reasons: [String]
    /// May be typed as it stands where it is in backticks.
    package let next: String

    init(isRunning: Bool = false, _ reasons: String..., next: String) {
        self.init(isRunning: isRunning, reasons: reasons, next: next)
    }

    private init(isRunning: Bool, reasons: [String], next: String) {
        self.isRunning = isRunning
        self.reasons = reasons
        self.next = next
    }
}

extension Explanation {
    /// With what the run's host says itself, where the rows do not know it.
    package func adding(_ reason: String) -> Explanation {
        Explanation(isRunning: isRunning, reasons: reasons + [reason], next: next)
    }
}
