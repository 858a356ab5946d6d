import JSON
import OrchAdapters
import OrchCore

/// Labels as v0 reads, checks and writes them.
enum V0Labels {
    static let functions: [String: V0Command.Function] = [
        "_gh_validate_label": { valid(complaint(about: $0[0], $0), $0) },
        "_gh_validate_agent_model": { valid(mismatch($0[0], $0[1]), $0) },
        "_gh_status_from_labels": { try show("status:", in: $0) },
        "_gh_agent_from_labels": { try show("agent:", in: $0) },
        "_gh_complexity_from_labels": { try show("complexity:", in: $0) },
        "_gh_model_from_labels": { try show("model:", in: $0) },
        "_gh_status_color": { call in
            call.say(TaskStatus(rawValue: call[0])?.colour ?? otherColour)
            return 0
        },
        "_gh_set_status_label": { try wish($0[0], ["status:": $0[1]], $0) },
        "_gh_set_prefixed_label": { call in
            ["", "null", "NULL"].contains(call[2]) ? 0 : try wish(call[0], [call[1]: call[2]], call)
        },
        "_gh_remove_prefixed_labels": { try wish($0[0], [$0[1]: ""], $0) },
        "_gh_ensure_label": { try ensure($0) }, "ensure_label": { try ensure($0) },
        "_gh_allowed_authors": { call in
            call.say(try authors(call).joined(separator: ","))
            return 0
        },
        "_gh_is_allowed_author": { try isAllowed($0[0], $0) ? 0 : 1 },
        "db_task_labels": { try list($0) { $0.joined(separator: "\n") } },
        "db_task_labels_csv": { try list($0) { $0.joined(separator: ",") } },
        "db_task_labels_json": { try list($0) { JSONValue.array($0.map { .string($0) }).text() } },
        "db_task_has_label": { call in
            guard let issue = try call.issue(call[0]) else { return 1 }
            return names(in: issue).contains(call[1]) ? 0 : 1
        },
        "db_set_labels": { call in
            let wanted = V0Creating.list(call[1]).filter { writable($0, call) }
            try call.connection().tracker.setLabels(wanted, of: call[0])
            return 0
        },
        "db_add_label": { try add($0[1], to: $0[0], $0) },
        "label_issue": { try add($0[1], to: $0.variable("GH_ISSUE_NUMBER") ?? $0[0], $0) },
        "db_remove_label": { call in
            try call.connection().tracker.removeLabel(call[1], from: call[0])
            return 0
        },
    ]

    static let agents = ["claude", "codex", "opencode", "kimi", "minimax"]
    private static let otherColour = "c5def5"

    static func names(in issue: JSONValue) -> [String] {
        (issue["labels"].array ?? []).compactMap { $0["name"].string ?? $0.string }
    }

    /// What stands behind a prefix; nil where no label has it.
    static func value(_ prefix: String, in issue: JSONValue) -> String? {
        Labels.value(of: prefix, in: names(in: issue))
    }

    private static func show(_ prefix: String, in call: V0Call) throws -> Int32 {
        let labels = (try? JSONValue(parsing: Array(call[0].utf8))) ?? .null
        call.say(value(prefix, in: ["labels": labels]) ?? "")
        return 0
    }

    private static func list(_ call: V0Call, _ text: ([String]) -> String) throws -> Int32 {
        guard let issue = try call.issue(call[0]) else { return 0 }
        let labels = text(names(in: issue))
        if !labels.isEmpty { call.say(labels) }
        return 0
    }

    // Checks

    /// Why v0 does not write a label; nil: it does.
    static func complaint(about label: String, _ call: V0Call) -> String? {
        func refuse(_ kind: String, _ allowed: [String]) -> String? {
            let value = String(label.dropFirst(kind.count + 1))
            if allowed.contains(value) { return nil }
            return "invalid \(kind) label: \(label) (allowed: \(allowed.joined(separator: " ")))"
        }
        if label.hasPrefix("status:") { return refuse("status", TaskStatus.allCases.map(\.rawValue)) }
        if label.hasPrefix("agent:") { return refuse("agent", knownAgents(call)) }
        if label.hasPrefix("complexity:") { return refuse("complexity", Complexity.allCases.map(\.rawValue)) }
        if label.hasPrefix("role:") { return refuse("role", roles) }
        return nil
    }

    /// Those of the newest v0.
    private static let roles = ["general", "backend", "frontend", "docs", "devops", "security", "test"]

    /// v0's own, and those that the configuration adds.
    static func knownAgents(_ call: V0Call) -> [String] {
        agents + call.config.keys("agents").filter { !agents.contains($0) }
    }

    /// Whether both v0 and orch write it; what is left out is said.
    static func writable(_ label: String, _ call: V0Call) -> Bool {
        let own = Labels.complaint(about: label).map { "\(label) \($0)" }
        return valid(complaint(about: label, call) ?? own, call) == 0
    }

    private static func valid(_ complaint: String?, _ call: V0Call) -> Int32 {
        guard let complaint else { return 0 }
        call.complain("[validate] \(complaint)")
        return 1
    }

    private static let modelPrefixes = [
        "claude": ["haiku", "sonnet", "opus", "claude-"], "codex": ["o1", "o3", "o4", "gpt-4", "codex-"],
    ]

    /// Names of models change often: this is for a diagnosis, nothing is refused for it.
    private static func mismatch(_ agent: String, _ model: String) -> String? {
        guard let allowed = modelPrefixes[agent], !model.isEmpty, model != "null",
            !allowed.contains(where: model.hasPrefix)
        else { return nil }
        return "invalid model '\(model)' for agent '\(agent)' (allowed prefixes: "
            + "\(allowed.joined(separator: " ")))"
    }

    // Authors

    static func authors(_ call: V0Call) throws -> [String] {
        [try call.repository().owner] + call.config.list("workflow.allowed_authors")
    }

    static func isAllowed(_ login: String, _ call: V0Call) throws -> Bool {
        try !login.isEmpty && authors(call).contains(login)
    }

    // Writing

    /// Makes a label where the repository lacks it.
    private static func ensure(_ call: V0Call) throws -> Int32 {
        guard valid(complaint(about: call[0], call), call) == 0 else { return 1 }
        let connection = try call.connection()
        let path = GitHubPath(connection.repository, "labels").description
        let body: JSONValue = [
            "name": .string(call[0]), "color": .string(call[1].isEmpty ? "ededed" : call[1]),
            "description": .string(call[2]),
        ]
        // One that is there already is refused, and that is all that is wanted.
        _ = try GitHubClient(connection).send(GitHubRequest(.post, path, body: body), accepting: [422])
        return 0
    }

    private static func add(_ label: String, to id: String, _ call: V0Call) throws -> Int32 {
        guard writable(label, call) else { return 1 }
        try call.connection().tracker.changeLabels(adding: [label], removing: [], of: id)
        return 0
    }

    private static func wish(_ id: String, _ values: [String: String], _ call: V0Call) throws -> Int32 {
        let wish = Wish(values: values)
        guard wish.isValid(call) else { return 1 }
        try wish.apply(to: id, call)
        return 0
    }

    /// The values that a task's labels are to show, by prefix; empty: none of that prefix.
    struct Wish {
        var values: [String: String] = [:]

        /// Says what v0 does not write.
        func isValid(_ call: V0Call) -> Bool {
            for (prefix, value) in values where !value.isEmpty {
                if prefix == "status:", TaskStatus(rawValue: value) == nil {
                    let known = TaskStatus.allCases.map(\.rawValue).joined(separator: " ")
                    call.complain("[validate] invalid status: \(value) (allowed: \(known))")
                    return false
                }
                if V0Labels.valid(V0Labels.complaint(about: prefix + value, call), call) != 0 { return false }
            }
            return true
        }

        /// Looks which labels are there, and sends what differs.
        func apply(to id: String, _ call: V0Call) throws {
            guard !values.isEmpty, let issue = try call.issue(id) else { return }
            let names = V0Labels.names(in: issue)
            var change = LabelChange()
            for (prefix, value) in values.sorted(by: { $0.key < $1.key }) {
                change.removed += names.filter { $0.hasPrefix(prefix) && $0 != prefix + value }
                if !value.isEmpty, !names.contains(prefix + value) { change.added.append(prefix + value) }
            }
            try call.connection().tracker.apply(change, to: id)
        }
    }
}
