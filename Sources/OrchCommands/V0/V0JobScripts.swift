import Cron
import OrchAdapters
import OrchCore
import YAML

/// v0's scripts about jobs, on the one file that its functions write.
enum V0JobScripts {
    static let functions: [String: V0Command.Function] = [
        "jobs_add": { try add($0) }, "jobs_list": { try list($0) }, "jobs_info": { try info($0) },
        "jobs_remove": { call in
            guard !call[0].isEmpty else { return usage("usage: jobs_remove.sh JOB_ID") }
            guard try V0JobFields.remove(call[0], call) else { return usage("Job '\(call[0])' not found") }
            call.say("Removed job '\(call[0])'")
            return 0
        },
        "jobs_enable": { try setEnabled(true, $0) }, "jobs_disable": { try setEnabled(false, $0) },
    ]

    private static func usage(_ words: String) -> Int32 {
        Console.err(words)
        return 1
    }

    private static func add(_ call: V0Call) throws -> Int32 {
        var words = call.arguments[...]
        var rest: [String] = []
        var type = "task"
        var command = ""
        while let word = words.popFirst() {
            switch word {
            case "--type": type = words.popFirst() ?? ""
            case "--command": command = words.popFirst() ?? ""
            // v0 has no end of options; without one a title could be taken for one.
            case "--": (rest, words) = (rest + words, [])
            default: rest.append(word)
            }
        }
        func part(_ index: Int) -> String { index < rest.count ? rest[index] : "" }
        guard !part(0).isEmpty, !part(1).isEmpty else {
            return usage(
                """
                usage: jobs_add.sh "SCHEDULE" "TITLE" ["BODY"] ["LABELS"] ["AGENT"]
                       jobs_add.sh --type bash --command "CMD" "SCHEDULE" "TITLE"
                """)
        }
        if type == "bash", command.isEmpty { return usage("error: --command is required for --type bash") }
        do throws(CronError) { _ = try CronSchedule(part(0)) } catch {
            return usage("Invalid cron expression: \(part(0)): \(error.problem)")
        }
        let id = JobDraft.id(from: part(1))
        if try V0JobFields.entry(id, call) != nil {
            return usage("Job '\(id)' already exists. Choose a different title.")
        }
        try V0JobFields.create(
            V0JobFields.Order(
                id: id, title: part(1), schedule: part(0), type: type, body: part(2), labels: part(3),
                agent: part(4), directory: call.projectDirectory, command: command), call)
        call.say(
            type == "bash"
                ? "Added bash job '\(id)' (schedule: \(part(0)), command: \(command))"
                : "Added job '\(id)' (schedule: \(part(0)))")
        return 0
    }

    private static func list(_ call: V0Call) throws -> Int32 {
        let jobs = try V0JobFields.entries(call)
        guard !jobs.isEmpty else {
            call.say("No jobs configured. Add one with: orchestrator job add \"0 9 * * *\" \"Title\"")
            return 0
        }
        var table = TextTable([])
        table.add(["ID", "TYPE", "SCHEDULE", "ENABLED", "STATUS", "LAST RUN"].map { .init($0) })
        for job in jobs {
            let isEnabled = V0JobFields.isEnabled(job)
            table.add(
                [
                    text(job, "id"), text(job, "type", "task"), text(job, "schedule"), "\(isEnabled)",
                    text(job, "last_task_status", "-"), text(job, "last_run", "-"),
                ].map { .init($0) })
        }
        call.say(table.lines(.plain).joined(separator: "\n"))
        return 0
    }

    private static func text(_ job: Node, _ key: String, _ standard: String = "") -> String {
        let text = V0JobFields.text(job["task"]?[key]) ?? V0JobFields.text(job[key]) ?? ""
        return text.isEmpty ? standard : text
    }

    private static func info(_ call: V0Call) throws -> Int32 {
        guard !call[0].isEmpty else { return usage("usage: jobs_info.sh JOB_ID") }
        guard let job = try V0JobFields.entry(call[0], call) else {
            return usage("Job '\(call[0])' not found.")
        }
        func line(_ name: String, _ value: String) {
            call.say("\(name):".padded(to: 15) + " " + value.onOneLine)
        }
        let isBash = text(job, "type") == "bash"
        line("ID", call[0])
        line("Type", text(job, "type", "task"))
        line("Schedule", text(job, "schedule"))
        line("Enabled", "\(V0JobFields.isEnabled(job))")
        line("Last run", text(job, "last_run", "-"))
        line("Last status", text(job, "last_task_status", "-"))
        line("Active task", text(job, "active_task_id", "-"))
        line("Directory", text(job, "dir", "-"))
        if isBash {
            call.say("\nCommand\n\(text(job, "command"))")
            return 0
        }
        call.say("\nTask")
        line("Title", text(job, "title"))
        line("Agent", text(job, "agent", "(router decides)"))
        line("Labels", text(job, "labels"))
        let body = text(job, "body")
        if !body.isEmpty { call.say("\nBody\n\(body)") }
        return 0
    }

    private static func setEnabled(_ isEnabled: Bool, _ call: V0Call) throws -> Int32 {
        let word = isEnabled ? "enable" : "disable"
        guard !call[0].isEmpty else { return usage("Usage: jobs_\(word).sh <job-id>") }
        guard try V0JobFields.set(call[0], "enabled", "\(isEnabled)", call) else {
            return usage("Job '\(call[0])' not found")
        }
        call.say("\(isEnabled ? "Enabled" : "Disabled") job '\(call[0])'")
        return 0
    }
}

extension TerminalStyle {
    /// For output that v0's users cut to pieces.
    static let plain = TerminalStyle(environment: ["NO_COLOR": "1"])
}
