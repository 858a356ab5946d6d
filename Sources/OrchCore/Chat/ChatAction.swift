import JSON

/// What a conversation can do, each with what it needs; the names are v0's.
package enum ChatAction: Equatable, Sendable {
    case answer
    case addTask(Draft)
    case planTask(Draft)
    case retry(id: String)
    case unblock(id: String)
    case unblockAll
    case addJob(schedule: String, Draft)
    case list
    case status
    case dashboard
    case tree
    case listJobs
    /// nil: whatever is due.
    case run(id: String?)
    case setAgent(id: String, agent: String)
    case removeJob(id: String)
    case enableJob(id: String)
    case disableJob(id: String)
    case sync
    case createBoard(title: String)
    /// One question to an agent, without a task.
    case quickTask(prompt: String)
    /// The end of a planning conversation.
    case createTasks([Draft])

    /// A task, or a job's.
    package struct Draft: Equatable, Sendable {
        package var title: String
        package var body = ""
        package var labels: [String] = []
        /// Empty: any.
        package var agent = ""

        package init(title: String) { self.title = title }
    }

    /// A plan of more parts is none.
    package static let taskLimit = 50

    /// - Throws: what is wrong with the reply, for the person who reads on.
    package init(_ reply: ChatReply) throws(ChatActionError) {
        let fields = Fields(action: reply.action, parameters: reply.parameters)
        switch reply.action {
        case "", "answer", "ask": self = .answer
        case "add_task": self = .addTask(try fields.draft())
        case "plan_task": self = .planTask(try fields.draft())
        case "retry": self = .retry(id: try fields.required("id"))
        case "unblock":
            let id = try fields.required("id")
            self = id == "all" ? .unblockAll : .unblock(id: id)
        case "add_job": self = .addJob(schedule: try fields.required("schedule"), try fields.draft())
        case "list": self = .list
        case "status": self = .status
        case "dashboard": self = .dashboard
        case "tree": self = .tree
        case "jobs_list": self = .listJobs
        case "run":
            let id = fields.text("id")
            self = .run(id: id.isEmpty ? nil : id)
        case "set_agent":
            self = .setAgent(id: try fields.required("id"), agent: try fields.required("agent"))
        case "remove_job": self = .removeJob(id: try fields.required("id"))
        case "enable_job": self = .enableJob(id: try fields.required("id"))
        case "disable_job": self = .disableJob(id: try fields.required("id"))
        case "gh_sync", "gh_pull", "gh_push": self = .sync
        case "gh_project_create": self = .createBoard(title: fields.text("title"))
        case "quick_task": self = .quickTask(prompt: try fields.required("prompt"))
        case "create_tasks": self = .createTasks(try fields.drafts())
        default: throw .unknown(reply.action)
        }
    }
}

extension ChatAction {
    /// The parameters of one reply.
    fileprivate struct Fields {
        let action: String
        let parameters: JSONValue

        func text(_ name: String) -> String { ChatParameter.text(parameters[name]) }

        func required(_ name: String) throws(ChatActionError) -> String {
            let text = text(name)
            guard !text.isEmpty else { throw .missing(name, action: action) }
            return text
        }

        func draft() throws(ChatActionError) -> Draft {
            var draft = Draft(title: try required("title"))
            draft.body = text("body")
            draft.labels = ChatParameter.list(parameters["labels"])
            let agent = text("agent")
            draft.agent = agent.isEmpty ? text("suggested_agent") : agent
            return draft
        }

        func drafts() throws(ChatActionError) -> [Draft] {
            let parts = parameters["tasks"].array ?? []
            guard parts.count <= ChatAction.taskLimit else { throw .tooMany(parts.count) }
            var drafts: [Draft] = []
            for part in parts { drafts.append(try Fields(action: action, parameters: part).draft()) }
            return drafts
        }
    }
}

/// Why nothing is done about a reply.
package enum ChatActionError: Error, Equatable, Sendable {
    case unknown(String)
    case missing(String, action: String)
    case tooMany(Int)
}

extension ChatActionError: Explained {
    package var problem: String {
        switch self {
        case .unknown(let action): "Unknown action: \(Printable.text(action).clipped(toBytes: 80))"
        case .missing(let name, let action): "`\(action)` needs a `\(name)`, and the model named none"
        case .tooMany(let count): "a plan of \(count) tasks; at most \(ChatAction.taskLimit) are made at once"
        }
    }

    package var fix: String { "say it in other words" }
}
