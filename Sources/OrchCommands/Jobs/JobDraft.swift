import Arguments
import Cron
import OrchAdapters
import OrchCore
import Platform
import YAML

/// A job to be, as it is given on the command line.
struct JobDraft {
    let id: String
    let schedule: String
    let command: String?
    let isGlobal: Bool
    private let arguments: ParsedArguments

    /// - Throws: for a schedule, a zone or a name that reading the file would refuse.
    init(_ context: Context) throws {
        arguments = context.arguments
        schedule = arguments.required("schedule")
        isGlobal = arguments.flag("global")
        command = arguments.value("command")
        id = arguments.value("id") ?? Self.id(from: arguments.required("title"))
        if arguments.value("type") == "bash", command == nil {
            throw UsageError(problem: "--command is required for --type bash", fix: "add `--command COMMAND`")
        }
        if arguments.value("type") == "task", command != nil {
            throw UsageError(
                problem: "a job of type task runs no command", fix: "leave out `--type` or `--command`")
        }
        do throws(CronError) { _ = try CronSchedule(schedule) } catch {
            throw UsageError(
                problem: "Invalid cron expression: \(schedule): \(error.problem)", fix: error.fix)
        }
        do throws(ZoneError) { _ = try arguments.value("timezone").map(ZoneRules.named) } catch {
            throw UsageError(problem: error.problem, fix: error.fix)
        }
        guard JobName.isValid(id) else {
            throw UsageError(
                problem: "“\(id)” is no name for a job",
                fix: "give one by `--id`, of 1 to \(JobName.lengthLimit) letters, digits, `.`, `_` and `-`")
        }
    }

    /// v0's: lower case, all else than letters and digits one hyphen, at most 40 characters.
    static func id(from title: String) -> String {
        let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return String(words.joined(separator: "-").prefix(40))
    }

    var isAddedWords: String {
        command.map { "Added bash job '\(id)' (schedule: \(schedule), command: \($0))" }
            ?? "Added job '\(id)' (schedule: \(schedule))"
    }

    /// - Parameter directory: nil: not written.
    func entry(directory: String?) -> Node {
        var entries: [Node.Entry] = []
        func add(_ key: String, _ value: Node?) {
            if let value { entries.append(.init(key: .string(key), value: value)) }
        }
        add("id", .string(id))
        add("schedule", .string(schedule))
        add("type", .string(command == nil ? "task" : "bash"))
        if let command {
            add("title", .string(arguments.required("title")))
            add("command", .string(command))
        } else {
            add("task", task)
        }
        add("dir", directory.map { .string($0) })
        add("timezone", arguments.value("timezone").map { .string($0) })
        if let way = arguments.value("catch-up"), way != Job.CatchUp.once.rawValue {
            add("catch_up", .string(way))
        }
        add("timeout", arguments.value("timeout").map { .string($0) })
        add("enabled", Node(.bool(true)))
        for key in ["last_run", "last_task_status", "active_task_id"] { add(key, .null) }
        return .mapping(entries)
    }

    private var task: Node {
        let labels = (arguments.value("labels") ?? "").split(separator: ",").map {
            String($0.trimmingWhitespace())
        }
        return [
            "title": .string(arguments.required("title")), "body": .string(arguments.value("body") ?? ""),
            "labels": .sequence(labels.filter { !$0.isEmpty }.map { .string($0) }),
            "agent": .string(arguments.value("agent") ?? ""),
        ]
    }
}
