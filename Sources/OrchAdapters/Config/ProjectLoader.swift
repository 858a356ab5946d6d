package import OrchCore
import Platform

/// All projects that can be worked on, and everything that is wrong with how they are set up.
package struct LoadedProjects: Equatable, Sendable {
    package var projects: [Project] = []
    /// Those of the broken projects among them.
    package var problems: [ConfigProblem] = []
    package var broken: [BrokenProject] = []
    /// What no project's file has a say in: the global file and the variables.
    package var common = Settings()

    /// What must not go unsaid; warnings are left to `orch config check`.
    package var errors: [ConfigProblem] { problems.filter { $0.severity == .error } }

    /// Errors that no project is left out for, such as those of projects.yml.
    package var errorsOfNoProject: [ConfigProblem] {
        errors.filter { error in !broken.contains { $0.error.problems.contains(error) } }
    }

    /// - Throws: where errors leave no project at all.
    package func usable() throws(ConfigError) -> [Project] {
        if projects.isEmpty, !errors.isEmpty { throw ConfigError(errors) }
        return projects
    }
}

/// A project that is left out, and why.
package struct BrokenProject: Equatable, Sendable {
    /// Absolute; its folder may be missing.
    package let directory: String
    package let name: String
    package let error: ConfigError
}

/// Finds the projects and reads their settings.
///
/// 1. the folders: registered ones in the order of `projects.yml`, `project_dir`, bare clones, `PROJECT_DIR`;
/// 2. their true paths, each once; a missing folder makes its project a broken one;
/// 3. their settings; so does a configuration that cannot be used. The others go on.
///
/// An error in the global file or a variable leaves all of them out: it is part of each.
package func loadProjects(_ environment: [String: String]) -> LoadedProjects {
    do throws(ConfigError) {
        var loader = ProjectLoader(try HomePaths(environment: environment), environment: environment)
        loader.load()
        return loader.loaded
    } catch {
        return LoadedProjects(problems: error.problems)
    }
}

private struct ProjectLoader {
    private(set) var loaded = LoadedProjects()
    private let paths: HomePaths
    private let environment: [String: String]
    private var folders: [Folder] = []

    private struct Folder {
        /// Absolute and without symbolic links.
        let path: String
        let name: String
        /// Where it is named, for what is wrong with it.
        let place: ConfigProblem.Place
    }

    init(_ paths: HomePaths, environment: [String: String]) {
        self.paths = paths
        self.environment = environment
    }

    mutating func load() {
        var global = Configuration(environment: environment)
        global.lay(paths.config)
        var common = global
        common.layVariables(ConfigVariables.everywhere)
        loaded.problems += common.problems
        loaded.common = common.settings
        findFolders(common.settings)
        if common.hasErrors { return }
        let solitary = soleOrNamed
        for folder in folders {
            do throws(ConfigError) {
                add(folder, try settings(of: folder, over: global, takesRepository: folder.path == solitary))
            } catch {
                addBroken(folder, error)
            }
        }
    }

    /// The project that `ORCH_GH_REPO` is about.
    private var soleOrNamed: String? {
        if let named = environment["PROJECT_DIR"], !named.isEmpty { return canonical(named) }
        return folders.count == 1 ? folders.first?.path : nil
    }

    // MARK: - Folders

    private mutating func findFolders(_ settings: Settings) {
        let registry = ProjectRegistry(paths).read()
        loaded.problems += registry.problems
        for entry in registry.entries {
            find(entry.path, name: entry.name, at: .file(paths.projects, entry.mark))
        }
        if !settings.projectDirectory.isEmpty {
            find(settings.projectDirectory, at: .file(paths.config, nil))
        }
        for clone in clones() { find(clone, at: .file(clone, nil)) }
        if let named = environment["PROJECT_DIR"], !named.isEmpty {
            find(named, at: .variable("PROJECT_DIR"))
        }
    }

    private mutating func find(_ written: String, name: String = "", at place: ConfigProblem.Place) {
        let path = canonical(written)
        if folders.contains(where: { $0.path == path }) { return }
        let name = name.isEmpty ? ProjectName.ofDirectory(path) : name
        folders.append(Folder(path: path, name: name, place: place))
    }

    private func canonical(_ path: String) -> String {
        GitDirectory.canonical(HomePaths.absolute(path, environment))
    }

    /// `OWNER/NAME.git` below the home's `projects`.
    private func clones() -> [String] {
        names(in: paths.clones).flatMap { owner in
            names(in: "\(paths.clones)/\(owner)").filter { $0.hasSuffix(".git") }
                .map { "\(paths.clones)/\(owner)/\($0)" }
        }
    }

    private func names(in folder: String) -> [String] {
        // No folder, no clones; nor where a file lies among the owners.
        (try? Directory.names(in: folder)) ?? []
    }

    // MARK: - Settings

    /// - Throws: where the folder is missing, or the project's own file cannot be used.
    private mutating func settings(
        of folder: Folder, over global: Configuration, takesRepository: Bool
    ) throws(ConfigError) -> Settings {
        guard FileStatus.ifPresent(folder.path)?.kind == .directory else {
            throw ConfigError([missing(folder)])
        }
        var own = global.withoutProblems
        own.layProject(folder.path)
        if takesRepository { own.layVariables([ConfigVariables.repository]) }
        if own.hasErrors { throw ConfigError(own.problems) }
        loaded.problems += own.problems
        // What is wrong with these has been reported once, for all projects.
        own.layVariables(ConfigVariables.everywhere)
        var settings = own.settings
        settings.github.repository = repository(settings, of: folder.path)
        return settings
    }

    private func missing(_ folder: Folder) -> ConfigProblem {
        let isRegistered =
            if case .file(paths.projects, _) = folder.place { true } else { false }
        let removal = isRegistered ? "`orch project remove \(folder.path)`" : "correct the path"
        return ConfigProblem(
            .error, at: folder.place, problem: "there is no folder “\(folder.path)”",
            fix: "put it back, or \(removal)")
    }

    /// nil where the project has no GitHub side.
    private func repository(_ settings: Settings, of directory: String) -> RepositorySlug? {
        guard settings.github.isEnabled, settings.backend == .github else { return nil }
        return settings.github.repository ?? GitRemote.repository(of: directory)
    }

    private mutating func add(_ folder: Folder, _ settings: Settings) {
        if let twin = loaded.projects.first(where: { $0.settings.takesSameIssues(as: settings) }),
            let repository = settings.github.repository
        {
            warn(
                folder.place,
                "“\(folder.path)” takes the same issues of \(repository) as “\(twin.directory)”; "
                    + "it is skipped",
                fix: "remove one of the two, or give them different labels with `gh.sync_label`")
            return
        }
        let id = Project.ID(rawValue: folder.path)
        loaded.projects.append(Project(id: id, name: name(for: folder), settings: settings))
    }

    private mutating func addBroken(_ folder: Folder, _ error: ConfigError) {
        loaded.problems += error.problems
        loaded.broken.append(BrokenProject(directory: folder.path, name: name(for: folder), error: error))
    }

    /// The same whatever becomes of the other projects' files: a broken one keeps its name.
    private func name(for folder: Folder) -> String {
        let taken = loaded.projects.map(\.name) + loaded.broken.map(\.name)
        return ProjectName.unique(ProjectName.safe(folder.name), path: folder.path, taken: Set(taken))
    }

    private mutating func warn(_ place: ConfigProblem.Place, _ problem: String, fix: String) {
        loaded.problems.append(ConfigProblem(.warning, at: place, problem: problem, fix: fix))
    }
}

extension Settings {
    /// Whether two projects with these settings would both take each issue of one repository.
    fileprivate func takesSameIssues(as other: Settings) -> Bool {
        guard let repository = github.repository, let theirs = other.github.repository else { return false }
        return repository.description.lowercased() == theirs.description.lowercased()
            && github.syncLabel == other.github.syncLabel
    }
}
