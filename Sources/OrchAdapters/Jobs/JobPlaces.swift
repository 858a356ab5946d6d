package import OrchCore

/// Which project a job belongs to, and where it works.
///
/// The job of a project's own file is that project's. Another is the project's that its `dir` lies in;
/// without `dir`, the only one's. A command may run anywhere: where it is no project's, it is the home's.
struct JobPlaces {
    private let projects: [Project]
    private let home: Project
    private let environment: [String: String]
    private var canonical: [String: String] = [:]

    init(projects: [Project], home: Project, environment: [String: String]) {
        // The innermost first.
        self.projects = projects.filter { $0.id != home.id }
            .sorted { $0.directory.utf8.count > $1.directory.utf8.count }
        self.home = home
        self.environment = environment
    }

    /// - Parameters:
    ///   - written: `dir`, empty where there is none.
    ///   - owner: whose own file it stands in; nil for the global one.
    /// - Returns: nil where a task has no project.
    mutating func place(_ written: String, owner: Project?, isBash: Bool) -> (
        project: Project, directory: String
    )? {
        let directory = written.isEmpty ? nil : resolve(written)
        if let owner { return (owner, directory ?? owner.directory) }
        if let directory {
            if let project = projects.first(where: { (directory + "/").hasPrefix($0.directory + "/") }) {
                return (project, directory)
            }
            return isBash ? (home, directory) : nil
        }
        if projects.count == 1 { return (projects[0], projects[0].directory) }
        return isBash ? (home, home.directory) : nil
    }

    private mutating func resolve(_ written: String) -> String {
        if let known = canonical[written] { return known }
        let path = GitDirectory.canonical(HomePaths.absolute(written, environment))
        canonical[written] = path
        return path
    }
}

extension Project {
    /// What stands in for a project where a job's command is no project's: the home itself, with what the
    /// global configuration says of runs.
    package static func home(_ paths: HomePaths, environment: [String: String]) -> Project {
        // What is wrong with it is reported where projects are loaded.
        var settings = Configuration.read(paths, project: nil, environment: environment).settings
        settings.github = Settings.GitHub()
        settings.backend = .internal
        return Project(id: Project.ID(rawValue: paths.home), name: "home", settings: settings)
    }
}
