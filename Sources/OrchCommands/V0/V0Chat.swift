import Arguments
import JSON
import OrchAdapters
import OrchCore

/// v0's conversations: `chat.sh` and `plan_chat.sh`.
enum V0Chat {
    static let functions: [String: V0Command.Function] = [
        "chat": { call in
            try ChatCommand.start(try context(call), V0Vocabulary(call: call))
            return 0
        },
        "plan_chat": { try plan($0) },
    ]

    private static func plan(_ call: V0Call) throws -> Int32 {
        guard !call[0].isEmpty else {
            Console.err("usage: plan_chat.sh \"title\" [\"body\"] [\"labels\"]")
            return 1
        }
        var plan = ChatAction.Draft(title: call[0])
        plan.body = call[1]
        plan.labels = V0Creating.list(call[2])
        try PlanCommand.start(plan, try context(call), V0Vocabulary(call: call))
        return 0
    }

    private static func context(_ call: V0Call) throws -> Context {
        var environment = call.environment
        environment["PROJECT_DIR"] = call.projectDirectory
        guard case .command(let arguments) = try CommandTree.root.parse(["chat"]) else {
            preconditionFailure("`chat` is a command")
        }
        return try Context(
            arguments: arguments, environment: environment,
            terminal: TerminalStyle(environment: environment))
    }
}

/// v0's own scripts, by their names: issues are the tasks, and GitHub's labels the truth.
struct V0Vocabulary: ChatVocabulary {
    let call: V0Call

    /// A prompt needs no more to answer questions about them.
    private static let taskLimit = 50

    func words(for action: ChatAction) -> [String]? {
        switch action {
        case .answer, .quickTask, .createTasks: nil
        case .addTask(let draft): adding(draft)
        case .planTask(let draft): adding(draft, labels: ["plan"])
        case .retry(let id), .unblock(let id): ["v0", "retry_task", id]
        case .unblockAll: ["v0", "unblock_all"]
        case .addJob(let schedule, let draft):
            ["v0", "jobs_add", "--", schedule, draft.title, draft.body]
                + [draft.labels.joined(separator: ","), draft.agent]
        case .removeJob(let id): ["v0", "jobs_remove", id]
        case .enableJob(let id): ["v0", "jobs_enable", id]
        case .disableJob(let id): ["v0", "jobs_disable", id]
        case .listJobs: ["v0", "jobs_list"]
        case .list: ["v0", "list_tasks"]
        case .status: ["v0", "status"]
        case .dashboard: ["v0", "dashboard"]
        case .tree: ["v0", "tree"]
        case .run(nil): ["v0", "run_task"]
        case .run(let id?): ["v0", "run_task", id]
        case .setAgent(let id, let agent): ["v0", "set_agent", id, agent]
        case .sync: ["sync"]
        case .createBoard(let title): ["v0", "gh_project_create", title]
        }
    }

    /// `--` ends the options of `add_task.sh`: a title may look like one.
    private func adding(_ draft: ChatAction.Draft, labels: [String] = []) -> [String] {
        let all = labels + draft.labels + (draft.agent.isEmpty ? [] : [Labels.agentPrefix + draft.agent])
        return ["v0", "add_task", "--", draft.title, draft.body, all.joined(separator: ",")]
    }

    /// Only issues of people who may drive orch: what others wrote reaches no model.
    func status(_ context: Context, _ project: Project) throws -> JSONValue {
        let issues = try call.connection().tracker.list(status: nil).filter {
            try V0Labels.isAllowed($0.author, call)
        }
        let counts = Dictionary(grouping: issues) { Labels.status(in: $0.labels)?.rawValue ?? "new" }
        return .object([
            "open": TaskImage.number(issues.count),
            "counts": .object(JSONObject(counts.map { ($0.key, TaskImage.number($0.value.count)) })),
            "recent": .array(
                issues.prefix(Self.taskLimit).map { issue in
                    .object([
                        "id": .string(issue.id), "title": .string(issue.title),
                        "labels": .array(issue.labels.map { .string($0) }),
                    ])
                }),
        ])
    }
}
