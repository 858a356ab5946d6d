import Platform

/// Where orch keeps its things, as the environment says.
package struct HomePaths: Equatable, Sendable {
    /// `ORCH_HOME`; else `~/.orch`, or `~/.orchestrator` where only that exists.
    package let home: String
    /// `CONFIG_PATH`; else `config.yml` in the home. The global configuration; it need not exist.
    package let config: String
    /// `LOCK_PATH`: what the names of v0's lock directories begin with.
    package let locks: String
    /// `JOBS_FILE` or `JOBS_PATH`; else `jobs.yml` in the home: the jobs of no project in particular.
    package let jobs: String
    /// `STATE_DIR`: where projects without a configuration file of their own keep their state.
    package let state: String

    /// - Throws: when neither `ORCH_HOME` nor `HOME` is set.
    package init(environment: [String: String]) throws(ConfigError) {
        func given(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : Self.absolute($0, environment) }
        }
        let home = try Self.home(given("ORCH_HOME"), user: given("HOME"))
        self.home = home
        // v0's scripts hand down the merged file under this name. Merging it again would carry one project's
        // settings into the next.
        let isMerged = environment["CONFIG_PATH"]?.hasSuffix("/config-merged.yml") ?? false
        config =
            (isMerged ? nil : given("CONFIG_PATH")) ?? given("GLOBAL_CONFIG_PATH") ?? "\(home)/config.yml"
        locks = given("LOCK_PATH") ?? "\(home)/.orchestrator/locks"
        jobs = given("JOBS_FILE") ?? given("JOBS_PATH") ?? "\(home)/jobs.yml"
        state = given("STATE_DIR") ?? "\(home)/.orchestrator"
    }

    package var database: String { "\(home)/orch.db" }
    /// The registered projects.
    package var projects: String { "\(home)/projects.yml" }
    /// Bare clones that orch made: `OWNER/NAME.git`.
    package var clones: String { "\(home)/projects" }
    /// Notes that prompts bring along: `task-ID.md`, `profile-ROLE.md`.
    package var contexts: String { "\(home)/contexts" }
    /// The user's own prompts, which replace those that orch comes with.
    package var prompts: String { "\(home)/prompts" }

    /// A project's own state: in the project where it has a configuration file, as in v0.
    package func state(ofProject directory: String) -> String {
        Self.projectConfig(of: directory) == nil ? state : "\(directory)/.orchestrator"
    }

    /// A project's own jobs, as the newest v0 has them.
    package func jobs(ofProject directory: String) -> String { "\(directory)/.orchestrator/jobs.yml" }

    /// In the order in which they are looked for. The first two and their order are v0's
    /// (`load_project_config`); the third is new.
    package static let projectConfigNames = ["orchestrator.yml", ".orchestrator.yml", ".orch.yml"]

    /// The configuration file of a project: the first there is of its names; nil where there is none.
    package static func projectConfig(of directory: String) -> String? { projectConfigs(of: directory).first }

    /// All there are of its names; only the first one counts.
    static func projectConfigs(of directory: String) -> [String] {
        projectConfigNames.map { "\(directory)/\($0)" }.filter { FileStatus.ifPresent($0)?.kind == .file }
    }

    private static func home(_ given: String?, user: String?) throws(ConfigError) -> String {
        if let given { return given }
        guard let user else {
            throw ConfigError([
                ConfigProblem(
                    .error, at: .variable("HOME"), problem: "neither HOME nor ORCH_HOME is set",
                    fix: "set ORCH_HOME to the folder where orch keeps its things")
            ])
        }
        let (new, old) = ("\(user)/.orch", "\(user)/.orchestrator")
        return FileStatus.ifPresent(new) == nil && FileStatus.ifPresent(old) != nil ? old : new
    }

    /// `~/…` and relative paths made absolute, without a final slash.
    static func absolute(_ path: String, _ environment: [String: String]) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        if path.hasPrefix("/") { return path }
        if let user = environment["HOME"], path == "~" || path.hasPrefix("~/") {
            return user + path.dropFirst()
        }
        return GitDirectory.canonical(".") + "/" + path
    }
}
