import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch project create`: a board on GitHub for a project's issues.
enum ProjectCreateCommand: Subcommand {
    static let table = CommandTable("create", "Make a board on GitHub for the project here") {
        Positional("title", "What it is called; the project's name otherwise", .optional)
        Option("use", "ID", "Take this board (PVT_…) rather than make one")
    }
    .discussion(
        """
        The board gets the columns Backlog, In Progress, Review and Done, and is linked to the repository; its id and its \
        columns go into the project's configuration. `gh.project_status_names` says what columns of another board are called.
        """
    )
    .example("orch project create", "A new board.")

    static func run(_ context: Context) throws -> Int32 {
        let project = try context.project()
        let (setup, repository) = try context.boardSetup(of: project)
        if let id = context.arguments.value("use") {
            try report(id, try setup.adopt(id), context)
            return 0
        }
        let made = try setup.make(
            context.arguments.value("title") ?? project.name, for: repository,
            failed: { Console.err(ErrorPrinter(terminal: context.terminal).text(of: $0)) })
        context.audit("project-create", "board \(made.board.number), \(made.board.id)")
        if !context.wantsJSON {
            Console.out("Created project #\(made.board.number): \(made.board.title.onOneLine)")
        }
        try report(made.board.id, try setup.adopt(made.board.id), context)
        if !context.wantsJSON {
            let path = "\(made.owner.folder)/\(made.owner.login)/projects/\(made.board.number)/workflows"
            Console.out("To have new issues added by themselves, enable “Auto-add to project” at")
            Console.out("  https://github.com/\(path)")
        }
        return 0
    }

    static func report(_ id: String, _ columns: BoardSetup.Columns, _ context: Context) throws {
        if context.wantsJSON {
            let options = columns.options.map { ($0.column.rawValue, TaskImage.text($0.option?.id)) }
            return context.print(
                .object([
                    "id": .string(id), "status_field": TaskImage.text(columns.field?.id),
                    "columns": .object(JSONObject(options)),
                ]))
        }
        Console.out("Project ID: \(id)")
        for line in columns.lines { Console.out(line) }
        if columns.field == nil {
            Console.err("Board \(id) has no field called Status, or is not to be seen.")
        }
    }
}

/// `orch project info`: what the board of the project here has.
enum ProjectInfoCommand: Subcommand {
    static let table = CommandTable("info", "Show the board of the project here, and its columns")

    static func run(_ context: Context) throws -> Int32 {
        let project = try context.project()
        let (setup, _) = try context.boardSetup(of: project)
        let id = project.settings.github.board.id
        guard !id.isEmpty else { throw BoardError.none(project: project.name) }
        guard let board = try setup.boards.board(id) else { throw BoardError.gone(id: id) }
        let options = try setup.boards.statusField(of: id)?.options ?? []
        if context.wantsJSON {
            context.print(
                .object([
                    "id": .string(id), "number": TaskImage.number(board.number),
                    "title": .string(board.title),
                    "columns": .array(
                        options.map { .object(["id": .string($0.id), "name": .string($0.name)]) }),
                ]))
            return 0
        }
        Console.out("Project #\(board.number): \(board.title.onOneLine) (\(id))")
        var table = TextTable(["COLUMN", "ID", "FOR"])
        let map = project.settings.github.board.options
        for option in options {
            let columns = map.filter { $0.value == option.id }.keys.sorted().joined(separator: ", ")
            table.add([.init(option.name), .init(option.id), .init(columns.isEmpty ? "-" : columns)])
        }
        Console.out(table.lines(context.terminal).joined(separator: "\n"))
        return 0
    }
}

enum BoardError: Error, Explained {
    case none(project: String)
    case gone(id: String)
    case noRepository(project: String)

    var problem: String {
        switch self {
        case .none(let project): "project \(project) has no board"
        case .gone(let id): "the board \(id) is not there, or this account may not see it"
        case .noRepository(let project): "project \(project) is not on GitHub, where boards are"
        }
    }

    var fix: String {
        switch self {
        case .none: "`orch project create` makes one, with `--use ID` it takes one that is there"
        case .gone: "`gh auth refresh -s project` gives the right; `orch project create` makes another"
        case .noRepository: "set `gh.repo` in its configuration"
        }
    }
}
