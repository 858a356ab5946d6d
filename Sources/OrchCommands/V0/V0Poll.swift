import OrchAdapters
import OrchCore
import OrchEngine
import Platform

/// `poll.sh`: one round of a timer.
enum V0Poll {
    static let functions: [String: V0Command.Function] = [
        "poll": { try round($0) }
    ]

    /// A tick over the project of `PROJECT_DIR`, and all that are registered; stays until what it started is
    /// over, as v0 did.
    private static func round(_ call: V0Call) throws -> Int32 {
        let start = Live.now()
        let environment = try V0Stage.environment(of: call)
        let loaded = loadProjects(environment)
        let projects = try loaded.usable() + [.home(call.home, environment: environment)]
        let timetable = FileTimetable(paths: call.home, environment: environment, projects: loaded.projects)
        var live = Live(home: call.home, environment: environment, store: try call.store())
        live.timetable = timetable
        live.sinks = loaded.common.notify
        let ports = try live.ports()
        let notices = NoticeSending(store: live.store, sinks: live.sinks, environment: environment)
        let page = V0Page(call: call, tag: ProjectTag(loaded.projects))
        try sync(loaded.projects, home: projects.last, ports, page)
        let tick = Tick(ports: ports, projects: projects)
        var report = try tick.run()
        report.add(mistakesIn: timetable)
        for project in loaded.broken {
            report.add(failedToObserve: Project.ID(rawValue: project.directory), error: project.error)
        }
        page.show(report)
        // What began is told of now; how it ended, once it has: no later round may come.
        notices.begin(in: call.home)
        try TickWait(ports: ports, projects: projects, show: page.show).wait(&report)
        notices.begin(in: call.home)
        note(start, call)
        return 0
    }

    /// What v0's poll did beside starting tasks is a sync's work; a poll is the only timer that some have.
    private static let phases = ["merged", "commands", "tidy"]
    private static let cursor = "v0-poll-sync"

    /// Every `GH_PULL_INTERVAL`; the first round only begins that time.
    private static func sync(
        _ projects: [Project], home: Project?, _ ports: Ports, _ page: V0Page
    ) throws {
        let interval = page.call.variable("GH_PULL_INTERVAL").flatMap { Int($0) } ?? 120
        let last = try ports.store.cursor(cursor).flatMap { Timestamp(iso8601: $0) }
        if let last, ports.now() < last + .seconds(interval) { return }
        try ports.store.setCursor(cursor, to: ports.now().iso8601)
        if last == nil { return }
        for phase in phases where Sync.phaseNames.contains(phase) {
            let report = try Sync(
                ports: ports, projects: projects, home: home, scope: .phases([phase])
            ).run()
            page.show(report)
        }
    }

    /// When the jobs were looked at, from where, and which file's: for a `jobs_tick.sh` of the same minute.
    private static func note(_ start: Timestamp, _ call: V0Call) {
        let text = "\(start.seconds)\n\(call.projectDirectory)\n\(call.home.jobs)\n"
        // Without it, one program more is started.
        try? AtomicFile.write(
            Array(text.utf8), to: "\(call.home.home)/ticked", mode: 0o600, durability: .none)
    }
}

/// What a round did, as lines of v0's log.
struct V0Page {
    let call: V0Call
    let tag: ProjectTag

    func show(_ report: SyncReport) {
        for entry in report.entries { say(entry.text, of: entry.project, entry.phase) }
    }

    func show(_ report: TickReport) {
        for entry in report.entries {
            if let error = entry.error {
                call.complain("[\(entry.phase)] \(ErrorText.problem(of: error))")
            } else if let decision = entry.decision {
                say(Wording.line(for: decision, task: entry.task), of: entry.project, entry.phase)
            }
        }
    }

    private func say(_ line: String, of project: Project.ID, _ phase: String) {
        call.say(call.logged("[poll] " + tag.naming(project, in: line, of: phase).onOneLine))
    }
}
