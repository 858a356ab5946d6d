import JSON
import OrchAdapters
import OrchCore
import Subprocess
import YAML

/// `db_load_task ID`, `db_load_job ID`: many fields at once, as assignments that a shell reads.
enum V0Loading {
    static let functions: [String: V0Command.Function] = [
        "db_load_task": { try loadTask($0) }, "db_load_job": { try loadJob($0) },
    ]

    /// Fields of the sidecar, the variable of each, and what stands in it where there is none.
    private static let local = [
        ("AGENT_MODEL", "agent_model", ""), ("AGENT_PROFILE_JSON", "agent_profile", "{}"),
        ("ATTEMPTS", "attempts", "0"), ("TASK_PARENT_ID", "parent_id", ""), ("TASK_DIR", "dir", ""),
        ("TASK_BRANCH", "branch", ""), ("TASK_WORKTREE", "worktree", ""), ("TASK_SUMMARY", "summary", ""),
        ("TASK_REASON", "reason", ""), ("TASK_LAST_ERROR", "last_error", ""),
        ("TASK_PROMPT_HASH", "prompt_hash", ""), ("TASK_GH_SYNCED_AT", "gh_synced_at", ""),
        ("TASK_GH_LAST_FEEDBACK_AT", "gh_last_feedback_at", ""),
        ("TASK_GH_PROJECT_ITEM_ID", "gh_project_item_id", ""), ("TASK_GH_ARCHIVED", "gh_archived", "false"),
        ("TASK_NEEDS_HELP", "needs_help", "false"), ("TASK_LAST_COMMENT_HASH", "last_comment_hash", ""),
        ("TASK_REVIEW_DECISION", "review_decision", ""), ("TASK_REVIEW_NOTES", "review_notes", ""),
        ("TASK_RETRY_AT", "retry_at", ""), ("TASK_WORKTREE_CLEANED", "worktree_cleaned", "false"),
        ("TASK_ROUTE_REASON", "route_reason", ""), ("TASK_ROUTE_WARNING", "route_warning", ""),
        ("TASK_DURATION", "duration", "0"), ("TASK_INPUT_TOKENS", "input_tokens", "0"),
        ("TASK_OUTPUT_TOKENS", "output_tokens", "0"), ("TASK_STDERR_SNIPPET", "stderr_snippet", ""),
        ("TASK_GH_SYNCED_STATUS", "gh_synced_status", ""), ("TASK_DECOMPOSE", "decompose", "0"),
        ("SELECTED_SKILLS", "selected_skills", ""),
    ]

    private static func loadTask(_ call: V0Call) throws -> Int32 {
        guard let issue = try call.issue(call[0]), issue["pull_request"].isNull else { return 1 }
        let values = try call.sidecars.read(call.key(call[0]))
        let names = V0Labels.names(in: issue)
        func show(_ name: String, _ value: String?) {
            call.say("export \(name)=\(ShellQuoting.quoted(value ?? ""))")
        }
        show("TASK_TITLE", issue["title"].string)
        show("TASK_BODY", issue["body"].string)
        show("TASK_STATUS", V0Labels.value("status:", in: issue) ?? "new")
        show("TASK_LABELS", names.joined(separator: ","))
        show("TASK_AGENT", V0Labels.value("agent:", in: issue))
        show("TASK_COMPLEXITY", V0Labels.value("complexity:", in: issue))
        show("GH_ISSUE_NUMBER", call[0])
        show("TASK_GH_URL", issue["html_url"].string)
        show("TASK_GH_STATE", issue["state"].string)
        show("TASK_CREATED_AT", issue["created_at"].string)
        for name in ["TASK_UPDATED_AT", "TASK_GH_UPDATED_AT"] { show(name, issue["updated_at"].string) }
        for (variable, field, standard) in local {
            let value = values[field] ?? ""
            show(variable, value.isEmpty ? standard : value)
        }
        let profile = try? JSONValue(parsing: Array((values["agent_profile"] ?? "").utf8))
        show("ROLE", profile?["role"].string ?? "general")
        return 0
    }

    private static func loadJob(_ call: V0Call) throws -> Int32 {
        guard let job = try V0JobFields.entry(call[0], call), V0JobFields.isEnabled(job) else { return 1 }
        func text(_ key: String) -> String {
            V0JobFields.text(job["task"]?[key]) ?? V0JobFields.text(job[key]) ?? ""
        }
        for (name, value) in [
            ("JOB_ID", text("id")), ("JOB_SCHEDULE", text("schedule")), ("JOB_TYPE", text("type")),
            ("JOB_CMD", text("command")), ("JOB_TITLE", text("title")), ("JOB_BODY", text("body")),
            ("JOB_LABELS", text("labels")), ("JOB_AGENT", text("agent")), ("JOB_DIR", text("dir")),
            ("JOB_ACTIVE_TASK_ID", text("active_task_id")), ("JOB_LAST_RUN", text("last_run")),
        ] { call.say("\(name)=\(ShellQuoting.quoted(value))") }
        return 0
    }
}
