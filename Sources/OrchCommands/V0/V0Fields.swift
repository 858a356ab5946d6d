import JSON
import OrchAdapters
import OrchCore

/// Fields of one task: those that are GitHub's, and those that are in the sidecar.
enum V0Fields {
    static let functions: [String: V0Command.Function] = [
        "db_task_field": { try field($0) }, "db_task_set": { try set($0) },
        "db_task_update": { try update($0) }, "db_task_claim": { try claim($0) },
    ]

    /// What no label or issue tells.
    private static let local: Set = [
        "branch", "worktree", "prompt_hash", "last_comment_hash", "retry_at", "worktree_cleaned", "attempts",
        "duration", "input_tokens", "output_tokens", "stderr_snippet", "agent_model", "agent_profile",
        "route_reason", "route_warning", "decompose", "gh_synced_at", "gh_synced_status",
        "gh_project_item_id", "gh_archived", "gh_last_feedback_at", "review_decision", "review_notes",
        "needs_help", "last_error", "summary", "reason", "selected_skills",
    ]
    private static let remote: Set = [
        "title", "body", "description", "status", "agent", "gh_issue_number", "gh_url", "gh_state",
        "created_at", "updated_at",
    ]

    /// `db_task_field ID FIELD`: nothing where there is no such task or field.
    private static func field(_ call: V0Call) throws -> Int32 {
        if let value = try value(of: call[1], task: call[0], call), !value.isEmpty { call.say(value) }
        return 0
    }

    static func value(of field: String, task id: String, _ call: V0Call) throws -> String? {
        guard isNumber(id) else { return nil }
        let own = remote.contains(field) ? nil : try call.sidecars.read(call.key(id))[field]
        if own?.isEmpty == false || !remote.contains(field) && field != "complexity" { return own }
        guard let issue = try call.issue(id) else { return nil }
        return value(of: field, in: issue, id)
    }

    private static func value(of field: String, in issue: JSONValue, _ id: String) -> String? {
        switch field {
        case "title": issue["title"].string
        case "body", "description": issue["body"].string
        case "status": V0Labels.value("status:", in: issue) ?? "new"
        case "agent": V0Labels.value("agent:", in: issue)
        case "complexity": V0Labels.value("complexity:", in: issue)
        case "gh_issue_number": id
        case "gh_url": issue["html_url"].string
        case "gh_state": issue["state"].string
        default: issue[field].string
        }
    }

    static func isNumber(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// `db_task_set ID FIELD VALUE`
    private static func set(_ call: V0Call) throws -> Int32 {
        try change(call[0], [(call[1], call[2])], call)
    }

    /// `db_task_update ID FIELD=VALUE…`: all of them in as few calls as may be; `NULL` clears.
    private static func update(_ call: V0Call) throws -> Int32 {
        let pairs = call.arguments.dropFirst().map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
        return try change(call[0], pairs, call, clearsNull: true)
    }

    /// 1. Refuse a status and an agent that v0 does not know. 2. GitHub's fields. 3. The labels, in one
    /// change. 4. The sidecar.
    static func change(
        _ id: String, _ pairs: [(field: String, value: String)], _ call: V0Call, clearsNull: Bool = false
    ) throws -> Int32 {
        var labels = V0Labels.Wish()
        var patch = JSONObject()
        var values: [String: SidecarValue] = [:]
        for (field, written) in pairs {
            let isNull = clearsNull && (written == "NULL" || written == "null")
            switch field {
            case "title": patch["title"] = .string(written)
            case "body", "description": patch["body"] = .string(written)
            case "status":
                let status = isNull ? "new" : written
                labels.values["status:"] = status
                values[field] = .text(status)
            case "agent":
                let isCleared = isNull || clearsNull && written.isEmpty
                labels.values["agent:"] = isCleared ? "" : written
                values[field] = isCleared ? .null : .text(written)
            default: values[field] = isNull ? .null : .text(written)
            }
        }
        guard labels.isValid(call) else { return 1 }
        if !patch.isEmpty { try send(patch, to: id, call) }
        try labels.apply(to: id, call)
        if !values.isEmpty { try call.sidecars.merge(values, into: call.key(id)) }
        return 0
    }

    private static func send(_ patch: JSONObject, to id: String, _ call: V0Call) throws {
        let connection = try call.connection()
        let path = GitHubPath(connection.repository, "issues", id).description
        _ = try GitHubClient(connection).send(GitHubRequest(.patch, path, body: .object(patch)))
    }

    /// `db_task_claim ID FROM TO`: fails where the task is not in `FROM`.
    private static func claim(_ call: V0Call) throws -> Int32 {
        guard let issue = try call.issue(call[0]),
            V0Labels.value("status:", in: issue) ?? "new" == call[1]
        else { return 1 }
        return try change(call[0], [("status", call[2])], call)
    }
}
