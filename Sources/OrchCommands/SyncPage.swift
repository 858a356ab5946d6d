import JSON
import OrchCore
import OrchEngine

/// How a sync's report looks, to people, to the timer's log and to programs.
struct SyncPage {
    let isDryRun: Bool
    let context: Context

    func show(_ report: SyncReport) {
        if context.wantsJSON { return Console.out(json(of: report).text()) }
        if report.isAlreadyRunning { return Console.err(LogLine.text("sync: another sync is at work")) }
        let tag = context.projectTag()
        for entry in report.entries {
            let line = tag.naming(entry.project, in: entry.text, of: entry.phase)
            isDryRun
                ? Console.out(line.onOneLine)
                : Console.err(LogLine.text(line, environment: context.environment))
            if let error = entry.error {
                Console.err(ErrorPrinter(terminal: context.terminal).text(of: error))
            }
        }
        if isDryRun, report.entries.isEmpty { Console.out("nothing is due") }
    }

    private func json(of report: SyncReport) -> JSONValue {
        .object([
            "already_running": .bool(report.isAlreadyRunning),
            "dry_run": .bool(isDryRun),
            "decisions": .array(report.entries.map(Self.json)),
        ])
    }

    private static func json(of entry: SyncReport.Entry) -> JSONValue {
        var object: JSONObject = [
            "phase": .string(entry.phase), "project": .string(entry.project.rawValue),
            "text": .string(entry.text), "ok": .bool(entry.error == nil),
        ]
        if let task = entry.task { object["task"] = .string(task.id) }
        if let error = entry.error { object["error"] = .string(ErrorText.problem(of: error)) }
        return .object(object)
    }
}
