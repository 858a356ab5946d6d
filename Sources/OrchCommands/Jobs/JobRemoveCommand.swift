import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch job remove`: takes a job out of its file.
enum JobRemoveCommand: Subcommand {
    static let table = CommandTable("remove", "Remove a job; its tasks stay", aliases: ["rm"]) {
        Positional("id", "The job", .required, .asked("jobs"))
    }

    static func run(_ context: Context) throws -> Int32 {
        let job = try context.job(context.arguments.required("id"))
        guard try context.timetable().remove(job.key) else {
            throw JobMissing(id: job.id, fix: "somebody else has just removed it")
        }
        context.audit("job-remove", task: job.key, job.schedule)
        if context.wantsJSON {
            context.print(.object(["id": .string(job.id)]))
        } else {
            Console.out("Removed job '\(job.id)'")
        }
        return 0
    }
}
