import Arguments
import JSON
import OrchAdapters
import OrchCore
import OrchEngine
import Platform

/// `orch tick`: looks at the world once, does what is due, and exits.
enum TickCommand: Subcommand {
    static let table = CommandTable("tick", "Look once, do what is due, exit", group: "Running") {
        Flag("dry-run", "Print what would be done; write nothing, send nothing but reads")
        Flag("wait", "Stay until the runs that were started have ended")
    }
    .discussion(
        """
        A timer starts it every few seconds. It collects finished runs, rescues those whose host has died, takes in \
        new tasks, unblocks parents, routes, and dispatches. A tick that finds another one at work does nothing.
        """
    )
    .example("orch tick --dry-run", "What would happen now.")
    .example("orch tick --wait", "Run what is due, to its end.")

    static func run(_ context: Context) throws -> Int32 { try tick(context) }

    /// - Parameter scope: `.jobs` for `orch job tick`.
    static func tick(_ context: Context, scope: Tick.Scope = .everything) throws -> Int32 {
        let isDryRun = context.arguments.flag("dry-run")
        let isForOne = context.arguments.value("project") != nil
        let projects = try context.tickedProjects()
        let timetable = try context.timetable()
        let ports = try context.tickPorts(timetable, isDryRun: isDryRun)
        let page = TickPage(isDryRun: isDryRun, context: context)
        let tick = Tick(ports: ports, projects: projects, isDryRun: isDryRun, scope: scope)
        var report = try tick.run()
        // One document, also where waiting comes to nothing.
        defer { if context.wantsJSON { page.showJSON(report) } }
        report.add(mistakesIn: timetable)
        if !isForOne { add(context.loadedProjects(), of: context.home, to: &report) }
        page.show(report)
        if !isDryRun { NoticeSending.begin(context) }
        if context.arguments.flag("wait"), !isDryRun {
            var wait = TickWait(ports: ports, projects: projects, show: page.show)
            wait.scope = scope
            // Also where that takes too long: what has ended by then is told.
            defer { NoticeSending.begin(context) }
            try wait.wait(&report)
        }
        return report.hasFailures ? 1 : 0
    }

    /// A project that is left out is work that is not done: every tick says so, and ends with 1.
    private static func add(_ loaded: LoadedProjects, of home: HomePaths, to report: inout TickReport) {
        for project in loaded.broken {
            report.add(failedToObserve: Project.ID(rawValue: project.directory), error: project.error)
        }
        let others = loaded.errorsOfNoProject
        guard !others.isEmpty else { return }
        report.add(failedToObserve: Project.ID(rawValue: home.projects), error: ConfigError(others))
    }
}
