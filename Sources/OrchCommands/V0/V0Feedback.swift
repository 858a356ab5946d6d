import JSON
import OrchAdapters
import OrchCore
import OrchEngine
import Platform

/// What the owner says on a task: slash commands, and plain words that send it back to its agent.
enum V0Feedback {
    static let functions: [String: V0Command.Function] = [
        "fetch_owner_feedback": { call in
            let said = try fetch(call[0], call[1], owner: call[2], since: call[3], call)
            call.say(JSONValue.array(said.map(\.json)).text())
            return 0
        },
        "_parse_owner_slash_command": { call in
            guard case .command(let command) = CommentReading.meaning(of: call[0]) else { return 1 }
            call.say(command.name)
            call.say(command.argument)
            return 0
        },
        "process_owner_comment": { call in
            guard let said = try list(call[2]).first else { return 1 }
            try process(said, on: call[0], in: call[1], call)
            return 0
        },
        "process_owner_feedback": { call in
            try heed(try list(call[1]), on: call[0], call)
            return 0
        },
        "process_owner_feedback_for_task": { try processAll($0) },
    ]

    /// One comment.
    private struct Said {
        let login: String
        let createdAt: String
        let body: String

        init(_ json: JSONValue) {
            login = json["login"].string ?? json["user"]["login"].string ?? ""
            createdAt = json["created_at"].string ?? ""
            body = json["body"].string ?? ""
        }

        var json: JSONValue {
            ["login": .string(login), "created_at": .string(createdAt), "body": .string(body)]
        }
    }

    /// A list, or one alone.
    private static func list(_ text: String) throws -> [Said] {
        let json: JSONValue
        do { json = try JSONValue(parsing: Array(text.utf8)) } catch { throw V0Error("“\(text)” is no JSON") }
        return (json.array ?? [json]).map(Said.init)
    }

    /// `fetch_owner_feedback REPOSITORY ISSUE OWNER [SINCE]`: what the owner has said after that, orch's and
    /// v0's own words left out; nothing where GitHub cannot be asked.
    private static func fetch(
        _ repository: String, _ issue: String, owner: String, since: String, _ call: V0Call
    ) throws -> [Said] {
        guard let slug = RepositorySlug(repository), V0Fields.isNumber(issue), issue != "0", !owner.isEmpty,
            owner != "null"
        else { return [] }
        let after = since == "null" ? "" : since
        let thread: [JSONValue]
        do {
            thread = try V0Comments.thread(of: issue, in: slug, call)
        } catch let error as TrackerError {
            call.complain("[feedback] #\(issue): \(error.problem)")
            return []
        }
        return thread.map(Said.init).filter { said in
            said.login.lowercased() == owner.lowercased() && !CommentReading.isOwn(said.body)
                && (after.isEmpty || said.createdAt > after)
        }
    }

    /// `process_owner_feedback_for_task REPOSITORY ISSUE OWNER`: one process at a time.
    private static func processAll(_ call: V0Call) throws -> Int32 {
        let (repository, id, owner) = (call[0], call[1], call[2])
        if repository.isEmpty || id.isEmpty || owner.isEmpty { return 0 }
        let lock = "\(call.home.locks).owner_feedback.\(id)"
        guard try V0LockFolders.acquire(lock, owner: "\(ProcessIdentity.current()?.pid ?? 0)", call) else {
            return 0
        }
        defer { _ = V0LockFolders.remove(lock) }
        let since = try V0Fields.value(of: "gh_last_feedback_at", task: id, call) ?? ""
        for said in try fetch(repository, id, owner: owner, since: since, call) {
            try process(said, on: id, in: repository, call)
        }
        return 0
    }

    // MARK: - Doing

    private static func process(
        _ said: Said, on id: String, in repository: String, _ call: V0Call
    ) throws {
        guard case .command(let command) = CommentReading.meaning(of: said.body) else {
            return try heed([said], on: id, call)
        }
        let answer: String
        do throws(Order.Mistake) {
            let order = try Order(command, agents: AgentCatalog.builtIn.filter { $0 != .demo })
            answer = try obey(order, command, said, on: id, call)
        } catch {
            answer = "❌ Not done: \(error.problem); \(error.fix)."
        }
        // Also where nothing was done: it is not to be read again.
        _ = try V0Fields.change(id, [("gh_last_feedback_at", said.createdAt)], call)
        let text =
            "<!-- orch:owner-command -->\n\(answer)\n\n---\n*By Orchestrator via [Orchestrator](\(ResultComment.home))*"
        try V0Comments.post(text, on: id, in: RepositorySlug(repository), call)
    }

    private static func obey(
        _ order: Order, _ command: SlashCommand, _ said: Said, on id: String, _ call: V0Call
    ) throws(Order.Mistake) -> String {
        func applied(_ words: String) -> String { "✅ Applied `/\(command.name)`: \(words)." }
        do {
            switch order {
            case .help: return Order.help(agents: AgentCatalog.builtIn.filter { $0 != .demo })
            case .retry:
                try addContext(command.rest, "context", said, on: id, call)
                try move(id, to: .new, [("agent", "NULL")], call)
                return applied("the task starts anew (`status:new`)")
            case .reroute:
                try move(id, to: .new, [("agent", "NULL"), ("limit_reroute_chain", "NULL")], call)
                return applied("an agent is chosen anew")
            case .unblock:
                try move(id, to: .new, [], call)
                return applied("the task goes on")
            case .assign(let agent):
                try move(id, to: .routed, [("agent", agent.rawValue)], call)
                return applied("the task goes to \(agent)")
            case .context(let text):
                try addContext(text, "context", said, on: id, call)
                try move(id, to: .routed, [], call)
                return applied("agents are told so from now on")
            case .priority(let level):
                try move(id, to: .routed, [("complexity", level.rawValue)], call)
                return applied("its complexity is `\(level.rawValue)`")
            case .close:
                try move(id, to: .done, [], call)
                try call.connection().tracker.close(id)
                return applied("the task is `status:done`, and the issue closed")
            case .block(let reason):
                let words = reason.isEmpty ? "blocked by \(said.login)" : reason
                try move(id, to: .blocked, [("reason", words)], call)
                return applied("nobody works on it until `/unblock`")
            case .pause:
                try call.connection().tracker.changeLabels(adding: [Labels.noAgent], removing: [], of: id)
                return applied("nobody works on it until `/resume` (label `\(Labels.noAgent)`)")
            case .resume:
                try call.connection().tracker.changeLabels(adding: [], removing: [Labels.noAgent], of: id)
                try move(id, to: .routed, [], call)
                return applied("the task goes on")
            case .review:
                throw Order.Mistake(problem: "reviews are not asked for here", fix: "see `orch sync`")
            }
        } catch let error as Order.Mistake {
            throw error
        } catch {
            throw Order.Mistake(problem: ErrorText.problem(of: error), fix: "see the log")
        }
    }

    /// The status, with a clean slate.
    private static func move(
        _ id: String, to status: TaskStatus, _ more: [(field: String, value: String)], _ call: V0Call
    ) throws {
        let clean = [
            ("status", status.rawValue), ("attempts", "0"), ("needs_help", "0"), ("reason", "NULL"),
            ("last_error", "NULL"),
        ]
        _ = try V0Fields.change(id, clean + more, call, clearsNull: true)
    }

    private static func addContext(
        _ text: String, _ kind: String, _ said: Said, on id: String, _ call: V0Call
    ) throws {
        if text.isEmpty { return }
        let folder = call.variable("CONTEXTS_DIR") ?? call.home.contexts
        try TaskNotes(path: "\(folder)/task-\(id).md").add(
            "### Owner \(kind) from \(said.login) (\(said.createdAt))\n\(text)\n---\n")
    }

    /// Enough of what was said to be seen in a list.
    private static let errorCharacters = 200

    /// Plain words: kept for the agent, and the task goes back to it.
    private static func heed(_ said: [Said], on id: String, _ call: V0Call) throws {
        guard let last = said.last else { return }
        for one in said { try addContext(one.body, "feedback", one, on: id, call) }
        let words = String(said.map(\.body).joined(separator: "\n").prefix(errorCharacters))
        _ = try V0Fields.change(
            id,
            [
                ("status", "routed"), ("last_error", words), ("needs_help", "0"),
                ("gh_last_feedback_at", last.createdAt),
            ], call)
        try V0Comments.post("[\(Live.now().iso8601)] routed: owner feedback received", on: id, call)
    }
}
