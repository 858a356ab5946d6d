import Arguments
import Cron
import OrchCore
import Platform
import YAML

/// What makes an entry no job.
struct JobMistake: Error {
    let node: Node
    let key: String
    let problem: String
    let fix: String
}

// The fields as values, each with its own mistakes.
extension JobFields {
    func mistake(_ key: String, _ problem: String, fix: String) -> JobMistake {
        JobMistake(node: node[key] ?? node, key: "\(name).\(key)", problem: problem, fix: fix)
    }

    func id() throws(JobMistake) -> String {
        if let id = text("id"), JobName.isValid(id) { return id }
        throw mistake(
            "id", "a job needs a name",
            fix: "write 1 to \(JobName.lengthLimit) of letters, digits, `.`, `_` and `-` after `id:`")
    }

    func scheduleText() throws(JobMistake) -> String {
        if let text = text("schedule") { return text }
        throw mistake(
            "schedule", "a job needs a schedule", fix: "write `schedule: \"0 9 * * *\"` or `@daily`")
    }

    func schedule() throws(JobMistake) -> CronSchedule {
        let text = try scheduleText()
        do throws(CronError) {
            return try CronSchedule(text)
        } catch {
            throw mistake("schedule", error.problem, fix: error.fix)
        }
    }

    func zone(among zones: JobZones) throws(JobMistake) -> ZoneRules {
        do throws(ZoneError) {
            return try zones.zone(text("timezone"))
        } catch {
            throw mistake("timezone", error.problem, fix: error.fix)
        }
    }

    func work() throws(JobMistake) -> Job.Work {
        switch text("type") ?? "task" {
        case "task": return try task()
        case "bash":
            if let command = text("command") { return .bash(command) }
            throw mistake("command", "a job of type bash needs a command", fix: "write it after `command:`")
        case let type: throw mistake("type", "“\(type)” is no type of job", fix: "write `task` or `bash`")
        }
    }

    private func task() throws(JobMistake) -> Job.Work {
        guard let title = task("title") else {
            throw mistake("task", "its tasks have no title", fix: "write `title:` below `task:`")
        }
        // A new task is new, whatever the entry would have.
        let labels = labels.filter { !$0.hasPrefix(TaskStatus.labelPrefix) }
        if let bad = labels.first(where: { !Labels.isValid($0) }) {
            throw mistake("task", "label “\(bad)” means nothing", fix: "correct or remove it")
        }
        let draft = TaskDraft(title: title, body: task("body") ?? "", labels: labels)
        guard let name = task("agent") else { return .task(draft, agent: nil) }
        guard let agent = AgentName(name) else {
            throw mistake("task", "“\(name)” is no agent’s name", fix: "see `orch agents`")
        }
        return .task(draft, agent: agent)
    }

    func isEnabled() throws(JobMistake) -> Bool {
        guard let written = text("enabled") else { return true }
        if let isEnabled = flag("enabled") { return isEnabled }
        throw mistake("enabled", "“\(written)” is neither yes nor no", fix: "write `true` or `false`")
    }

    func catchUp() throws(JobMistake) -> Job.CatchUp {
        guard let word = text("catch_up") else { return .once }
        if let catchUp = Job.CatchUp(rawValue: word) { return catchUp }
        throw mistake("catch_up", "“\(word)” is no way to catch up", fix: "write `once`, `skip` or `all`")
    }

    func timeout() throws(JobMistake) -> Duration? {
        guard let text = text("timeout") else { return nil }
        let length = Int(text).map { Duration.seconds($0) } ?? Duration(spelled: text)
        if let length, (.zero...Duration.longestSpelled).contains(length) { return length }
        throw mistake(
            "timeout", "“\(text)” is no length of time", fix: "write seconds, or `90s`, `10m`, `2h`")
    }
}
