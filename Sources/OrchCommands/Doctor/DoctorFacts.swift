import Arguments
import OrchAdapters
import OrchCore
import OrchEngine
import Platform
import Subprocess

/// What the checks look at, gathered once.
struct DoctorFacts {
    let home: HomePaths
    let environment: [String: String]
    let projects: [Project]
    let configProblems: [ConfigProblem]
    /// nil: there is no database yet, and looking must not make one.
    let store: Result<SQLiteStore, StoreError>?
    /// Of a dry run, over an empty store where there is none that can be read.
    let live: Live
    let ports: Ports

    init(_ context: Context) throws {
        home = context.home
        environment = context.environment
        let loaded = context.loadedProjects()
        configProblems = loaded.problems + context.jobProblems(of: loaded.projects)
        do {
            projects =
                try context.arguments.value("project").map { [try ProjectChoice.named($0, among: loaded)] }
                ?? loaded.projects
        } catch is ConfigError {
            // The configuration's check says what is wrong with it.
            projects = []
        }
        store = Self.openStore(at: context.home.database)
        // A database that cannot be opened is the finding of its own check.
        let opened = try? store?.get()
        live = context.live(on: try opened ?? SQLiteStore(path: SQLiteStore.inMemory), isDryRun: true)
        ports = try live.ports()
    }

    private static func openStore(at path: String) -> Result<SQLiteStore, StoreError>? {
        guard FileStatus.ifPresent(path) != nil else { return nil }
        return Result { () throws(StoreError) in try SQLiteStore(path: path) }
    }

    /// The configuration as the listener has it, which is given the variables of service.env.
    ///
    /// What is wrong with it is the finding of its own check.
    var listenerSettings: Settings {
        // One that cannot be read adds nothing.
        let all = try? ServiceSecrets.added(to: environment, ofHome: home.home)
        return Configuration.read(home, project: nil, environment: all ?? environment).settings
    }

    /// The path of a program as orch finds it.
    func program(_ name: String) -> String? { ProgramSearch.find(name, path: environment["PATH"] ?? "") }

    /// `command` with orch's environment and the patience of somebody who waits for a check.
    func command(_ program: String, _ arguments: [String], timeout: Duration = .seconds(20)) -> Command {
        Command(program, arguments: arguments).with {
            $0.environment = Command.Environment(environment)
            $0.workingDirectory = "/"
            $0.limits = Command.Limits(timeout: timeout, outputBytes: 256 << 10)
        }
    }
}
