/// What continuous integration says of one commit.
package struct PullChecks: Equatable, Sendable {
    package let commit: String
    package let checks: [PullCheck]
    /// When the commit was made, by its own word; nil where the forge does not say.
    package var committedAt: Timestamp?

    package init(commit: String, checks: [PullCheck]) {
        self.commit = commit
        self.checks = checks
    }

    package var failing: [PullCheck] { checks.filter { $0.state == .failed } }
    package var isPending: Bool { checks.contains { $0.state == .pending } }

    /// Everything has passed, and there was something to pass: where nothing is checked, nothing is green.
    package var isGreen: Bool {
        checks.contains { $0.state == .passed }
            && checks.allSatisfy { $0.state == .passed || $0.state == .ignored }
    }
}

package struct PullCheck: Equatable, Sendable {
    package let name: String
    package let state: State
    /// What the check says of itself; may be empty.
    package var summary = ""
    /// Under which the forge keeps its log; nil where it has none.
    package var log: Int?
    /// nil while it is pending, or where the forge does not say.
    package var completedAt: Timestamp?

    package init(name: String, state: State) {
        self.name = name
        self.state = state
    }

    package enum State: String, Sendable {
        case pending
        case passed
        /// Skipped or neutral: it neither holds a merge up nor lets one through.
        case ignored
        case failed
    }
}
