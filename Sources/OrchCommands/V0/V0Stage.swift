import OrchAdapters
import OrchCore
import OrchEngine
import Platform

/// Where v0's scripts run tasks: one project, as `PROJECT_DIR` or a task's own `dir` names it, and orch's
/// engine on it.
struct V0Stage {
    let environment: [String: String]
    let home: HomePaths
    let project: Project
    let store: any Store
    let ports: Ports
    let steering: Steering

    /// - Parameter directory: nil: the call's own.
    /// - Throws: where there is no usable project.
    init(_ call: V0Call, directory: String? = nil) throws {
        let directory = Self.top(of: directory ?? Self.directory(of: call))
        environment = Self.environment(of: call, directory: directory)
        home = call.home
        let loaded = loadProjects(environment)
        if let broken = loaded.broken.first(where: { $0.directory == directory }) { throw broken.error }
        guard let project = loaded.projects.first(where: { $0.directory == directory }) else {
            _ = try loaded.usable()
            throw V0Error("\(directory) is no project")
        }
        self.project = project
        store = try call.store()
        var live = Live(home: home, environment: environment, store: store)
        live.sinks = loaded.common.notify
        ports = try live.ports()
        steering = Steering(
            ports: ports, project: project, actor: "script:\(environment["USER"] ?? "unknown")",
            redaction: live.redaction(for: project))
    }

    /// A service starts in `/`: what is no repository gives way to `project_dir`, then to the home.
    private static func directory(of call: V0Call) -> String {
        let here = call.projectDirectory
        if here != "/", GitPlace(around: here) != nil { return here }
        let candidates = [call.config.text("project_dir"), call.home.home].compactMap { $0 }
        return candidates.first { FileStatus.ifPresent($0)?.kind == .directory } ?? here
    }

    /// The main checkout, also from one of its worktrees.
    private static func top(of directory: String) -> String {
        GitPlace(around: directory)?.top ?? WorkingDirectory.canonical(directory)
    }

    /// Of a round over all projects; the one that we are in among them, if it is one.
    static func environment(of call: V0Call) throws -> [String: String] {
        let here = call.projectDirectory
        guard here != "/", let place = GitPlace(around: here) else {
            var values = environment(of: call, directory: "")
            values["PROJECT_DIR"] = nil
            return values
        }
        return environment(of: call, directory: place.top)
    }

    /// As v0 ran agents: believing their word, and Codex by `exec`; and finding what a service's PATH lacks.
    private static func environment(of call: V0Call, directory: String) -> [String: String] {
        var values = call.environment
        values["PROJECT_DIR"] = directory
        for (name, value) in [("ORCH_VERIFY_DONE", "false"), ("CODEX_PROTOCOL", "exec")]
        where values[name]?.isEmpty != false {
            values[name] = value
        }
        let path = values["PATH"] ?? ""
        let user = values["HOME"] ?? ""
        let known = Set(path.split(separator: ":").map(String.init))
        let more = toolFolders.map { $0.hasPrefix("/") ? $0 : "\(user)/\($0)" }
            .filter { !known.contains($0) && FileStatus.ifPresent($0)?.kind == .directory }
        values["PATH"] = ([path] + more).filter { !$0.isEmpty }.joined(separator: ":")
        return values
    }

    private static let toolFolders = [
        ".bun/bin", ".cargo/bin", ".local/bin", "/opt/homebrew/bin", "/usr/local/bin",
    ]
}
