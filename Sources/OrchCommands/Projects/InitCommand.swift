import Arguments
import OrchAdapters
import OrchCore
import OrchEngine

/// `orch init`: the repository here becomes a project.
enum InitCommand: Subcommand {
    static let table = CommandTable("init", "Make the git repository here a project", group: "Setting up") {
        Option("name", "NAME", "What it is called; the folder's name otherwise")
        Option("repo", "OWNER/REPO", "Its repository on GitHub; as `origin` says otherwise")
        Option("project-id", "ID", "The board on GitHub (PVT_…) that its issues are moved along in")
    }
    .discussion(
        """
        Writes .orchestrator.yml where there is none, with the repository on GitHub that `origin` is; puts the project on \
        the list; makes orch's home and store. Done twice it changes nothing, except that what has changed in the \
        repository's own git settings is accepted.
        """
    )

    static func run(_ context: Context) throws -> Int32 {
        let here = context.environment["PROJECT_DIR"] ?? WorkingDirectory.current()
        guard let place = GitPlace(around: here) else { throw RepositoryError.notARepository(path: here) }
        var setup = ProjectSetup(place: place, context: context)
        if let word = context.arguments.value("repo") {
            guard let repository = RepositorySlug(word) ?? GitRemote.slug(of: word) else {
                throw UsageError(problem: "“\(word)” is no repository on GitHub", fix: "give OWNER/REPO")
            }
            setup.repository = repository
        }
        try setup.finish(name: context.arguments.value("name"))
        if let id = context.arguments.value("project-id") {
            guard let project = try context.reread().projects().first(where: { $0.directory == place.top })
            else { throw RepositoryError.notARepository(path: place.top) }
            let columns = try context.boardSetup(of: project).setup.adopt(id)
            if !context.wantsJSON { for line in columns.lines { Console.out(line) } }
        }
        return 0
    }
}

extension ProjectSetup {
    /// Sets the project up and says so.
    func finish(name: String?) throws {
        let result = try run(name: name)
        let project = try context.projects().first { $0.directory == result.directory }
        let agents = try project.map { try context.live().catalog(of: $0).available } ?? []
        if let project { try accept(project) }
        // What the file says counts, which may have been there before.
        let repository = project.map { $0.settings.github.repository } ?? result.repository
        SetupReport(result: result, repository: repository, agents: agents).show(context)
    }

    private func accept(_ project: Project) throws {
        let settings = try context.live().ports().repository(project).networkSettings(in: nil)
        try AcceptedSettings(of: project.id, store: try context.store()).accept(settings)
    }
}
