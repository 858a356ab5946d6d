import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch project list`: the repositories that orch looks after.
enum ProjectListCommand: Subcommand {
    static let table = CommandTable("list", "List the projects", aliases: ["ls"])

    static func run(_ context: Context) throws -> Int32 {
        let store = try context.store()
        let loaded = context.loadedProjects()
        // Then nothing can be said of any project.
        if loaded.broken.isEmpty { _ = try loaded.usable() }
        let rows = try loaded.projects.map { project in
            (project: project, open: try store.openTasks(of: project.id).count)
        }
        if context.wantsJSON {
            let usable = rows.map { json(of: $0.project, open: $0.open) }
            context.print(.array(usable + loaded.broken.map(json)))
        } else if rows.isEmpty, loaded.broken.isEmpty {
            Console.err("No projects. `orch init` in a git repository makes it one.")
        } else {
            Console.out(lines(rows, loaded.broken, context.terminal).joined(separator: "\n"))
        }
        return 0
    }

    static func lines(
        _ rows: [(project: Project, open: Int)], _ broken: [BrokenProject], _ terminal: TerminalStyle
    ) -> [String] {
        var table = TextTable(["NAME", "OPEN", "REPOSITORY", "DIRECTORY"])
        for (project, open) in rows {
            table.add([
                .init(project.name), .init("\(open)"),
                .init(project.settings.github.repository?.description ?? "-"), .init(project.directory),
            ])
        }
        for project in broken {
            table.add([
                .init(project.name), .init("-"), .init("cannot be used", .red), .init(project.directory),
            ])
        }
        return table.lines(terminal) + broken.map { "\($0.name): \($0.error.problem)" }
    }

    private static func json(of project: Project, open: Int) -> JSONValue {
        .object([
            "name": .string(project.name), "directory": .string(project.directory),
            "repository": TaskImage.text(project.settings.github.repository?.description),
            "open_tasks": TaskImage.number(open), "error": .null,
        ])
    }

    private static func json(of project: BrokenProject) -> JSONValue {
        .object([
            "name": .string(project.name), "directory": .string(project.directory),
            "repository": .null, "open_tasks": .null, "error": .string(project.error.problem),
        ])
    }
}
