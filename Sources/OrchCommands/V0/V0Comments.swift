import JSON
import OrchAdapters
import OrchCore

/// Comments on a task: its history, and what agents have said.
enum V0Comments {
    static let functions: [String: V0Command.Function] = [
        "db_append_history": { call in
            try post("[\(Live.now().iso8601)] \(call[1]): \(call[2])", on: call[0], call)
            return 0
        },
        "comment_on_issue": { call in
            if let issue = call.variable("GH_ISSUE_NUMBER") { try post(call[1], on: issue, call) }
            return 0
        },
        "db_task_history": { call in
            for comment in try thread(of: call[0], call) { call.say(comment["body"].string ?? "") }
            return 0
        },
        "db_task_history_formatted": { call in
            let limit = Int(call[1]) ?? 5
            for comment in try thread(of: call[0], call).suffix(limit) {
                call.say(comment["body"].string ?? "")
            }
            return 0
        },
        "fetch_issue_comments": { try fetch($0) },
        "_gh_parse_agent_comment": { call in
            let comments = (try? JSONValue(parsing: Array(call[0].utf8)).array) ?? []
            let own = comments.last { $0["body"].string?.contains(ResultComment.marker) == true }
            if let body = own?["body"].string { call.say(body) }
            return 0
        },
        "_gh_extract_section": { call in
            if let section = section(call[1], of: call[0]) { call.say(section) }
            return 0
        },
        "_gh_extract_table_field": { call in
            if let value = field(call[1], of: call[0]) { call.say(value) }
            return 0
        },
        "db_store_agent_response": { try storeResponse($0) },
        "db_store_agent_arrays": { try storeArrays($0) },
        "_gh_post_agent_comment": { try postResult(of: $0[0], $0) },
    ]

    /// Through the redaction, like everything that leaves.
    static func post(
        _ text: String, on issue: String, in repository: RepositorySlug? = nil, _ call: V0Call
    ) throws {
        let connection = try call.connection()
        let path = GitHubPath(repository ?? connection.repository, "issues", issue, "comments").description
        let body: JSONValue = ["body": .string(HiddenMarker.fitted(call.redaction.apply(to: text)))]
        _ = try GitHubClient(connection).send(GitHubRequest(.post, path, body: body))
    }

    static func thread(of issue: String, in repository: RepositorySlug? = nil, _ call: V0Call) throws
        -> [JSONValue]
    {
        let connection = try call.connection()
        let path = GitHubPath(repository ?? connection.repository, "issues", issue, "comments")
        let client = GitHubClient(connection)
        return try client.allItems(
            from: client.send(GitHubRequest(.get, path.query([("per_page", "100")]))))
    }

    /// `fetch_issue_comments REPOSITORY ISSUE [COUNT]`: the newest, each under its author and time.
    private static func fetch(_ call: V0Call) throws -> Int32 {
        guard let repository = RepositorySlug(call[0]), V0Fields.isNumber(call[1]), call[1] != "0" else {
            return 0
        }
        for comment in try thread(of: call[1], in: repository, call).suffix(Int(call[2]) ?? 10) {
            let (author, body) = (comment["user"]["login"].string ?? "", comment["body"].string ?? "")
            call.say("### \(author) (\(comment["created_at"].string ?? ""))\n\(body)\n---")
        }
        return 0
    }

    // What a structured comment says

    private static func section(_ title: String, of body: String) -> String? {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0.trimmingWhitespace().hasSuffix("## \(title)") }) else {
            return nil
        }
        let text = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }.joined(separator: "\n")
        return String(text[...].trimmingWhitespace())
    }

    /// The cell behind `**FIELD**`, without its backticks.
    private static func field(_ name: String, of body: String) -> String? {
        for line in body.split(separator: "\n") {
            let cells = line.split(separator: "|").map { $0.trimmingWhitespace() }
            guard cells.count >= 2, cells[0].lowercased() == "**\(name.lowercased())**" else { continue }
            return cells[1].hasPrefix("`") && cells[1].hasSuffix("`") && cells[1].count > 1
                ? String(cells[1].dropFirst().dropLast()) : String(cells[1])
        }
        return nil
    }

    // Results

    /// `db_store_agent_response ID STATUS SUMMARY REASON NEEDS_HELP MODEL DURATION IN OUT [STDERR] [HASH]`
    private static func storeResponse(_ call: V0Call) throws -> Int32 {
        let names = [
            "summary", "reason", "needs_help", "agent_model", "duration", "input_tokens", "output_tokens",
            "stderr_snippet", "prompt_hash",
        ]
        var values: [String: SidecarValue] = [
            "last_error": .null, "retry_at": .null, "status": .text(call[1]),
        ]
        for (index, name) in names.enumerated() { values[name] = .text(call[index + 2]) }
        guard try V0Fields.change(call[0], [("status", call[1])], call) == 0 else { return 1 }
        try call.sidecars.merge(values, into: call.key(call[0]))
        return 0
    }

    /// `db_store_agent_arrays ID ACCOMPLISHED REMAINING BLOCKERS FILES`, an item a line; then the comment.
    private static func storeArrays(_ call: V0Call) throws -> Int32 {
        var values: [String: SidecarValue] = [:]
        for (index, name) in ["accomplished", "remaining", "blockers", "files_changed"].enumerated() {
            values[name] = .list(call[index + 1].split(separator: "\n").map(String.init))
        }
        try call.sidecars.merge(values, into: call.key(call[0]))
        return try postResult(of: call[0], call)
    }

    /// Says what the sidecar holds, unless that was said last, and says it too where a mention asked for it.
    private static func postResult(of id: String, _ call: V0Call) throws -> Int32 {
        let values = try call.sidecars.read(call.key(id))
        let lists = try call.sidecars.object(call.key(id))
        guard let comment = V0ResultComment(values, lists).text(PublicText(call.redaction)) else { return 0 }
        let digest = V0Sidecars.digest(comment)
        if digest == values["last_comment_hash"] { return 0 }
        try post(comment, on: id, call)
        try call.sidecars.merge(["last_comment_hash": .text(digest)], into: call.key(id))
        guard let target = values["mention_target_issue"], V0Fields.isNumber(target), target != id else {
            return 0
        }
        let mirror =
            ResultComment.marker + "\n> Mention task: #\(id)\n"
            + comment.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().joined(
                separator: "\n")
        let mirrorDigest = V0Sidecars.digest(mirror)
        if mirrorDigest == values["mention_last_mirror_hash"] { return 0 }
        let place = values["mention_target_repo"].flatMap { RepositorySlug($0) }
        try post(mirror, on: target, in: place, call)
        try call.sidecars.merge(["mention_last_mirror_hash": .text(mirrorDigest)], into: call.key(id))
        return 0
    }
}
