import OrchAdapters
import OrchCore

/// A board on GitHub becomes a project's: its id, its status field and its columns go into the configuration.
struct BoardSetup {
    let config: ConfigFile
    let boards: GitHubBoards

    struct Columns {
        /// nil: the board has no field called Status, or is not to be seen.
        let field: BoardField?
        let options: [(column: BoardColumn, option: BoardField.Option?)]
    }

    /// The board's id is written first. Where its field cannot be found, what the file says of it stays; an
    /// option that only another board had goes.
    func adopt(_ id: String) throws -> Columns {
        try config.set("gh.project_id", to: id)
        return try writeColumns(of: id)
    }

    /// Its status field and its columns, and not which board it is.
    func writeColumns(of id: String) throws -> Columns {
        guard let field = try boards.statusField(of: id) else { return Columns(field: nil, options: []) }
        try config.set("gh.project_status_field_id", to: field.id)
        let options = try BoardColumn.allCases.map { column in
            let names = try config.texts("gh.project_status_names.\(column.rawValue)")
            return (column: column, option: field.option(for: column, names: names))
        }
        for (column, option) in options {
            let key = "gh.project_status_map.\(column.rawValue)"
            if let option { try config.set(key, to: option.id) } else { try config.unset(key) }
        }
        return Columns(field: field, options: options)
    }

    /// A board of that title, with the columns that issues are moved along, shown with the repository.
    ///
    /// What a new board can do without (its columns, its view, the link) stops nothing when it fails.
    func make(
        _ title: String, for repository: RepositorySlug, failed: (any Error) -> Void
    ) throws -> (board: GitHubBoards.Board, owner: GitHubBoards.Owner) {
        let owner = try boards.owner(repository.owner)
        let board = try boards.create(title, for: owner)
        let steps: [() throws -> Void] = [
            { if let field = try boards.statusField(of: board.id) { try boards.configure(field) } },
            { try boards.addBoardView(to: board, of: owner) },
            { try boards.link(board.id, to: repository) },
        ]
        for step in steps {
            do { try step() } catch { failed(error) }
        }
        return (board, owner)
    }
}

extension BoardSetup.Columns {
    /// In v0's words.
    var lines: [String] {
        guard field != nil else { return [] }
        return ["Detected status options:"]
            + options.map { "  \($0.column.rawValue) -> \($0.option?.id ?? "(not found)")" }
    }
}

extension Context {
    func boardSetup(of project: Project) throws -> (setup: BoardSetup, repository: RepositorySlug) {
        guard let repository = project.settings.github.repository,
            let connection = try live().connection(of: project)
        else { throw BoardError.noRepository(project: project.name) }
        let path =
            HomePaths.projectConfig(of: project.directory) ?? "\(project.directory)/.orchestrator.yml"
        return (BoardSetup(config: ConfigFile(path), boards: GitHubBoards(connection)), repository)
    }
}
