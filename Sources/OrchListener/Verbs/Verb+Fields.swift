package import JSON
import OrchCore

/// Why a request names no verb.
package enum VerbMistake: Error, Equatable, Sendable {
    case unknown(String)
    case missing(String, verb: String)
    case invalid(String, value: String, verb: String)
    case empty(verb: String)
}

extension VerbMistake: Explained {
    package var problem: String {
        switch self {
        case .unknown(let name): "there is no verb “\(Printable.text(name).clipped(toBytes: 40))”"
        case .missing(let field, let verb): "`\(verb)` needs \(Self.words(field))"
        case .invalid(let field, let value, _):
            "“\(Printable.text(value).clipped(toBytes: 40))” is no \(Self.noun(field))"
        case .empty(let verb): "there are no words to `\(verb)`"
        }
    }

    package var fix: String {
        switch self {
        case .unknown: "there are \(Verb.names.map { "`\($0)`" }.joined(separator: ", "))"
        case .missing(_, let verb), .empty(let verb): "write `\(Verb.usage(of: verb))`"
        case .invalid(let field, _, let verb):
            field == "agent" ? "`orch agents` shows who there is" : "write `\(Verb.usage(of: verb))`"
        }
    }

    private static func noun(_ field: String) -> String {
        switch field {
        case "id": "task's id, as `42` or `i7`"
        case "agent": "agent's name"
        case "project": "project's name"
        default: field
        }
    }

    private static func words(_ field: String) -> String {
        switch field {
        case "id": "a task's id"
        case "agent": "an agent's name"
        case "text": "words"
        default: "a \(field)"
        }
    }
}

extension Verb {
    package static let names = [
        "new", "list", "status", "show", "why", "say", "retry", "unblock", "assign", "kill", "approve",
        "merge",
        "pause", "resume", "waiting", "cost", "jobs",
    ]

    /// As it is typed: `assign ID AGENT`.
    package static func usage(of name: String) -> String {
        switch name {
        case "new": "new TITLE"
        case "say": "say ID TEXT"
        case "assign": "assign ID AGENT"
        case "show", "why", "retry", "unblock", "kill", "approve", "merge": "\(name) ID"
        default: name
        }
    }

    /// A verb by its name and the members of a JSON object: `project`, `id`, `agent`, `title`, `body`,
    /// `text`.
    ///
    /// Members that the verb does not have are passed over.
    package init(named name: String, fields: JSONObject) throws(VerbMistake) {
        let fields = Fields(verb: name, members: fields)
        switch name {
        case "new": self = .new(try fields.newTask())
        case "list": self = .list(project: try fields.project())
        case "status": self = .status(project: try fields.project())
        case "show": self = .show(try fields.task())
        case "why": self = .why(try fields.task())
        case "say": self = .say(try fields.task(), words: try fields.words())
        case "retry": self = .retry(try fields.task())
        case "unblock": self = .unblock(try fields.task())
        case "assign": self = .assign(try fields.task(), agent: try fields.agent())
        case "kill": self = .kill(try fields.task())
        case "approve": self = .approve(try fields.task())
        case "merge": self = .merge(try fields.task())
        case "pause": self = .pause(project: try fields.project())
        case "resume": self = .resume(project: try fields.project())
        case "waiting": self = .waiting(project: try fields.project())
        case "cost": self = .cost(project: try fields.project())
        case "jobs": self = .jobs(project: try fields.project())
        default: throw .unknown(name)
        }
    }

    private struct Fields {
        let verb: String
        let members: JSONObject

        /// An id may be a number; null and an empty text are nothing.
        private func text(_ name: String) -> String? {
            switch members[name] {
            case .string(let text)?: text.isEmpty ? nil : text
            case .int(let number)?: String(number)
            default: nil
            }
        }

        private func required(_ name: String) throws(VerbMistake) -> String {
            guard let text = text(name) else { throw .missing(name, verb: verb) }
            return text
        }

        func project() throws(VerbMistake) -> ProjectTag? {
            guard let text = text("project") else { return nil }
            guard let tag = ProjectTag(text) else { throw .invalid("project", value: text, verb: verb) }
            return tag
        }

        func task() throws(VerbMistake) -> TaskReference {
            let text = try required("id")
            guard var task = TaskReference(text) else { throw .invalid("id", value: text, verb: verb) }
            task.project = try project() ?? task.project
            return task
        }

        func agent() throws(VerbMistake) -> AgentName {
            let text = try required("agent")
            guard let agent = AgentName(text) else { throw .invalid("agent", value: text, verb: verb) }
            return agent
        }

        func words() throws(VerbMistake) -> String {
            let words = try required("text")
            guard !words.allSatisfy(\.isWhitespace) else { throw .empty(verb: verb) }
            return words
        }

        func newTask() throws(VerbMistake) -> NewTask {
            let title = String(try required("title").drop(while: \.isWhitespace).prefix { !$0.isNewline })
            guard !title.isEmpty else { throw .empty(verb: verb) }
            var task = NewTask(title: title)
            task.project = try project()
            task.body = text("body") ?? ""
            if text("agent") != nil { task.agent = try agent() }
            return task
        }
    }
}
