/// The JSON that an agent hands in at the end of its work; the keys are v0's.
package struct AgentAnswer: Equatable, Sendable {
    package var status: Status
    package var summary = ""
    /// Why it is blocked or needs review.
    package var reason = ""
    package var accomplished: [String] = []
    package var remaining: [String] = []
    package var blockers: [String] = []
    package var filesChanged: [String] = []
    package var needsHelp = false
    package var delegations: [Delegation] = []

    package init(status: Status) { self.status = status }

    package enum Status: String, CaseIterable, Sendable {
        case done
        case inProgress = "in_progress"
        case blocked
        case needsReview = "needs_review"
    }

    /// A child task that a planning agent asks for.
    package struct Delegation: Equatable, Sendable {
        package var title: String
        package var body = ""
        package var labels: [String] = []
        package var suggestedAgent: AgentName?

        package init(title: String) { self.title = title }
    }
}
