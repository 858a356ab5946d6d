import Arguments
import OrchAdapters
import OrchCore
import OrchEngine

/// `orch sync`: what takes seconds, done every couple of minutes.
enum SyncCommand: Subcommand {
    static let table = CommandTable(
        "sync", "Bring pull requests and worktrees up to date, exit", group: "Running"
    ) {
        Flag("dry-run", "Print what would be done; write nothing, send nothing but reads")
        Option("phase", "NAME", "One phase alone", .oneOf(Sync.phaseNames))
    }
    .discussion(
        """
        A timer starts it every two minutes. A sync that finds another one at work does nothing; ticks go on beside it. \
        Where nothing has changed it starts no agent, writes nothing on GitHub, and costs few calls.
        """
    )
    .example("orch sync --dry-run", "What would happen now.")
    .example("orch sync --phase merged", "One phase alone.")

    static func run(_ context: Context) throws -> Int32 {
        try sync(context, phase: context.arguments.value("phase"))
    }

    /// - Parameter phase: nil: all of them.
    static func sync(_ context: Context, phase: String?) throws -> Int32 {
        let isDryRun = context.arguments.flag("dry-run")
        let isForOne = context.arguments.value("project") != nil
        let projects = isForOne ? [try context.project()] : try context.projects()
        let ports = try context.live(on: try context.store(isDryRun: isDryRun), isDryRun: isDryRun).ports()
        let home = isForOne ? nil : Project.home(context.home, environment: context.environment)
        var report = try Sync(
            ports: ports, projects: projects, home: home, phase: phase, isDryRun: isDryRun
        ).run()
        if !isForOne {
            for broken in context.loadedProjects().broken {
                report.add(
                    "sync", failedToObserve: Project.ID(rawValue: broken.directory), error: broken.error)
            }
        }
        SyncPage(isDryRun: isDryRun, context: context).show(report)
        return report.hasFailures ? 1 : 0
    }
}
