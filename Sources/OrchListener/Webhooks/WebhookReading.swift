import HTTP
import JSON
import OrchCore

/// One delivery of GitHub's: where to look, and whether it is worth looking.
///
/// A payload is a hint. What is acted on is read from GitHub again, so nothing of it is kept that could be
/// taken for the truth: no text, no titles.
struct WebhookReading: Equatable, Sendable {
    /// GitHub's, repeated when it sends the same again.
    let id: String
    let event: GitHubEvent
    /// `RepositorySlug.place`; empty for one about no repository.
    let place: String
    /// What is kept.
    let payload: String
    /// Whether it can mean anything to orch; by this delivery alone.
    let isHeeded: Bool
    /// A label that was given to an issue or taken away.
    let labelEdit: LabelEdit?

    struct LabelEdit: Equatable, Sendable {
        let issue: String
        let label: String
        let isAdded: Bool
    }

    /// Deeper than any payload of GitHub's.
    private static let limits = JSONLimits(depth: 64, bytes: WebhookDesk.bodyLimitBytes)

    /// - Throws: 400 for what GitHub does not send.
    init(id: String, event: GitHubEvent, body: [UInt8]) throws(HTTPRefusal) {
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(parsing: body, limits: Self.limits)
        } catch {
            throw HTTPRefusal(400, "the body is not JSON: \(error)")
        }
        guard json.object != nil else { throw HTTPRefusal(400, "the body is no JSON object") }
        self.id = id
        self.event = event
        place = json["repository"]["full_name"].string?.lowercased() ?? ""
        payload = Self.kept(json, event).text()
        isHeeded = !place.isEmpty && Self.matters(event, json)
        labelEdit = event == .issues ? Self.labelEdit(json) : nil
    }

    // MARK: - What matters

    /// What an event has to say to be worth a look. What is not known is worth one: a look costs little, and
    /// what is missed is found late.
    private static func matters(_ event: GitHubEvent, _ json: JSONValue) -> Bool {
        let action = json["action"].string ?? ""
        switch event {
        case .ping: return false
        case .issues: return !["pinned", "unpinned", "locked", "unlocked"].contains(action)
        case .issueComment, .pullRequestReviewComment:
            // What machines say is read by nobody; a comment of orch's own would call on it for ever.
            return action != "deleted" && json["sender"]["type"].string != "Bot"
                && !isOwn(json["comment"]["body"].string ?? "")
        case .pullRequestReview: return !isOwn(json["review"]["body"].string ?? "")
        case .pullRequest:
            return ![
                "assigned", "unassigned", "labeled", "unlabeled", "locked", "unlocked", "milestoned",
                "demilestoned", "review_requested", "review_request_removed",
            ].contains(action)
        case .checkSuite, .workflowRun: return action == "completed"
        // What agents push to their own branches concerns nobody: a pull request is told of by itself.
        case .push:
            let branch =
                json["repository"]["default_branch"].string ?? json["repository"]["master_branch"].string
            return branch.map { json["ref"].string == "refs/heads/\($0)" } ?? true
        }
    }

    /// The hidden marker that all that orch writes bears.
    private static func isOwn(_ text: String) -> Bool { text.contains("<!-- orch:") }

    private static func labelEdit(_ json: JSONValue) -> LabelEdit? {
        guard let action = json["action"].string, ["labeled", "unlabeled"].contains(action),
            let issue = json["issue"]["number"].int, let label = json["label"]["name"].string
        else { return nil }
        return LabelEdit(issue: String(issue), label: label, isAdded: action == "labeled")
    }

    // MARK: - What is kept

    /// Enough for a person to see what was told of; a few hundred bytes.
    private static func kept(_ json: JSONValue, _ event: GitHubEvent) -> JSONValue {
        var object: JSONObject = ["event": .string(event.rawValue)]
        for (name, value) in [
            ("action", json["action"]), ("repository", json["repository"]["full_name"]),
            ("sender", json["sender"]["login"]), ("hook", json["hook_id"]),
            ("issue", json["issue"]["number"]),
            ("label", json["label"]["name"]), ("comment", json["comment"]["id"]),
            ("pull_request", json["pull_request"]["number"]), ("merged", json["pull_request"]["merged"]),
            ("review", json["review"]["id"]), ("head", json["check_suite"]["head_sha"]),
            ("head", json["workflow_run"]["head_sha"]), ("conclusion", json["check_suite"]["conclusion"]),
            ("conclusion", json["workflow_run"]["conclusion"]), ("ref", json["ref"]),
            ("after", json["after"]),
        ] {
            guard let short = shortened(value) else { continue }
            object[name] = short
        }
        return .object(object)
    }

    private static let longestBytes = 300

    /// Plain values only.
    private static func shortened(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .int, .bool: value
        case .string(let text): .string(text.clipped(toBytes: longestBytes))
        case .null, .double, .array, .object: nil
        }
    }
}
