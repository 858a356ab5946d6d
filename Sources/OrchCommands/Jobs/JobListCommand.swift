import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch job list`: all jobs, in v0's columns, and when each is due next.
enum JobListCommand: Subcommand {
    static let table = CommandTable("list", "List the jobs", aliases: ["ls"])

    static func run(_ context: Context) throws -> Int32 {
        let timetable = try context.timetable()
        let now = Live.now()
        timetable.nameMistakes()
        let rows = try context.jobs().map { (job: $0, next: timetable.next(of: $0.key, after: now)) }
        if context.wantsJSON {
            context.print(.array(rows.map { .object(JobImage.json(of: $0.job, next: $0.next)) }))
        } else if rows.isEmpty {
            Console.out("No jobs configured. Add one with: orch job add \"0 9 * * *\" \"Title\"")
        } else {
            Console.out(lines(rows, context.terminal).joined(separator: "\n"))
        }
        return 0
    }

    static func lines(_ rows: [(job: Job, next: Timestamp?)], _ terminal: TerminalStyle) -> [String] {
        var table = TextTable(["ID", "TYPE", "SCHEDULE", "ENABLED", "STATUS", "LAST RUN", "NEXT"])
        for (job, next) in rows {
            table.add([
                .init(job.id), .init(job.isBash ? "bash" : "task"), .init(job.schedule),
                .init(job.isEnabled ? "true" : "false", job.isEnabled ? .plain : .dim),
                .init(job.state.lastStatus ?? "-"), .init(job.state.lastRun?.iso8601 ?? "-"),
                .init(job.isEnabled ? next?.iso8601 ?? "never" : "-"),
            ])
        }
        return table.lines(terminal)
    }
}
