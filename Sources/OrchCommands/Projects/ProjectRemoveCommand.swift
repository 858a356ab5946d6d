import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch project remove`: orch looks after a repository no more.
enum ProjectRemoveCommand: Subcommand {
    static let table = CommandTable(
        "remove", "Take a project off the list; nothing is deleted", aliases: ["rm"]
    ) {
        Positional("name", "Its name or directory", .required, .asked("projects"))
    }

    static func run(_ context: Context) throws -> Int32 {
        let wanted = context.arguments.required("name")
        let registry = ProjectRegistry(context.home)
        let removed = try removed(wanted, from: registry, context)
        context.audit("project-remove", removed.map(\.path).joined(separator: ", "))
        if context.wantsJSON {
            context.print(.array(removed.map { .string($0.path) }))
        } else {
            for entry in removed {
                Console.out("\(entry.path) is no project any more; the folder stays as it is")
            }
        }
        return 0
    }

    /// By what the list calls it; a project that cannot be loaded by what the file calls it.
    private static func removed(
        _ wanted: String, from registry: ProjectRegistry, _ context: Context
    ) throws -> [ProjectRegistry.Entry] {
        let direct = try registry.remove(wanted)
        if !direct.isEmpty { return direct }
        let project = try ProjectChoice.named(wanted, among: context.loadedProjects())
        let entries = try registry.remove(project.directory)
        guard !entries.isEmpty else {
            throw UsageError(
                problem: "\(project.directory) is a project, but not one of \(context.home.projects)",
                fix: "a clone of orch's own goes with its folder; `project_dir` and PROJECT_DIR name others")
        }
        return entries
    }
}
