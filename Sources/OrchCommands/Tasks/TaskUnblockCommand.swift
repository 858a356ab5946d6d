import Arguments
import JSON
import OrchCore
import OrchEngine

/// `orch task unblock`: blocked tasks from their start.
enum TaskUnblockCommand: Subcommand {
    static let table = CommandTable("unblock", "Start a blocked task anew, or all of them") {
        Positional("id", "The task, or `all`", .required, .asked("tasks"))
    }
    .example("orch task unblock all", "Every blocked task of the project.")

    static func run(_ context: Context) throws -> Int32 {
        let id = context.arguments.required("id")
        guard id == "all" else {
            let (project, task) = try context.task(id)
            let steered = try context.steering(of: project).unblock(task)
            SteeredReport(task: task, steered: steered).show(context)
            return 0
        }
        return try unblockAll(of: try context.project(), context)
    }

    /// One that cannot be unblocked does not stop the others.
    private static func unblockAll(of project: Project, _ context: Context) throws -> Int32 {
        let steering = try context.steering(of: project)
        let tasks = try context.store().openTasks(of: project.id)
            .filter { $0.status == .blocked || $0.labels.contains(Labels.blocked) }
        var reports: [SteeredReport] = []
        var hasFailures = false
        for task in tasks {
            do {
                reports.append(SteeredReport(task: task, steered: try steering.unblock(task)))
            } catch {
                hasFailures = true
                Console.err(ErrorPrinter(terminal: context.terminal).text(of: error))
            }
        }
        if context.wantsJSON {
            context.print(.array(reports.map(\.json)))
        } else if tasks.isEmpty {
            Console.err("No blocked tasks.")
        } else {
            for report in reports { report.show(context) }
        }
        return hasFailures ? 1 : 0
    }
}
