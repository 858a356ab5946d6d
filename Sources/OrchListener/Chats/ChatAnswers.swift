import JSON
import OrchCore

/// What is said of what came of a verb: `orch`'s own answer, in a few lines.
enum ChatAnswers {
    /// More lines are no answer in a chat; `orch` itself shows them all.
    private static let listLimit = 30

    static func text(_ verb: Verb, _ outcome: VerbOutcome) -> ChatText {
        switch outcome {
        case .failed(let problem, let fix, _):
            return ChatText(sentence: "❌ \(problem)" + (fix.isEmpty ? "" : "\n→ \(fix)"))
        case .done(let answer): return done(verb, answer)
        }
    }

    private static func done(_ verb: Verb, _ answer: JSONValue) -> ChatText {
        switch verb {
        case .new(let task):
            return subject(answer, task.title)
                + ChatText(.plain("\nReply to this to talk about it; "))
                + "`/watch` shows what its agent does."
        case .list: return list(answer)
        case .status: return status(answer)
        case .show: return card(answer)
        case .why: return why(answer)
        case .say: return "💬 Said; `/watch` shows what comes of it."
        case .retry, .unblock: return changed(answer)
        case .assign:
            let agent = answer["agent"].string ?? "?"
            let start = answer["starts_anew"].bool == true ? ", and starts anew" : ""
            return subject(answer, nil) + ChatText(.plain(" goes to "), .bold(agent), .plain(start))
        case .kill: return subject(answer, nil) + ": its agent has been asked to end."
        case .approve: return approved(answer)
        case .merge:
            return ChatText(.plain("✅ Merged: \(answer["pull_request"].string ?? "?")"))
        case .pause: return "⏸ Nothing new is started; `/resume` goes on."
        case .resume: return resumed(answer)
        case .cost: return cost(answer)
        case .jobs: return jobs(answer)
        case .waiting: return waiting(answer)
        }
    }

    // MARK: - One task

    private static func subject(_ answer: JSONValue, _ title: String?) -> ChatText {
        var text = ChatText(.plain("Task "), .bold(answer["id"].string ?? "?"))
        if let title { text.append(.plain(": \(title)")) }
        return text
    }

    private static func card(_ answer: JSONValue) -> ChatText {
        var text = subject(answer, answer["title"].string)
        text.append(.plain("\n\(answer["status"].string ?? "?")"))
        if let agent = answer["agent"].string { text.append(.plain(", by \(agent)")) }
        for name in ["last_error", "summary", "pull_request", "url"] {
            if let words = answer[name].string, !words.isEmpty { text.append(.plain("\n\(words)")) }
        }
        if let run = answer["runs"][0].object {
            let state = run["live"]?.bool == true ? "runs" : run["message"]?.string ?? ""
            text.append(.plain("\nrun \(run["id"]?.int ?? 0): \(state)"))
        }
        return text
    }

    private static func why(_ answer: JSONValue) -> ChatText {
        var text = subject(answer, nil)
        text.append(.plain(answer["running"].bool == true ? " runs:" : " is not running:"))
        for reason in answer["reasons"].array ?? [] { text.append(.plain("\n• \(reason.string ?? "")")) }
        return text + ChatText(sentence: "\n→ \(answer["next"].string ?? "")")
    }

    private static func changed(_ answer: JSONValue) -> ChatText {
        guard answer["changed"].bool == true else {
            return subject(answer, nil) + " is `new` already; `/why` says what it waits for."
        }
        return subject(answer, nil)
            + ChatText(sentence: " starts anew (was `\(answer["from"].string ?? "?")`).")
    }

    private static func approved(_ answer: JSONValue) -> ChatText {
        guard let url = answer["pull_request"].string else { return subject(answer, nil) + " is done." }
        return ChatText(.plain("👍 Approved: \(url)\n")) + "`/merge` merges it."
    }

    // MARK: - Overviews

    private static func list(_ answer: JSONValue) -> ChatText {
        let tasks = answer.array ?? []
        if tasks.isEmpty { return "Nothing is open." }
        let projects = Set(tasks.compactMap { $0["project"].string })
        var text = ChatText()
        for task in tasks.prefix(listLimit) {
            if !text.isEmpty { text.append(.plain("\n")) }
            let project = projects.count > 1 ? (task["project"].string ?? "") + "/" : ""
            text.append(.bold(project + (task["id"].string ?? "?")))
            text.append(.plain(" \(task["status"].string ?? ""): \(task["title"].string ?? "")"))
        }
        if tasks.count > listLimit { text.append(.plain("\n… and \(tasks.count - listLimit) more")) }
        return text
    }

    private static func status(_ answer: JSONValue) -> ChatText {
        let counts = answer["counts"].object ?? JSONObject()
        let parts = counts.filter { ($0.value.int ?? 0) > 0 }.map { "\($0.value.int ?? 0) \($0.name)" }
        let open = answer["open"].int ?? 0
        return ChatText(
            .bold("\(open) open"), .plain(parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")))
    }

    private static func waiting(_ answer: JSONValue) -> ChatText {
        let tasks = answer.array ?? []
        if tasks.isEmpty { return "Nothing waits." }
        var text = ChatText()
        for task in tasks.prefix(listLimit) {
            if !text.isEmpty { text.append(.plain("\n")) }
            text.append(.bold(task["id"].string ?? "?"))
            text.append(.plain(" \(task["reasons"][0].string ?? "")"))
        }
        if tasks.count > listLimit { text.append(.plain("\n… and \(tasks.count - listLimit) more")) }
        return text
    }

    private static func resumed(_ answer: JSONValue) -> ChatText {
        if !(answer["paused"].array ?? []).isEmpty {
            return "Everything is paused all the same; `/resume` ends that."
        }
        return answer["changed"].bool == true ? "▶️ It goes on." : "Nothing was paused."
    }

    private static func cost(_ answer: JSONValue) -> ChatText {
        let runs = answer["runs"].int ?? 0
        var text = ChatText(.plain("\(answer["days"].int ?? 0) days: "), .bold(dollars(answer)))
        text.append(.plain(", \(runs) \(runs == 1 ? "run" : "runs")"))
        for line in answer["lines"].array ?? [] {
            let name = "\(line["project"].string ?? "?"), \(line["agent"].string ?? "?")"
            text.append(.plain("\n\(name): \(dollars(line)), \(line["runs"].int ?? 0)"))
        }
        return text
    }

    private static func dollars(_ fields: JSONValue) -> String {
        guard let micro = fields["cost_micro_dollars"].int else { return "cost unknown" }
        let unknown = fields["unpriced_runs"].int ?? 0
        return Usage.dollars(micro) + (unknown > 0 ? " and \(unknown) of unknown cost" : "")
    }

    private static func jobs(_ answer: JSONValue) -> ChatText {
        let jobs = answer.array ?? []
        if jobs.isEmpty { return "There are no jobs." }
        var text = ChatText()
        for job in jobs.prefix(listLimit) {
            if !text.isEmpty { text.append(.plain("\n")) }
            text.append(.bold(job["id"].string ?? "?"))
            let next =
                job["enabled"].bool == false ? "off" : job["next"].string.map { "next \($0)" } ?? "never"
            text.append(.plain(" \(job["schedule"].string ?? ""): \(next)"))
        }
        return text
    }

    // MARK: - Words of the chat's own

    static func question(_ verb: Verb) -> ChatText {
        let task = verb.task.map { " task \($0)" } ?? ""
        let act =
            switch verb {
            case .kill: "End the agent of\(task)"
            case .approve: "Approve what was done for\(task)"
            case .merge: "Merge the pull request of\(task)"
            default: "Really \(verb.name)\(task)"
            }
        return ChatText(sentence: "⚠️ \(act)? `yes` does it, within \(Confirmations.patience.brief).")
    }

    static func help(for role: Role) -> ChatText {
        let lines: [(Role, String)] = [
            (.operator, "words: a new task; the first line is its title"),
            (.operator, "words in reply to what I say of a task: for its agent"),
            (.operator, "`/new TITLE`"), (.operator, "`/say ID WORDS`"),
            (.viewer, "`/list`, `/status`, `/waiting`, `/jobs`, `/cost`"),
            (.viewer, "`/show ID`, `/why ID`"), (.viewer, "`/watch ID`, `/unwatch`"),
            (.operator, "`/retry ID`, `/unblock ID`, `/kill ID`"), (.operator, "`/assign ID AGENT`"),
            (.owner, "`/approve ID`, `/merge ID`"),
            (.operator, "`/pause`, `/resume`: start nothing new, go on"),
            (.operator, "`/use PROJECT`: the project that is meant here"),
        ]
        let known = lines.filter { $0.0 <= role }.map { ChatText(sentence: "• \($0.1)\n") }
        return known.reduce(ChatText(), +) + "In reply to what I say of a task, its ID may be left out."
    }
}
