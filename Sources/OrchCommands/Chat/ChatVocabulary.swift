import JSON
import OrchCore

/// How a conversation's actions are said as commands of this program: words, never a command line.
protocol ChatVocabulary {
    /// - Returns: nil for what is no command.
    func words(for action: ChatAction) -> [String]?

    /// How things stand, for the prompt.
    func status(_ context: Context, _ project: Project) throws -> JSONValue
}

/// orch's own commands. What a model wrote stands behind `--` or an `=`, so it is never an option.
struct OwnVocabulary: ChatVocabulary {
    /// A prompt needs no more to answer questions about them.
    private static let taskLimit = 50

    func words(for action: ChatAction) -> [String]? {
        switch action {
        case .answer, .quickTask, .createTasks: nil
        case .addTask(let draft): adding(draft)
        case .planTask(let draft): adding(draft, labels: ["plan"])
        case .retry(let id): ["task", "retry", "--", id]
        case .unblock(let id): ["task", "unblock", "--", id]
        case .unblockAll: ["task", "unblock", "all"]
        case .addJob(let schedule, let draft):
            ["job", "add", "--", schedule, draft.title, draft.body, draft.labels.joined(separator: ",")]
                + [draft.agent].filter { !$0.isEmpty }
        case .list: ["task", "list"]
        case .status: ["task", "status"]
        case .dashboard: ["dashboard"]
        case .tree: ["task", "tree"]
        case .listJobs: ["job", "list"]
        case .run(nil): ["tick", "--wait"]
        case .run(let id?): ["task", "run", "--", id]
        case .setAgent(let id, let agent): ["task", "route", "--", id, agent]
        case .removeJob(let id): ["job", "remove", "--", id]
        case .enableJob(let id): ["job", "enable", "--", id]
        case .disableJob(let id): ["job", "disable", "--", id]
        case .sync: ["sync"]
        case .createBoard(let title): ["project", "create", "--"] + [title].filter { !$0.isEmpty }
        }
    }

    private func adding(_ draft: ChatAction.Draft, labels: [String] = []) -> [String] {
        let options =
            (labels + draft.labels).map { "--label=\($0)" }
            + [draft.agent].filter { !$0.isEmpty }.map { "--agent=\($0)" }
        // A lone `-` would have it wait for a text on standard input.
        let body = draft.body == "-" ? "" : draft.body
        return ["task", "add"] + options + ["--", draft.title, body]
    }

    /// Only of tasks whose author may drive orch: what others wrote reaches no model.
    func status(_ context: Context, _ project: Project) throws -> JSONValue {
        let store = try context.store()
        let open = try store.openTasks(of: project.id).filter {
            $0.isTrusted == true || $0.key.backend == .internal
        }
        return TaskStatusCommand.json(
            counts: try store.counts(of: project.id), recent: Array(open.prefix(Self.taskLimit)))
    }
}
