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
        Flag("wait", "Stay until the runs that were started have ended")
        Flag("news", "Only what the listener has been told of and nobody has seen to")
        Option("phase", "NAME", "One phase alone (several: repeat it)", .oneOf(Sync.phaseNames))
            .repeatable()
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
        let phases = Set(context.arguments.values("phase"))
        guard context.arguments.flag("news") else {
            let waits = context.arguments.flag("wait")
            return try sync(context, scope: phases.isEmpty ? .everything : .phases(phases), waits: waits)
        }
        guard phases.isEmpty else {
            throw UsageError(
                problem: "`--news` chooses the phases itself", fix: "leave out `--phase` or `--news`")
        }
        return try sync(context, scope: .news, waits: context.arguments.flag("wait"))
    }

    /// - Parameter waits: stay until the runs that it starts are over.
    static func sync(_ context: Context, scope: Sync.Scope, waits: Bool = false) throws -> Int32 {
        let isDryRun = context.arguments.flag("dry-run")
        let isForOne = context.arguments.value("project") != nil
        let projects = isForOne ? [try context.project()] : try context.projects()
        let ports = try context.live(on: try context.store(isDryRun: isDryRun), isDryRun: isDryRun).ports()
        let home = isForOne ? nil : Project.home(context.home, environment: context.environment)
        var report = try Sync(
            ports: ports, projects: projects, home: home, scope: scope, isDryRun: isDryRun
        ).run()
        if !isForOne {
            for broken in context.loadedProjects().broken {
                report.add(
                    "sync", failedToObserve: Project.ID(rawValue: broken.directory), error: broken.error)
            }
        }
        SyncPage(isDryRun: isDryRun, context: context).show(report)
        if !isDryRun { NoticeSending.begin(context) }
        let started = Set(report.started)
        guard waits, !started.isEmpty else { return report.hasFailures ? 1 : 0 }
        var later = TickReport()
        let page = TickPage(isDryRun: false, context: context)
        defer { NoticeSending.begin(context) }
        try TickWait(ports: ports, projects: projects, show: page.show).wait(for: started, &later)
        return report.hasFailures || later.hasFailures ? 1 : 0
    }
}
