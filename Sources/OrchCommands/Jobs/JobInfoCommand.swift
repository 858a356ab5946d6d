import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch job info`: everything about one job, in v0's words, and its last fires.
enum JobInfoCommand: Subcommand {
    private static let fireLimit = 5

    static let table = CommandTable("info", "Show everything about a job", aliases: ["show"]) {
        Positional("id", "The job", .required, .asked("jobs"))
    }

    static func run(_ context: Context) throws -> Int32 {
        let job = try context.job(context.arguments.required("id"))
        let timetable = try context.timetable()
        let next = timetable.next(of: job.key, after: Live.now())
        let file = timetable.path(of: job.key) ?? ""
        let store = try context.store()
        let fires = try store.fires(of: job.key, limit: fireLimit)
        if context.wantsJSON {
            var image = JobImage.json(of: job, next: next)
            image["file"] = .string(file)
            image["fires"] = .array(fires.map(JobImage.json))
            context.print(.object(image))
            return 0
        }
        Console.out(lines(job, next: next, file: file).joined(separator: "\n"))
        if !fires.isEmpty {
            let lines = try fires.map { "\($0.due.iso8601)  \(try words($0.effect, store))" }
            Console.out("\nLast fires\n" + lines.joined(separator: "\n"))
        }
        return 0
    }

    static func lines(_ job: Job, next: Timestamp?, file: String) -> [String] {
        var lines = [
            line("ID", job.id), line("Type", job.isBash ? "bash" : "task"),
            line("Schedule", job.schedule + (job.timeZone.map { " (\($0))" } ?? "")),
            line("Enabled", job.isEnabled ? "true" : "false"),
            line("Last run", job.state.lastRun?.iso8601 ?? "-"),
            line("Last status", job.state.lastStatus ?? "-"),
            line("Active task", job.state.activeTask ?? "-"), line("Directory", job.directory),
            line("Next run", job.isEnabled ? next?.iso8601 ?? "never" : "-"),
            line("Catch up", job.catchUp.rawValue), line("File", file),
        ]
        if let reason = job.refusal { lines.append(line("Problem", reason)) }
        switch job.work {
        case .bash(let command): lines += ["", "Command", command]
        case .task(let draft, let agent):
            lines += [
                "", "Task", line("Title", draft.title), line("Agent", agent?.rawValue ?? "(router decides)"),
                line("Labels", draft.labels.joined(separator: ",")),
            ]
            if !draft.body.isEmpty { lines += ["", "Body", draft.body] }
        }
        return lines
    }

    private static func line(_ name: String, _ value: String) -> String {
        "\(name):".padded(to: 15) + " " + value.onOneLine
    }

    private static func words(_ effect: Fire.Effect, _ store: any Store) throws -> String {
        switch effect {
        case .pending: return "not finished"
        case .task(let key): return "task \(key.id): \(try store.task(key)?.status.rawValue ?? "gone")"
        case .run(let id):
            guard let run = try store.run(id) else { return "run \(id.rawValue): gone" }
            let output = "\(run.directory)/legs/1/output.ndjson"
            guard let outcome = run.outcome else {
                return "run \(id.rawValue): \(run.state.rawValue)  \(output)"
            }
            let message = outcome.failure == nil ? "done" : "failed: \(outcome.message.onOneLine)"
            return "run \(id.rawValue): \(message)  \(output)"
        }
    }
}
