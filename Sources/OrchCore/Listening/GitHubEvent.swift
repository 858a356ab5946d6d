/// What GitHub may tell of by its webhooks, and whom that concerns. Everything else is let pass.
package enum GitHubEvent: String, CaseIterable, Sendable {
    case ping
    case issues
    case issueComment = "issue_comment"
    case pullRequest = "pull_request"
    case pullRequestReview = "pull_request_review"
    case pullRequestReviewComment = "pull_request_review_comment"
    case checkSuite = "check_suite"
    case workflowRun = "workflow_run"
    case push

    /// The names of all of them.
    package static let names = Set(allCases.map(\.rawValue))
    /// What changes the list of issues that a tick reads.
    package static let ofTicks: Set<String> = [issues.rawValue]
    /// What a webhook has to send; GitHub sends `ping` unasked.
    package static let subscribed = allCases.filter { $0 != .ping }.map(\.rawValue)

    /// The phases of a sync that it concerns, in the sync's order.
    package var phases: [String] {
        switch self {
        case .ping, .issues: []
        case .issueComment: ["mentions", "commands"]
        case .pullRequest: ["merged", "reviews"]
        case .pullRequestReview, .pullRequestReviewComment: ["reviews"]
        case .checkSuite, .workflowRun: ["checks", "reviews"]
        case .push: ["merged"]
        }
    }
}
