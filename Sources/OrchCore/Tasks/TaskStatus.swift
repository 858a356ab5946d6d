/// Where a task stands; the raw values are v0's `status:` labels.
package enum TaskStatus: String, CaseIterable, Sendable {
    /// Waiting to be routed.
    case new
    /// An agent has been chosen; waiting for a free place.
    case routed
    /// A run is under way.
    case inProgress = "in_progress"
    /// Nothing is left to do.
    case done
    /// Waits for something else: its children, a tool, a directory.
    case blocked
    /// A pull request is open.
    case inReview = "in_review"
    /// A person has to look.
    case needsReview = "needs_review"

    /// Whether the task may be given to an agent as it stands.
    package var isRunnable: Bool { self == .new || self == .routed }

    /// The label that shows this status on a tracker.
    package var label: String { Self.labelPrefix + rawValue }

    package static let labelPrefix = "status:"

    /// The colour of the label on GitHub, six hex digits, as v0 created it.
    package var colour: String {
        switch self {
        case .new, .done: "0e8a16"
        case .routed: "1d76db"
        case .inProgress: "fbca04"
        case .blocked: "d73a4a"
        case .inReview: "0075ca"
        case .needsReview: "e4e669"
        }
    }
}
