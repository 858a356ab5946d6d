import JSON
import OrchAdapters
import OrchCore
import Platform
import YAML

/// The entries of `jobs.yml`, field by field; comments and what is not touched stay.
enum V0JobFields {
    static let functions: [String: V0Command.Function] = [
        "backend_init_jobs": { call in
            guard FileStatus.ifPresent(path(call)) == nil else { return 0 }
            try file(call).edit { editor throws(YAMLError) in try editor.set(["jobs"], to: .sequence([])) }
            return 0
        },
        "_jobs_file": { call in
            call.say(path(call))
            return 0
        },
        "_read_jobs": { call in
            call.say(JSONValue.array(try entries(call).map { $0.json }).text(.pretty))
            return 0
        },
        "_write_jobs": { call in
            let jobs = try? JSONValue(parsing: Array(call[0].utf8)).array
            guard let jobs else { return 1 }
            let list = Node.sequence(jobs.map(Node.init(json:)))
            try file(call).edit { editor throws(YAMLError) in
                try wrapBareList(&editor)
                try editor.set(["jobs"], to: list)
            }
            return 0
        },
        // `db_create_job ID TITLE SCHEDULE [TYPE] [BODY] [LABELS] [AGENT] [DIR] [COMMAND]`
        "db_create_job": { call in
            let order = Order(
                id: call[0], title: call[1], schedule: call[2], type: call[3].isEmpty ? "task" : call[3],
                body: call[4], labels: call[5], agent: call[6], directory: call[7], command: call[8])
            try create(order, call)
            return 0
        },
        "db_job_field": { call in
            if let value = text(try entry(call[0], call)?[call[1]]) { call.say(value) }
            return 0
        },
        "db_job_set": { call in
            _ = try set(call[0], call[1], call[2], call)
            return 0
        },
        "db_job_delete": { call in
            _ = try remove(call[0], call)
            return 0
        },
        "db_job_list": { call in
            for job in try entries(call) {
                let title = text(job["task"]?["title"]) ?? text(job["title"]) ?? ""
                let rest = ["active_task_id", "last_run"].map { text(job[$0]) ?? "" }
                let head = [
                    text(job["id"]) ?? "", title, text(job["schedule"]) ?? "", text(job["type"]) ?? "",
                ]
                call.say((head + [isEnabled(job) ? "1" : "0"] + rest).joined(separator: "\t"))
            }
            return 0
        },
        "db_enabled_job_count": { call in
            call.say("\(try entries(call).filter(isEnabled).count)")
            return 0
        },
        "db_enabled_job_ids": { call in
            for job in try entries(call) where isEnabled(job) { call.say(text(job["id"]) ?? "") }
            return 0
        },
        "validate_job_command": { $0[0].isEmpty || JobCommand.refusal(of: $0[0]) != nil ? 1 : 0 },
    ]

    /// `JOBS_FILE`; without it the project's own where it has one, as in newest v0; else the home's.
    static func path(_ call: V0Call) -> String {
        if let given = call.variable("JOBS_FILE") { return given }
        let own = call.variable("PROJECT_DIR").map { call.home.jobs(ofProject: $0) }
        return own.flatMap { FileStatus.ifPresent($0) == nil ? nil : $0 } ?? call.home.jobs
    }

    private static func file(_ call: V0Call) -> JobsFile { JobsFile(path(call), owner: nil) }

    static func entries(_ call: V0Call) throws -> [Node] {
        let root = try file(call).root() ?? .null
        return root.at(JobsFile.list(in: root))?.sequence ?? []
    }

    /// As orch reads it: unless it says no.
    static func isEnabled(_ job: Node) -> Bool {
        !["false", "0", "no", "off"].contains((text(job["enabled"]) ?? "").lowercased())
    }

    static func entry(_ id: String, _ call: V0Call) throws -> Node? {
        try entries(call).first { $0["id"]?.text == id }
    }

    /// As `jq -r` shows it, a list with commas; nil for null and what is not there, and for false, which v0
    /// takes for the same.
    static func text(_ node: Node?) -> String? {
        guard let node, !node.isNull else { return nil }
        return node.text ?? node.sequence?.map { $0.text ?? "" }.joined(separator: ",")
    }

    /// v0 writes text whatever it is; a switch has to stay one.
    private static func value(_ text: String, of key: String) -> Node {
        if key == "enabled" { return text == "true" || text == "1" ? Node(.bool(true)) : .string("false") }
        return .string(text)
    }

    // Changes

    /// v0 reads what is below `jobs:`, and its own tests begin with a bare list.
    private static func wrapBareList(_ editor: inout YAMLEditor) throws(YAMLError) {
        guard let bare = editor.root.sequence else { return }
        let wrapped: Node = ["jobs": .sequence(bare)]
        editor = try YAMLEditor(wrapped.yaml())
    }

    /// - Returns: false where there is no such job.
    static func set(_ id: String, _ key: String, _ text: String, _ call: V0Call) throws -> Bool {
        try change(id, call) { editor, job throws(YAMLError) in
            try editor.set(job + [.key(key)], to: value(text, of: key))
        }
    }

    /// - Returns: false where there is no such job.
    static func remove(_ id: String, _ call: V0Call) throws -> Bool {
        try change(id, call) { editor, job throws(YAMLError) in try editor.delete(job) }
    }

    private static func change(
        _ id: String, _ call: V0Call,
        _ change: (inout YAMLEditor, _ job: [PathStep]) throws(YAMLError) -> Void
    ) throws -> Bool {
        var isThere = false
        try file(call).edit { editor throws(YAMLError) in
            let list = JobsFile.list(in: editor.root)
            let place = editor.root.at(list)?.sequence?.firstIndex { $0["id"]?.text == id }
            isThere = place != nil
            if let place { try change(&editor, list + [.index(place)]) }
        }
        return isThere
    }

    struct Order {
        let id: String
        let title: String
        let schedule: String
        let type: String
        let body: String
        let labels: String
        let agent: String
        let directory: String
        let command: String
    }

    static func create(_ order: Order, _ call: V0Call) throws {
        func orNull(_ text: String) -> Node { text.isEmpty ? .null : .string(text) }
        let entry: Node = .mapping(
            [
                ("id", .string(order.id)), ("title", .string(order.title)),
                ("schedule", .string(order.schedule)), ("type", .string(order.type)),
                ("command", orNull(order.command)), ("body", .string(order.body)),
                ("labels", .string(order.labels)), ("agent", orNull(order.agent)),
                ("dir", .string(order.directory)), ("enabled", Node(.bool(true))), ("active_task_id", .null),
                ("last_run", .null), ("last_task_status", .null),
                ("created_at", .string(Live.now().iso8601)),
            ].map { Node.Entry(key: .string($0.0), value: $0.1) })
        try file(call).edit { editor throws(YAMLError) in
            // Who reads the file looks below `jobs`; a bare list that is empty is no reason to begin
            // elsewhere.
            if editor.root.sequence?.isEmpty == true {
                let list = Node.Entry(key: .string("jobs"), value: .sequence([entry]))
                try editor.set([], to: .mapping([list]))
            } else {
                try wrapBareList(&editor)
                try editor.append(entry, to: ["jobs"])
            }
        }
    }
}
