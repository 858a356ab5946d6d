import JSON
import OrchAdapters
import OrchCore

/// New tasks: issues, each with its sidecar.
enum V0Creating {
    static let functions: [String: V0Command.Function] = [
        "db_create_task": { call in
            let directory = call.arguments.count > 2 ? call[2] : call.variable("PROJECT_DIR") ?? ""
            let order = Order(
                title: call[0], body: call[1], directory: directory, labels: call[3], parent: call[4],
                agent: call[5])
            call.say(try create(order, call))
            return 0
        },
        // `create_task_entry IGNORED TITLE BODY LABELS [PARENT] [AGENT]`
        "create_task_entry": { call in
            let order = Order(
                title: call[1], body: call[2], directory: call.variable("PROJECT_DIR") ?? "",
                labels: call[3], parent: call[4], agent: call[5])
            call.say(try create(order, call))
            return 0
        },
        "add_task": { try addTask($0) },
    ]

    struct Order {
        var title: String
        var body = ""
        var directory = ""
        /// Separated by commas.
        var labels = ""
        var parent = ""
        var agent = ""
    }

    /// 1. The issue, a sub-issue where it has a parent. 2. Its sidecar.
    static func create(_ order: Order, _ call: V0Call) throws -> String {
        var draft = TaskDraft(title: order.title, body: order.body, labels: labels(of: order, call))
        let hasParent = !order.parent.isEmpty && order.parent != "null"
        if hasParent { draft.parent = call.key(order.parent) }
        let issue = try call.connection().tracker.create(draft)
        try call.sidecars.replace(
            call.key(issue.id),
            by: [
                "dir": .string(order.directory), "agent": .string(order.agent),
                "parent_id": .string(hasParent ? order.parent : ""), "gh_url": .string(issue.url),
                "attempts": "0", "needs_help": "false", "worktree_cleaned": "false", "gh_archived": "false",
                "status": "new",
            ])
        return issue.id
    }

    /// `status:new`, the agent's, and those of the order that may be written; the others are said.
    private static func labels(of order: Order, _ call: V0Call) -> [String] {
        var labels = [TaskStatus.new.label]
        let own = order.agent.isEmpty ? [] : [Labels.agentPrefix + order.agent]
        for label in own + list(order.labels) where !labels.contains(label) {
            if V0Labels.writable(label, call) {
                labels.append(label)
            } else {
                call.complain("[create_task] skipping invalid label: \(label)")
            }
        }
        return labels
    }

    /// The parts of a list that is separated by commas.
    static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0.trimmingWhitespace()) }.filter { !$0.isEmpty }
    }

    // add_task.sh

    private static let usage =
        "usage: add_task.sh [--dry-run] [-p owner/repo] \"title\" [\"body\"] [\"label1,label2\"]"

    private static func addTask(_ call: V0Call) throws -> Int32 {
        var words = call.arguments[...]
        var rest: [String] = []
        var slug = ""
        var isDryRun = false
        while let word = words.popFirst() {
            switch word {
            case "-p", "--project": slug = words.popFirst() ?? ""
            case "--dry-run": isDryRun = true
            // v0 has no end of options; without one a title could be taken for one.
            case "--": (rest, words) = (rest + words, [])
            default: rest.append(word)
            }
        }
        var order = Order(title: rest.first ?? "")
        guard !order.title.isEmpty else {
            Console.err(usage)
            return 1
        }
        if rest.count > 1 { order.body = rest[1] }
        if rest.count > 2 { order.labels = rest[2] }
        guard let directory = try V0Projects.directory(of: slug, call) else { return 1 }
        order.directory = directory
        if isDryRun { return preview(order, call) }
        let id = try create(order, call)
        V0Hooks.run("on_task_created", ["TASK_ID": id, "TASK_TITLE": order.title], call)
        call.say("Added task \(id): \(order.title)")
        return 0
    }

    private static func preview(_ order: Order, _ call: V0Call) -> Int32 {
        let place = (try? call.repository()).map { " in \($0)" } ?? ""
        call.say("Dry run: would create GitHub issue\(place)")
        call.say("title: \(order.title)")
        call.say("body: \(order.body)")
        call.say("labels: \(labels(of: order, call).joined(separator: ", "))")
        call.say("dir: \(order.directory)")
        return 0
    }
}
