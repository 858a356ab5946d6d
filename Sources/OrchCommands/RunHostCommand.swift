import OrchAdapters
import OrchCore
import OrchEngine
import Platform
import SHA2
import Subprocess

/// `orch run-host RUN [ATTEMPT-FOLDER]`: owns one run, in a tmux pane or in the background.
enum RunHostCommand {
    static func run(_ words: [String], environment: [String: String]) throws -> Int32 {
        guard let number = Int(words[1]) else {
            throw UsageError(problem: "“\(words[1])” is no run", fix: "runs are started by `orch tick`")
        }
        let given = try words.count > 2 ? HostEnvironment.take(from: words[2]) : nil
        return try host(Run.ID(rawValue: number), environment: given ?? environment, isPane: true)
    }

    /// Also what `orch task run` does, in its own foreground.
    ///
    /// - Parameters:
    ///   - isPane: whether the terminal was made for this host; otherwise it is a person's own.
    ///   - show: where the agent's words go instead of the terminal.
    static func host(
        _ id: Run.ID, environment: [String: String], isPane: Bool,
        show: ((String) -> Void)? = nil
    ) throws -> Int32 {
        let home = try HomePaths(environment: environment)
        let store = try SQLiteStore(path: home.database)
        let loaded = loadProjects(environment)
        guard let run = try store.run(id) else { throw EngineError.runOver(id.rawValue) }
        if let broken = loaded.broken.first(where: { $0.directory == run.task.project.rawValue }) {
            throw broken.error
        }
        let projects = try loaded.usable() + [.home(home, environment: environment)]
        var live = Live(home: home, environment: environment, store: store)
        live.sinks = loaded.common.notify
        if run.kind == .job { live.readJobs(of: loaded.projects) }
        var ports = try live.hostPorts(for: run, projects: projects, seat: isPane ? .pane : .foreground)
        if let show { ports.console = show }
        if run.kind == .job {
            let host = try JobHost(run, projects: projects, ports: ports, environment: environment)
            return try host.runToEnd() == nil ? 75 : 0
        }
        if run.kind == .route {
            let host = try RouteHost(run, projects: projects, ports: ports)
            return try host.runToEnd() == nil ? 75 : 0
        }
        if run.kind == .review {
            return try ReviewHost(run, projects: projects, ports: ports).runToEnd() == nil ? 75 : 0
        }
        let host = try RunHost(id, projects: projects, ports: ports)
        return try host.runToEnd() == nil ? 75 : 0
    }
}
