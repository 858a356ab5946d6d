package import OrchCore

/// What a message in a chat asks for.
package enum Wish: Equatable, Sendable {
    case verb(Verb)
    /// Show the task's live output here.
    case watch(TaskReference)
    /// nil: whatever is watched here.
    case unwatch(TaskReference?)
    /// The project that is meant here from now on; nil: which one it is.
    case use(ProjectTag?)
    case help
    /// Yes, to what was asked.
    case confirm
    /// No, to what was asked.
    case decline
    case mistake(VerbMistake)

    package var role: Role {
        switch self {
        case .verb(let verb): verb.role
        case .watch, .unwatch, .help, .confirm, .decline, .mistake: .viewer
        case .use: .operator
        }
    }
}

/// Reads messages: slash commands, and plain words, which are for the agent in a task's conversation and a
/// new task elsewhere.
package struct ChatGrammar: Sendable {
    /// The task whose conversation it is; nil: none's.
    private let task: TaskReference?

    package init(in task: TaskReference? = nil) { self.task = task }

    /// - Returns: nil for a message without words.
    package func wish(_ text: String) -> Wish? {
        let words = Self.trimmed(text)
        if words.isEmpty { return nil }
        guard words.first == "/" else { return plain(words) }
        let name = words.dropFirst().prefix { !$0.isWhitespace }
        let rest = Self.trimmed(words.dropFirst(1 + name.count))
        // `/kill@orch_bot`, as Telegram completes it in groups.
        let bare = name.prefix { $0 != "@" }.lowercased()
        do throws(VerbMistake) {
            return try command(Self.aliases[bare] ?? bare, String(rest))
        } catch {
            return .mistake(error)
        }
    }

    /// nil where it is a command, or says nothing.
    static func plainWords(_ text: String) -> String? {
        let words = trimmed(text)
        return words.isEmpty || words.first == "/" ? nil : String(words)
    }

    private static let aliases = [
        "start": "help", "task": "new", "tasks": "list", "get": "show", "stop": "kill", "route": "assign",
        "y": "yes",
        "n": "no", "cancel": "no", "job": "jobs", "project": "use", "tell": "say",
    ]

    private func plain(_ words: Substring) -> Wish? {
        switch words.lowercased() {
        case "yes", "y": return .confirm
        case "no", "n": return .decline
        default: break
        }
        if let task { return .verb(.say(task, words: String(words))) }
        return Verb.NewTask(words: String(words)).map { .verb(.new($0)) }
    }

    private func command(_ name: String, _ rest: String) throws(VerbMistake) -> Wish {
        switch name {
        case "help": return .help
        case "yes": return .confirm
        case "no": return .decline
        case "watch": return .watch(try subject(of: "watch", rest).task)
        case "unwatch": return .unwatch(rest.isEmpty ? task : try subject(of: name, rest).task)
        case "use": return .use(rest.isEmpty ? nil : try project(rest, "use"))
        case "new":
            guard let new = Verb.NewTask(words: rest) else { throw .empty(verb: "new") }
            return .verb(.new(new))
        case "list", "status", "waiting", "cost", "jobs", "pause", "resume":
            let tag = rest.isEmpty ? nil : try project(rest, name)
            return .verb(try overview(name, tag))
        case "say":
            let (task, words) = try subject(of: name, rest)
            guard !words.isEmpty else { throw .empty(verb: "say") }
            return .verb(.say(task, words: words))
        case "assign":
            let (task, word) = try subject(of: name, rest)
            if word.isEmpty { throw .missing("agent", verb: name) }
            guard let agent = AgentName(word.lowercased()) else {
                throw .invalid("agent", value: word, verb: name)
            }
            return .verb(.assign(task, agent: agent))
        case "show": return .verb(.show(try subject(of: name, rest).task))
        case "why": return .verb(.why(try subject(of: name, rest).task))
        case "retry": return .verb(.retry(try subject(of: name, rest).task))
        case "unblock": return .verb(.unblock(try subject(of: name, rest).task))
        case "kill": return .verb(.kill(try subject(of: name, rest).task))
        case "approve": return .verb(.approve(try subject(of: name, rest).task))
        case "merge": return .verb(.merge(try subject(of: name, rest).task))
        default: throw .unknown("/" + name)
        }
    }

    private func overview(_ name: String, _ project: ProjectTag?) throws(VerbMistake) -> Verb {
        switch name {
        case "list": .list(project: project)
        case "status": .status(project: project)
        case "waiting": .waiting(project: project)
        case "cost": .cost(project: project)
        case "jobs": .jobs(project: project)
        case "pause": .pause(project: project)
        case "resume": .resume(project: project)
        default: throw .unknown(name)
        }
    }

    /// The task that is named first, and the words behind it; in a task's conversation it may be left out.
    private func subject(of verb: String, _ text: String) throws(VerbMistake) -> (
        task: TaskReference, words: String
    ) {
        let word = text.prefix { !$0.isWhitespace }
        if let named = TaskReference(String(word)) {
            // In `say 3 files are missing` the number is no task where the conversation is about another.
            let isWords = task != nil && verb == "say" && named.project == nil && !word.hasPrefix("#")
            if !isWords { return (named, String(Self.trimmed(text.dropFirst(word.count)))) }
        }
        if let task { return (task, text) }
        throw word.isEmpty ? .missing("id", verb: verb) : .invalid("id", value: String(word), verb: verb)
    }

    private func project(_ text: String, _ verb: String) throws(VerbMistake) -> ProjectTag {
        guard let tag = ProjectTag(text) else { throw .invalid("project", value: text, verb: verb) }
        return tag
    }

    private static func trimmed(_ text: some StringProtocol) -> Substring {
        var rest = Substring(text).drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }
}
