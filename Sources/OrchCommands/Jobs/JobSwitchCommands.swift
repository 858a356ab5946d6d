import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch job enable`.
enum JobEnableCommand: Subcommand {
    static let table = CommandTable("enable", "Let a job fire again") {
        Positional("id", "The job", .required, .asked("jobs"))
    }

    static func run(_ context: Context) throws -> Int32 {
        try JobSwitch.set(true, says: "Enabled", context)
    }
}

/// `orch job disable`.
enum JobDisableCommand: Subcommand {
    static let table = CommandTable("disable", "Keep a job from firing") {
        Positional("id", "The job", .required, .asked("jobs"))
    }

    static func run(_ context: Context) throws -> Int32 {
        try JobSwitch.set(false, says: "Disabled", context)
    }
}

enum JobSwitch {
    static func set(_ isEnabled: Bool, says word: String, _ context: Context) throws -> Int32 {
        let job = try context.job(context.arguments.required("id"))
        try context.timetable().change(job.key, [.enabled(isEnabled)])
        context.audit(isEnabled ? "job-enable" : "job-disable", task: job.key, job.schedule)
        if context.wantsJSON {
            context.print(.object(["id": .string(job.id), "enabled": .bool(isEnabled)]))
        } else {
            Console.out("\(word) job '\(job.id)'")
        }
        return 0
    }
}
