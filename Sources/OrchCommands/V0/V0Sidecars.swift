import JSON
import OrchAdapters
import OrchCore
import Platform
import SHA2

/// The JSON file beside each task.
enum V0Sidecars {
    static let functions: [String: V0Command.Function] = [
        "_sidecar_read": { call in
            if let value = try call.sidecars.read(call.key(call[0]))[call[1]], !value.isEmpty {
                call.say(value)
            }
            return 0
        },
        "_sidecar_write": { try set($0, .string($0[2])) },
        "_sidecar_write_json": { try set($0, try json($0[2])) },
        "_sidecar_merge": { call in
            guard let members = try json(call[1]).object else { return 1 }
            try call.sidecars.change(call.key(call[0])) { merge(members, into: &$0) }
            return 0
        },
        "_sidecar_full": { call in
            call.say(JSONValue.object(try call.sidecars.object(call.key(call[0]))).text())
            return 0
        },
        "db_set_files": { try set($0, items(V0Creating.list($0[1])), "files_changed") },
        "db_set_accomplished": { try set($0, items(given($0)), "accomplished") },
        "db_set_remaining": { try set($0, items(given($0)), "remaining") },
        "db_set_blockers": { try set($0, items(given($0)), "blockers") },
        "db_set_selected_skills": { try set($0, .string($0[1]), "selected_skills") },
        "db_task_files_csv": { call in
            let files = try list("files_changed", call)
            if !files.isEmpty { call.say(files.joined(separator: ", ")) }
            return 0
        },
        "db_task_accomplished": { try show("accomplished", $0) { $0 } },
        "db_task_remaining": { try show("remaining", $0) { $0 } },
        "db_task_blockers": { try show("blockers", $0) { $0 } },
        "db_task_files": { try show("files_changed", $0) { $0 } },
        "db_task_accomplished_list": { try show("accomplished", $0) { "- \($0)" } },
        "db_task_remaining_list": { try show("remaining", $0) { "- \($0)" } },
        "db_task_blockers_list": { try show("blockers", $0) { "- \($0)" } },
        "db_task_files_list": { try show("files_changed", $0) { "- `\($0)`" } },
        "db_create_task_from_gh": { try adopt($0) },
        "db_task_id_by_branch": { call in
            let found = try all(call).first { $0.text("branch") == call[0] && $0.text("dir") == call[1] }
            if let found { call.say(found.id) }
            return 0
        },
        "db_task_active_count_for_dir": { call in
            let open = try all(call).filter { $0.text("dir") == call[0] && $0.text("status") != "done" }
            call.say("\(open.count)")
            return 0
        },
        "db_task_usage_tsv": { call in
            for card in try all(call) where !["", "0"].contains(card.text("input_tokens")) {
                let model = card.text("agent_model")
                let fields = ["input_tokens", "output_tokens", "duration"].map { field in
                    card.text(field).isEmpty ? "0" : card.text(field)
                }
                call.say((fields + [model.isEmpty ? "sonnet" : model]).joined(separator: "\t"))
            }
            return 0
        },
        "db_tasks_with_branches": { try withBranches($0) },
        "db_should_skip_comment": { call in
            let last = try call.sidecars.read(call.key(call[0]))["last_comment_hash"]
            return last == digest(call[1]) ? 0 : 1
        },
        "db_store_comment_hash": { try set($0, .string(digest($0[1])), "last_comment_hash") },
    ]

    /// How v0 tells comments apart.
    static func digest(_ text: String) -> String {
        String(Hexadecimal.encode(SHA256.hash(Array(text.utf8))).prefix(16))
    }

    private static func set(_ call: V0Call, _ value: JSONValue, _ field: String? = nil) throws -> Int32 {
        try call.sidecars.change(call.key(call[0])) { $0[field ?? call[1]] = value }
        return 0
    }

    private static func json(_ text: String) throws -> JSONValue {
        do { return try JSONValue(parsing: Array(text.utf8)) } catch { throw V0Error("“\(text)” is no JSON") }
    }

    private static func given(_ call: V0Call) -> [String] {
        call.arguments.dropFirst().filter { !$0.isEmpty }
    }

    private static func items(_ list: [String]) -> JSONValue { .array(list.map { .string($0) }) }

    /// Objects within objects member by member, as jq's `*` does.
    private static func merge(_ new: JSONObject, into old: inout JSONObject) {
        for (name, value) in new {
            if var inner = old[name]?.object, let members = value.object {
                merge(members, into: &inner)
                old[name] = .object(inner)
            } else {
                old[name] = value
            }
        }
    }

    static func list(_ field: String, _ call: V0Call) throws -> [String] {
        try call.sidecars.object(call.key(call[0]))[field]?.array?.map { $0.string ?? $0.text() } ?? []
    }

    private static func show(_ field: String, _ call: V0Call, _ line: (String) -> String) throws -> Int32 {
        for item in try list(field, call) { call.say(line(item)) }
        return 0
    }

    /// `db_create_task_from_gh TITLE BODY LABELS NUMBER STATE URL UPDATED [DIR]`: the sidecar of an issue
    /// that is there.
    private static func adopt(_ call: V0Call) throws -> Int32 {
        let directory = call.arguments.count > 7 ? call[7] : call.variable("PROJECT_DIR") ?? ""
        try call.sidecars.replace(
            call.key(call[3]),
            by: [
                "dir": .string(directory), "gh_state": .string(call[4]), "gh_url": .string(call[5]),
                "gh_updated_at": .string(call[6]), "attempts": "0", "needs_help": "false",
                "worktree_cleaned": "false", "gh_archived": "false", "status": "new",
            ])
        call.say(call[3])
        return 0
    }

    // All of them

    struct Card {
        let id: String
        let values: [String: String]

        func text(_ field: String) -> String { values[field] ?? "" }
    }

    /// Every sidecar, by the order of their numbers; a torn one is left out.
    static func all(_ call: V0Call) throws -> [Card] {
        let names = (try? Directory.names(in: "\(call.stateDirectory)/tasks")) ?? []
        let ids = names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
        return try ids.sorted { (Int($0) ?? 0, $0) < (Int($1) ?? 0, $1) }.map {
            Card(id: $0, values: try call.sidecars.read(call.key($0)))
        }
    }

    /// `db_tasks_with_branches`: eight columns of each task that has come so far.
    private static func withBranches(_ call: V0Call) throws -> Int32 {
        for card in try all(call) where !["", "main", "master"].contains(card.text("branch")) {
            let status = card.text("status")
            guard ["done", "in_review", "in_progress", "blocked"].contains(status) else { continue }
            let rest = ["title", "summary", "worktree", "agent"].map(card.text)
            call.say(([card.id, card.text("branch"), status] + rest + [card.id]).joined(separator: "\t"))
        }
        return 0
    }
}
