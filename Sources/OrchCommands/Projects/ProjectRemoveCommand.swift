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

    /// By what the list calls it, since two entries of the file may have one name; what is not on the list,
    /// by what the file says.
    private static func removed(
        _ wanted: String, from registry: ProjectRegistry, _ context: Context
    ) throws -> [ProjectRegistry.Entry] {
        let listed = listed(wanted, among: context.loadedProjects())
        let entries = try registry.remove(listed ?? wanted)
        if !entries.isEmpty { return entries }
        // Not there at all, or not in the file.
        let directory = try listed ?? ProjectChoice.named(wanted, among: context.loadedProjects()).directory
        throw UsageError(
            problem: "\(directory) is a project, but not one of \(context.home.projects)",
            fix: "a clone of orch's own goes with its folder; `project_dir` and PROJECT_DIR name others")
    }

    /// The folder of the project with that name; nil: there is none, or a folder is meant.
    private static func listed(_ name: String, among loaded: LoadedProjects) -> String? {
        loaded.projects.first { $0.name == name }?.directory
            ?? loaded.broken.first { $0.name == name }?.directory
    }
}
