import JSON
import OrchCore
import OrchEngine

/// What a person and the timer's log see of a tick as it goes; a script sees one document at the end.
struct TickPage {
    let isDryRun: Bool
    let context: Context

    func show(_ report: TickReport) {
        if context.wantsJSON { return }
        if report.isAlreadyRunning { return Console.err(LogLine.text("tick: another tick is at work")) }
        // Where everything is paused, a project's own pause says nothing more.
        for pause in report.pauses.first(where: { $0.project == nil }).map({ [$0] }) ?? report.pauses {
            let line = TickImage.line(for: pause)
            isDryRun ? Console.out(line) : Console.err(LogLine.text(line, environment: context.environment))
        }
        let tag = context.projectTag()
        for entry in report.entries {
            let line = tag.naming(entry.project, in: TickImage.line(for: entry), of: entry.phase)
            isDryRun
                ? Console.out(line.onOneLine)
                : Console.err(LogLine.text(line, environment: context.environment))
            if let error = entry.error {
                Console.err(ErrorPrinter(terminal: context.terminal).text(of: error))
            }
        }
        if isDryRun, report.entries.isEmpty, report.pauses.isEmpty { Console.out("nothing is due") }
    }

    func showJSON(_ report: TickReport) {
        Console.out(TickImage.json(of: report, isDryRun: isDryRun).text())
    }
}
