import JSON
import OrchAdapters
import OrchCore
import Platform

/// One call of a function of v0: its arguments, and v0's world as the variables describe it.
final class V0Call {
    let arguments: [String]
    let environment: [String: String]
    let home: HomePaths
    private var openedStore: SQLiteStore?
    private var readConfig: V0Config?

    init(_ arguments: [String], environment: [String: String]) throws {
        self.arguments = arguments
        self.environment = environment
        home = try HomePaths(environment: environment)
    }

    /// An argument; empty where it is not given, as a shell has it.
    subscript(_ index: Int) -> String { index < arguments.count ? arguments[index] : "" }

    /// A variable; nil where it is empty.
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    var stateDirectory: String { variable("STATE_DIR") ?? home.state }
    var projectDirectory: String { variable("PROJECT_DIR") ?? WorkingDirectory.current() }

    /// `CONFIG_PATH` as it stands, the merged file too.
    var config: V0Config {
        if let readConfig { return readConfig }
        let config = V0Config(path: variable("CONFIG_PATH") ?? home.config)
        readConfig = config
        return config
    }

    func store() throws -> SQLiteStore {
        if let openedStore { return openedStore }
        let store = try SQLiteStore(path: home.database)
        openedStore = store
        return store
    }

    // Words

    func say(_ line: String) { Console.out(line) }

    /// A line of a log, on standard error: the output of most functions is read by their callers.
    func complain(_ line: String) { Console.err(logged(line)) }

    /// `TIME [vVERSION] line`.
    func logged(_ line: String) -> String {
        let version = variable("ORCH_VERSION").map { " [v\($0)]" } ?? ""
        return "\(Live.now().iso8601)\(version) \(line)"
    }

    /// For everything that leaves.
    var redaction: Redaction {
        Redaction(secrets: AgentEnvironment.secrets(in: environment, adapters: [], settings: [:]))
    }

    // GitHub

    /// `_GH_REPO` of the caller, else what v0 looks at.
    func repository() throws -> RepositorySlug {
        let named = variable("_GH_REPO") ?? variable("ORCH_GH_REPO") ?? config.text("gh.repo")
        let slug = named.map { RepositorySlug($0) } ?? GitRemote.repository(of: projectDirectory)
        guard let slug else { throw V0Error("No GitHub repo configured. Run 'orchestrator init' first.") }
        return slug
    }

    func connection() throws -> GitHubConnection { try connection(to: try repository()) }

    /// For what is about no repository: of what belongs to an account, any does.
    func anyConnection() throws -> GitHubConnection {
        guard let slug = (try? repository()) ?? RepositorySlug("orch/none") else { return try connection() }
        return try connection(to: slug)
    }

    private func connection(to repository: RepositorySlug) throws -> GitHubConnection {
        var connection = GitHubConnection(
            repository: repository, memory: try store(), environment: environment, now: Live.now)
        connection.allowedAuthors = config.list("workflow.allowed_authors")
        connection.backoffFile = variable("GH_BACKOFF_PATH") ?? "\(stateDirectory)/gh_backoff"
        connection.whenLimited = variable("GH_BACKOFF_MODE").flatMap { .init(rawValue: $0) } ?? .wait
        func seconds(_ name: String) -> Duration? {
            variable(name).flatMap { Int($0) }.map { .seconds($0) }
        }
        connection.backoff.base = seconds("GH_BACKOFF_BASE_SECONDS") ?? connection.backoff.base
        connection.backoff.maximum = seconds("GH_BACKOFF_MAX_SECONDS") ?? connection.backoff.maximum
        connection.dialect = .spoken(on: connection)
        return connection
    }

    /// An issue; nil where there is none of that number.
    func issue(_ id: String) throws -> JSONValue? {
        let connection = try connection()
        let path = GitHubPath(connection.repository, "issues", id).description
        let response = try GitHubClient(connection).send(
            GitHubRequest(.get, path), accepting: [404, 410])
        return response.status == 200 ? try response.body() : nil
    }

    // Sidecars

    var sidecars: SidecarFiles {
        let directory = "\(stateDirectory)/tasks"
        return SidecarFiles(directory: { _ in directory })
    }

    /// A sidecar is found by the id alone.
    func key(_ id: String) -> TaskKey {
        TaskKey(project: Project.ID(rawValue: projectDirectory), backend: .github, id: id)
    }
}

/// What v0 says where something is amiss; in its words.
struct V0Error: Explained {
    let problem: String
    let fix = ""

    init(_ problem: String) { self.problem = problem }
}
