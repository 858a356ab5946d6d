import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch job next`: when jobs are due.
enum JobNextCommand: Subcommand {
    static let table = CommandTable("next", "Show when jobs are due") {
        Positional("id", "The job; without one, all that are enabled", .optional, .asked("jobs"))
        Option("count", short: "n", "N", "How many moments of each", .integer(1...100)).defaulting(
            to: .value("1"))
    }
    .example("orch job next daily-sync -n 5", "The next five moments of one job.")

    static func run(_ context: Context) throws -> Int32 {
        let timetable = try context.timetable()
        if context.arguments.value("id") == nil { timetable.nameMistakes() }
        let jobs =
            try context.arguments.value("id").map { [try context.job($0)] }
            ?? context.jobs().filter(\.isEnabled)
        let now = Live.now()
        let count = context.arguments.integer("count") ?? 1
        var moments: [(moment: Timestamp, job: Job)] = []
        for job in jobs {
            var edge = now
            for _ in 1...count {
                guard let moment = timetable.next(of: job.key, after: edge) else { break }
                moments.append((moment, job))
                edge = moment
            }
        }
        moments.sort { ($0.moment, $0.job.id) < ($1.moment, $1.job.id) }
        if context.wantsJSON {
            context.print(
                .array(moments.map { ["id": .string($0.job.id), "at": .string($0.moment.iso8601)] }))
        } else {
            for (moment, job) in moments {
                Console.out("\(moment.iso8601)  in \(moment.since(now).brief)  \(job.id)")
            }
        }
        return 0
    }
}
