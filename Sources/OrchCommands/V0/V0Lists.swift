import JSON
import OrchAdapters
import OrchCore

/// Many tasks at once: lists, counts, trees.
enum V0Lists {
    static let functions: [String: V0Command.Function] = [
        "db_task_ids_by_status": { call in
            for id in try ids(of: call[0], without: call[1], call) { call.say(id) }
            return 0
        },
        "db_all_task_ids": { try showOpen($0) }, "db_task_roots": { try showOpen($0) },
        "db_normalize_new_issues": { try normalize($0) },
        "db_task_count": { try show(count($0[0], $0), $0) },
        "task_count": { try show(count($0[0], $0), $0) },
        "db_status_count": { try show(count($0[0], $0), $0) },
        "db_total_filtered_count": { try show(count("", $0), $0) },
        "db_total_task_count": {
            try show(GitHubClient($0.connection()).issueCount(isOpen: nil, label: nil), $0)
        },
        "db_task_display_tsv": { try display($0, limit: $0[2], isGlobal: false) },
        "db_task_display_tsv_global": {
            try display($0, limit: $0[2].isEmpty ? "10" : $0[2], isGlobal: true)
        },
        "db_task_children": { call in
            for id in try call.connection().tracker.children(of: call[0]) { call.say(id) }
            return 0
        },
        "db_task_json": { call in
            guard var issue = try call.issue(call[0])?.object else { return 1 }
            issue["sidecar"] = .object(try call.sidecars.object(call.key(call[0])))
            call.say(JSONValue.object(issue).text(.pretty))
            return 0
        },
    ]

    private static func show(_ count: Int, _ call: V0Call) -> Int32 {
        call.say("\(count)")
        return 0
    }

    private static func showOpen(_ call: V0Call) throws -> Int32 {
        for issue in try issues(["state": "open"], call) { call.say(number(of: issue)) }
        return 0
    }

    // Lists

    /// The issues that a list has, pull requests left out.
    static func issues(_ query: KeyValuePairs<String, String>, _ call: V0Call) throws -> [JSONValue] {
        let connection = try call.connection()
        var pairs = query.map { ($0.key, $0.value) }
        if !pairs.contains(where: { $0.0 == "per_page" }) { pairs.append(("per_page", "100")) }
        let client = GitHubClient(connection)
        let first = try client.send(
            GitHubRequest(.get, GitHubPath(connection.repository, "issues").query(pairs)))
        // Who asks for the ten newest wants no page after them.
        let isWhole = query.contains { $0.key == "per_page" }
        let items = isWhole ? try first.list() : try client.allItems(from: first)
        return items.filter { $0["pull_request"].isNull }
    }

    static func number(of issue: JSONValue) -> String { issue["number"].int.map { "\($0)" } ?? "" }

    /// Issues of that status by those who may drive, without the label `excluded`; whatever waits for a
    /// person's look is only that.
    static func ids(of status: String, without excluded: String, _ call: V0Call) throws -> [String] {
        let label = "status:\(status)"
        let review = TaskStatus.needsReview.label
        let state = status == "done" ? "closed" : "open"
        return try issues(["state": state, "labels": label], call).filter { issue in
            let names = V0Labels.names(in: issue)
            return try names.contains(label) && (label == review || !names.contains(review))
                && (excluded.isEmpty || !names.contains(excluded))
                && V0Labels.isAllowed(issue["user"]["login"].string ?? "", call)
        }.map(number)
    }

    /// `db_normalize_new_issues`: open issues without a status, by those who may drive, become new tasks.
    private static func normalize(_ call: V0Call) throws -> Int32 {
        let held = ["no-agent", "blocked", "needs_review"]
        for issue in try issues(["state": "open", "sort": "created", "direction": "desc"], call) {
            let names = V0Labels.names(in: issue)
            if names.contains(where: { $0.hasPrefix("status:") || held.contains($0) }) { continue }
            let (id, author) = (number(of: issue), issue["user"]["login"].string ?? "")
            guard try V0Labels.isAllowed(author, call) else {
                call.complain("[normalize] issue #\(id) by '\(author)' — not an allowed author, skipping")
                continue
            }
            call.complain("[normalize] issue #\(id) missing status label, adding status:new")
            try call.connection().tracker.changeLabels(adding: ["status:new"], removing: [], of: id)
        }
        return 0
    }

    // Counts

    /// Open issues of a status, closed ones of `done`, all open ones of none.
    static func count(_ status: String, _ call: V0Call) throws -> Int {
        try GitHubClient(call.connection()).issueCount(
            isOpen: status != "done", label: status.isEmpty ? nil : "status:\(status)")
    }

    /// Of each status but `done`, among these.
    static func counts(in issues: [JSONValue]) -> [(status: TaskStatus, count: Int)] {
        TaskStatus.allCases.filter { $0 != .done }.map { status in
            (status, issues.filter { V0Labels.names(in: $0).contains(status.label) }.count)
        }
    }

    // Rows

    private static func display(_ call: V0Call, limit: String, isGlobal: Bool) throws -> Int32 {
        let query: KeyValuePairs<String, String> = [
            "state": "open", "sort": isGlobal ? "updated" : "created", "direction": "desc",
            "per_page": limit.isEmpty ? "100" : limit,
        ]
        let project = isGlobal ? try call.repository().name : nil
        for issue in try issues(query, call) {
            call.say(row(of: issue, project: project).joined(separator: "\t"))
        }
        return 0
    }

    /// `ID STATUS AGENT ISSUE [PROJECT] TITLE`
    static func row(of issue: JSONValue, project: String?) -> [String] {
        let id = number(of: issue)
        let status = V0Labels.value("status:", in: issue) ?? "new"
        let title = (issue["title"].string ?? "").onOneLine
        return [id, status, V0Labels.value("agent:", in: issue) ?? "-", "#\(id)"]
            + (project.map { [$0] } ?? []) + [title]
    }
}
