import OrchAdapters
import OrchCore

/// Scripts that put a task somewhere else.
enum V0Steering {
    static let functions: [String: V0Command.Function] = [
        "set_agent": { try setAgent($0) }, "retry_task": { try retry($0[0], $0) },
        "unblock_all": { try unblockAll($0) }, "mark_needs_review": { try markForPerson($0) },
        "ready_parents": { try readyParents($0) },
    ]

    private static func setAgent(_ call: V0Call) throws -> Int32 {
        guard !call[0].isEmpty, !call[1].isEmpty else {
            Console.err("usage: set_agent.sh TASK_ID codex|claude")
            return 1
        }
        guard try V0Fields.change(call[0], [("agent", call[1])], call) == 0 else { return 1 }
        return try note(call[0], "routed", "agent manually set to \(call[1])", call)
    }

    private static func note(_ id: String, _ status: String, _ words: String, _ call: V0Call) throws -> Int32
    {
        try V0Comments.post("[\(Live.now().iso8601)] \(status): \(words)", on: id, call)
        return 0
    }

    /// Back to the beginning, whoever had it.
    private static func retry(_ id: String, _ call: V0Call) throws -> Int32 {
        guard !id.isEmpty else {
            call.complain("Usage: retry_task.sh <task_id>")
            return 1
        }
        guard let status = try V0Fields.value(of: "status", task: id, call) else {
            call.complain("[retry] task=\(id) not found")
            return 1
        }
        if ["new", "routed", "in_progress"].contains(status) {
            call.complain("[retry] task=\(id) already \(status)")
            return 0
        }
        let changes = [("status", "new"), ("agent", "NULL"), ("limit_reroute_chain", "NULL")]
        guard try V0Fields.change(id, changes, call, clearsNull: true) == 0 else { return 1 }
        _ = try note(id, "new", "retried from \(status)", call)
        call.say(call.logged("[retry] task=\(id) reset from \(status) to new"))
        return 0
    }

    private static func unblockAll(_ call: V0Call) throws -> Int32 {
        let blocked = try V0Lists.ids(of: "blocked", without: "", call)
        if blocked.isEmpty { call.say("No blocked tasks.") }
        for id in blocked { _ = try retry(id, call) }
        return 0
    }

    /// `mark_needs_review ID ATTEMPTS ERROR [NOTE]`
    private static func markForPerson(_ call: V0Call) throws -> Int32 {
        let changes = [("status", "needs_review"), ("last_error", call[2])]
        guard try V0Fields.change(call[0], changes, call) == 0 else { return 1 }
        return try note(call[0], "needs_review", call[3].isEmpty ? call[2] : call[3], call)
    }

    /// Blocked tasks all of whose children are done.
    private static func readyParents(_ call: V0Call) throws -> Int32 {
        for id in try V0Lists.ids(of: "blocked", without: "", call) {
            let children = try call.connection().tracker.children(of: id)
            let areDone = try children.allSatisfy { child in
                try V0Fields.value(of: "status", task: child, call) == "done"
            }
            if !children.isEmpty, areDone { call.say(id) }
        }
        return 0
    }
}
