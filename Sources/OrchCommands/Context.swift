import Arguments
import OrchAdapters
import OrchCore
import OrchEngine
import Platform

/// What every command starts from: its arguments, the home, the store and the projects, each
/// made when first asked for.
final class Context {
    let arguments: ParsedArguments
    let environment: [String: String]
    let terminal: TerminalStyle
    let home: HomePaths
    private var openedStore: (any Store)?
    private var foundProjects: LoadedProjects?

    init(arguments: ParsedArguments, environment: [String: String], terminal: TerminalStyle) throws {
        self.arguments = arguments
        self.environment = environment
        self.terminal = terminal
        home = try HomePaths(environment: environment)
    }

    var wantsJSON: Bool { arguments.flag("json") }

    func store() throws -> any Store {
        if let openedStore { return openedStore }
        let store = try SQLiteStore(path: home.database)
        openedStore = store
        return store
    }

    /// - Parameter isDryRun: where there is no database yet, none is made; an empty one is in memory.
    func store(isDryRun: Bool) throws -> any Store {
        let isMissing = FileStatus.ifPresent(home.database) == nil
        return isDryRun && isMissing ? try SQLiteStore(path: SQLiteStore.inMemory) : try store()
    }

    /// Read once, those that cannot be used among them.
    func loadedProjects() -> LoadedProjects {
        if let foundProjects { return foundProjects }
        let loaded = loadProjects(environment)
        foundProjects = loaded
        return loaded
    }

    /// After a configuration was changed.
    func reread() -> Context {
        foundProjects = nil
        return self
    }

    /// - Throws: `ConfigError` where mistakes leave none.
    func projects() throws -> [Project] { try loadedProjects().usable() }

    /// The project that a command is about: `--project`, else the one that the working directory
    /// lies in, else the only one. Nothing is said of the others.
    func project() throws -> Project {
        let loaded = loadedProjects()
        if let wanted = arguments.value("project") {
            return try ProjectChoice.named(wanted, among: loaded)
        }
        let here = environment["PROJECT_DIR"] ?? WorkingDirectory.current()
        if let project = try ProjectChoice.around(here, among: loaded) { return project }
        let projects = try loaded.usable()
        if projects.count == 1 { return projects[0] }
        throw UsageError(
            problem: projects.isEmpty ? "there is no project yet" : "which project? \(here) is in none",
            fix: projects.isEmpty
                ? "`orch init` in a git repository makes it one"
                : "add `--project NAME`: " + projects.map(\.name).joined(separator: ", "))
    }

    /// The task that a command's ID names, in the chosen project: `42` is the external one where there is
    /// such, else the internal `i42`.
    func task(_ id: String) throws -> (project: Project, task: AgentTask) {
        let project = try project()
        let digits = id.hasPrefix("#") ? String(id.dropFirst()) : id
        let keys = [
            TaskKey(project: project.id, backend: .github, id: digits),
            TaskKey(project: project.id, backend: .internal, id: digits),
            TaskKey(project: project.id, backend: .internal, id: "i" + digits),
        ]
        for key in keys {
            if let task = try store().task(key) { return (project, task) }
        }
        throw EngineError.taskMissing(id)
    }
}
